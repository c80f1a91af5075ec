# Discrete event simulation of the help desk, M/M/c
import heapq
import random
from collections import deque, namedtuple

random.seed(7)

ARRIVAL_RATE = 0.9
SERVICE_RATE = 0.35
N_AGENTS = 3
HORIZON = 2000.0

Event = namedtuple("Event", "time kind who")

clock = 0.0
queue = deque()
busy = 0
waits = []
served = 0
max_queue = 0
calendar = []
serial = 0


def schedule(delay, kind, who):
    heapq.heappush(calendar, Event(clock + delay, kind, who))


def arrive(who):
    global serial, max_queue
    serial += 1
    schedule(random.expovariate(ARRIVAL_RATE), "arrival", serial)
    queue.append((who, clock))
    max_queue = max(max_queue, len(queue))
    start_service()


def start_service():
    global busy
    while queue and busy < N_AGENTS:
        who, since = queue.popleft()
        waits.append(clock - since)
        busy += 1
        schedule(random.expovariate(SERVICE_RATE), "departure", who)


def depart(who):
    global busy, served
    busy -= 1
    served += 1
    start_service()


handlers = {"arrival": arrive, "departure": depart}

schedule(0.0, "arrival", 0)
next_report = 500.0
while calendar:
    event = heapq.heappop(calendar)
    if event.time > HORIZON:
        break
    clock = event.time
    handlers[event.kind](event.who)
    if clock > next_report:
        print(f"t={next_report:7.1f} served={served} in queue={len(queue)} busy={busy}")
        next_report += 500.0

mean_wait = sum(waits) / len(waits)
waits.sort()
p95 = waits[int(0.95 * len(waits))]
rho = ARRIVAL_RATE / (N_AGENTS * SERVICE_RATE)
print(f"utilisation {rho:.3f}")
print(f"mean wait {mean_wait:.3f}, 95% {p95:.3f}, longest {waits[-1]:.3f}")
print("longest queue", max_queue, "served", served)
assert served <= serial
