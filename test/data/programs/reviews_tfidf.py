"""Quick look at the review texts: tokens, tf-idf by hand, nearest reviews."""
import math
import re
import string
from collections import Counter, defaultdict

REVIEWS = """\
5|Great phone, the battery lasts for two days. Camera is great too!
1|Broke after a week. Terrible battery, terrible support.
4|Good value for the money; the camera could be better.
2|The screen is too dark and the battery dies quickly...
5|Love it!!! Fast delivery, great screen, great sound.
3|It's OK. Not great, not terrible.
1|Never again: the support never answered my mails.
4|Solid phone. Sound is good, screen is good, delivery was slow.
"""
STOP = set("the a for is it it's my and too to of was be could not after".split())


def tokenize(text):
    text = text.lower().translate(str.maketrans("", "", string.punctuation.replace("'", "")))
    for token in re.findall(r"[a-z']+", text):
        if token not in STOP:
            yield token


stars, docs = [], []
for line in REVIEWS.splitlines():
    s, text = line.split("|", 1)
    stars.append(int(s))
    docs.append(list(tokenize(text)))
print(len(docs), "reviews,", sum(map(len, docs)), "tokens")

df = Counter(t for d in docs for t in set(d))
vocab = sorted(df)
idf = {t: math.log((1 + len(docs)) / (1 + df[t])) + 1 for t in vocab}
print("vocabulary", len(vocab), "most common", df.most_common(4))


def vector(doc):
    tf = Counter(doc)
    v = {t: n * idf[t] for t, n in tf.items()}
    norm = math.sqrt(sum(x * x for x in v.values())) or 1.0
    return {t: x / norm for t, x in v.items()}


vectors = [vector(d) for d in docs]
cosine = lambda a, b: sum(w * b.get(t, 0.0) for t, w in a.items())

for i, v in enumerate(vectors):
    sims = [(cosine(v, u), j) for j, u in enumerate(vectors) if j != i]
    score, j = max(sims)
    print(f"{i} ({stars[i]}*) -> {j} ({stars[j]}*) {score:.3f}")

by_star = defaultdict(list)
for s, d in zip(stars, docs):
    by_star["good" if s >= 4 else "bad" if s <= 2 else "neutral"].extend(d)

lift = {}
for t in vocab:
    g, b = by_star["good"].count(t), by_star["bad"].count(t)
    if g + b >= 2:
        lift[t] = math.log((g + 0.5) / (b + 0.5))
ranked = sorted(lift.items(), key=lambda kv: (-kv[1], kv[0]))
print("positive words:", [t for t, _ in ranked[:4]])
print("negative words:", [t for t, _ in ranked[-4:]])

query = "great battery and sound"
q = vector(list(tokenize(query)) if all(t in idf for t in tokenize(query)) else [])
hits = sorted(((cosine(q, v), i) for i, v in enumerate(vectors)), reverse=True)[:3]
print("query:", query, "->", [(i, round(s, 2)) for s, i in hits])
