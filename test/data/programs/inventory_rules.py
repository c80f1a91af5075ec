"""Reorder proposals, runs in the night. Rules register themselves."""
import json
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Callable, NamedTuple

RULES: dict[str, Callable] = {}
DEBUG = False
CONFIG = {"lead_time": 5, "service": 1.65, "currency": "EUR",
          "suppliers": {"acme": {"min_order": 20, "discount": "0.05"}, "globex": {"min_order": 5, "discount": "0"}}}


def rule(priority):
    def register(fn):
        RULES[fn.__name__] = fn
        fn.priority = priority
        return fn
    return register


@dataclass(frozen=True)
class Item:
    sku: str
    stock: int
    price: Decimal
    supplier: str
    sales: tuple = ()

    @property
    def mean(self):
        return Fraction(sum(self.sales), len(self.sales) or 1)


class Proposal(NamedTuple):
    sku: str
    amount: int
    why: str = ""


@rule(10)
def reorder_point(item):
    var = sum((s - item.mean) ** 2 for s in item.sales) / max(1, len(item.sales) - 1)
    point = float(item.mean) * CONFIG["lead_time"] + CONFIG["service"] * float(var) ** 0.5
    if item.stock < point:
        return Proposal(item.sku, round(point - item.stock), f"below {point:.1f}")


@rule(5)
def dead_stock(item):
    if not any(item.sales[-3:]) and item.stock:
        return Proposal(item.sku, 0, "sell off")


@rule(1)
def minimum(item):
    return None


items = [
    Item("bolt", 40, Decimal("0.12"), "acme", (10, 12, 9, 14, 11)),
    Item("nut", 300, Decimal("0.05"), "acme", (20, 18, 25, 22, 21)),
    Item("gear", 3, Decimal("17.90"), "globex", (1, 0, 2, 1, 1)),
    Item("belt", 12, Decimal("8.25"), "globex", (1, 1, 0, 0, 0)),
]
items += [replace(items[2], sku="gear-xl", price=items[2].price * 2, stock=0)]

ordered = sorted(RULES.values(), key=lambda r: -r.priority)
print("rules:", ", ".join(f"{r.__name__}({r.priority})" for r in ordered))
proposals = []
for item in items:
    for r in ordered:
        if (found := r(item)) is not None:
            supplier = CONFIG["suppliers"][item.supplier]
            if found.amount and found.amount < supplier["min_order"]:
                found = found._replace(amount=supplier["min_order"], why=found.why + ", minimum order")
            proposals.append(found)
            break
    else:
        if DEBUG:
            print("nothing for", item.sku)

total = Decimal(0)
for p in proposals:
    item = next(i for i in items if i.sku == p.sku)
    cost = p.amount * item.price * (1 - Decimal(CONFIG["suppliers"][item.supplier]["discount"]))
    total += cost
    print(f"{p.sku:8s} {p.amount:4d} {cost.quantize(Decimal('0.01'), ROUND_HALF_UP):>9} {CONFIG['currency']}  {p.why}")
print("total", total.quantize(Decimal("1.00"), ROUND_HALF_UP))

try:
    items[0].stock = 1
except AttributeError as err:
    print("frozen:", err)
with open("proposals.json", "w") as f:
    json.dump([p._asdict() for p in proposals], f, indent=1)
print(items[0].mean, type(items[0].mean).__name__, max(items, key=lambda i: i.mean).sku)
