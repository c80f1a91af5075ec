#!/usr/bin/env python3
# travelling salesman with a genetic algorithm
import math, random, sys

random.seed(1234)
N = 18
cities = [(random.random() * 100, random.random() * 100) for _ in range(N)]
D = [[math.dist(a, b) for b in cities] for a in cities]

def length(tour): return sum(D[a][b] for a, b in zip(tour, tour[1:] + tour[:1]))

def crossover(a, b):
    i, j = sorted(random.sample(range(N), 2))
    middle = a[i:j]
    rest = [c for c in b if c not in middle]
    return rest[:i] + middle + rest[i:]

def mutate(t):
    i, j = sorted(random.sample(range(N), 2))
    t[i:j] = reversed(t[i:j])

population = [random.sample(range(N), N) for _ in range(60)]
log = []
gen = 0
stale = 0
best = min(population, key=length)
while stale < 40 and gen < 250:
    gen += 1
    population.sort(key=length)
    elite = population[:10]
    children = []
    while len(children) < 50:
        p, q = random.choices(elite, k=2)
        child = crossover(p, q)
        if random.random() < .6:
            mutate(child)
        children.append(child)
    population = elite + children
    champion = min(population, key=length)
    if length(champion) < length(best) - 1e-9:
        best, stale = champion[:], 0
        log.append((gen, length(best)))
    else:
        stale += 1

for gen_, l in log[:: max(1, len(log) // 5)]:
    print("generation %3d: %.2f" % (gen_, l))
start = best.index(0)
best = best[start:] + best[:start]
if best[1] > best[-1]:
    best = best[:1] + best[:0:-1]
print("tour", *best)
print("length %.3f after %d generations" % (length(best), gen))

# 2-opt on top
improved = True
swaps = 0
while improved:
    improved = False
    for i in range(1, N - 1):
        for j in range(i + 1, N):
            new = best[:i] + best[i:j + 1][::-1] + best[j + 1:]
            if length(new) + 1e-9 < length(best):
                best = new
                improved = True
                swaps += 1
print("2-opt: %d swaps, length %.3f" % (swaps, length(best)), file=sys.stdout)

grid = [[" "] * 40 for _ in range(12)]
for k, c in enumerate(best):
    x, y = cities[c]
    grid[int(y / 100 * 12)][int(x / 100 * 40)] = chr(ord("a") + k)
print("\n".join("|" + "".join(row) + "|" for row in grid))
