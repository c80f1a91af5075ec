import functools
import itertools
import statistics as st
from random import Random

CALLS = {}


def counted(fn):
    @functools.wraps(fn)
    def wrapper(*a, **kw):
        CALLS[fn.__name__] = CALLS.get(fn.__name__, 0) + 1
        return fn(*a, **kw)
    return wrapper


def resamples(data, n, seed=0):
    r = Random(seed)
    for _ in range(n):
        yield r.choices(data, k=len(data))


@counted
def trimmed_mean(xs, share=0.1):
    xs = sorted(xs)
    cut = int(len(xs) * share)
    return st.fmean(xs[cut:len(xs) - cut])


@counted
def iqr(xs):
    q1, _, q3 = st.quantiles(xs, n=4)
    return q3 - q1


@functools.lru_cache(maxsize=None)
def z(level):
    return st.NormalDist().inv_cdf(0.5 + level / 2)


r = Random(2)
control = [round(r.lognormvariate(1.0, 0.4), 3) for _ in range(60)]
treated = [round(r.lognormvariate(1.15, 0.4), 3) for _ in range(55)]

STATS = {"median": st.median, "trimmed": trimmed_mean, "iqr": iqr, "sd": st.stdev}
LEVELS = (0.9, 0.95)

rows = []
for (group, data), (name, fn) in itertools.product(
        {"control": control, "treated": treated}.items(), STATS.items()):
    values = sorted(fn(s) for s in resamples(data, 300, seed=len(rows)))
    for level in LEVELS:
        lo = values[int((1 - level) / 2 * len(values))]
        hi = values[int((1 + level) / 2 * len(values)) - 1]
        normal = z(level) * st.stdev(values)
        rows.append((group, name, level, fn(data), lo, hi, normal))

for group, part in itertools.groupby(rows, key=lambda row: row[0]):
    print("==", group)
    for _, name, level, value, lo, hi, normal in part:
        print(f"{name:8} {level:.2f}  {value:6.3f} [{lo:6.3f}, {hi:6.3f}]  +-{normal:.3f}")

diffs = sorted(st.median(a) - st.median(b)
               for a, b in zip(resamples(treated, 500, 1), resamples(control, 500, 2)))
p = sum(d <= 0 for d in diffs) / len(diffs)
print("median difference", round(st.median(treated) - st.median(control), 3), "p ~", p)
print(CALLS)
print(z.cache_info().hits, z.cache_info().misses)
