import sys
from collections import Counter, deque
from itertools import combinations

sys.setrecursionlimit(5000)

EDGES = [tuple(e.split(">")) for e in """
bert>transformer gpt>transformer gpt2>gpt gpt3>gpt2 roberta>bert t5>bert t5>gpt2
transformer>attention transformer>seq2seq attention>seq2seq seq2seq>lstm elmo>lstm bert>elmo
gpt>elmo vit>transformer clip>vit clip>gpt2 dalle>gpt3 dalle>clip
""".split()]

graph = {}
for a, b in EDGES:
    graph.setdefault(a, set()).add(b)
    graph.setdefault(b, set())
nodes = sorted(graph)
print(f"{len(nodes)} papers, {len(EDGES)} citations")

# pagerank
damping = .85
rank = dict.fromkeys(nodes, 1 / len(nodes))
for sweep in range(1, 200):
    dangling = sum(rank[n] for n in nodes if not graph[n])
    new = {}
    for n in nodes:
        incoming = sum(rank[m] / len(graph[m]) for m in nodes if n in graph[m])
        new[n] = (1 - damping) / len(nodes) + damping * (incoming + dangling / len(nodes))
    change = sum(abs(new[n] - rank[n]) for n in nodes)
    rank = new
    if change < 1e-10: break
print("converged after", sweep, "sweeps")
for n in sorted(nodes, key=lambda n: -rank[n])[:5]:
    print(f"  {n:12s} {rank[n]:.4f}")

# ancestors by recursion
memo = {}
def ancestors(n):
    if n not in memo:
        memo[n] = set().union(graph[n], *(ancestors(m) for m in graph[n]))
    return memo[n]

deep = max(nodes, key=lambda n: (len(ancestors(n)), n))
print("most ancestors:", deep, sorted(ancestors(deep)))

def topological():
    indegree = Counter(b for a, b in EDGES)
    ready = deque(n for n in nodes if not indegree[n])
    while ready:
        n = ready.popleft()
        yield n
        for m in sorted(graph[n]):
            indegree[m] -= 1
            if not indegree[m]:
                ready.append(m)

print(" < ".join(topological()))
cocited = Counter()
for n in nodes:
    cocited.update(combinations(sorted(graph[n]), 2))
print(cocited.most_common(3))
longest = {}
for n in reversed(list(topological())):
    longest[n] = 1 + max((longest[m] for m in graph[n]), default=0)
print("depth", max(longest.values()))
