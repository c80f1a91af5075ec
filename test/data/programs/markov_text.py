import random
import textwrap
from collections import defaultdict

corpus = """
It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief, it was the epoch of
incredulity, it was the season of Light, it was the season of Darkness, it was
the spring of hope, it was the winter of despair, we had everything before us,
we had nothing before us, we were all going direct to Heaven, we were all going
direct the other way.
"""

random.seed("dickens")
words = corpus.split()
print(len(words), "words,", len(set(words)), "distinct")

order = 2
chain = defaultdict(list)
for i in range(len(words) - order):
    *key, nxt = words[i:i + order + 1]
    chain[tuple(key)].append(nxt)

branching = [len(set(v)) for v in chain.values()]
print("keys", len(chain), "mean branching %.2f" % (sum(branching) / len(branching)))


def generate(n, key=None):
    key = key or random.choice(sorted(chain))
    out = list(key)
    while len(out) < n:
        options = chain.get(tuple(out[-order:]))
        if not options:
            break
        out.append(random.choice(options))
    return " ".join(out)


for n in (10, 25, 40):
    text = generate(n)
    print("---", n)
    print(textwrap.fill(text, 60))

# how much of it is copied?
def longest_copy(text, source):
    tokens = text.split()
    best = 0
    joined = " ".join(source)
    for i in range(len(tokens)):
        for j in range(i + best + 1, len(tokens) + 1):
            if " ".join(tokens[i:j]) in joined:
                best = j - i
            else:
                break
    return best


samples = [generate(30, ("it", "was")) for _ in range(20)]
copies = sorted(longest_copy(s, words) for s in samples)
print("longest copies", copies)
order = 1
chain.clear()
for a, b in zip(words, words[1:]):
    chain[(a,)].append(b)
print(generate(12, ("the",)))
