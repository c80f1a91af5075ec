import random

random.seed(0)
step = 0
history = []
best = None


def train(batch):
    global step, best
    step += 1
    loss = sum(batch) / step
    if best is None or loss < best:
        best = loss
    history.append(round(loss, 4))
    return loss


batches = [[random.random() for _ in range(3)] for _ in range(4)]
for batch in batches:
    train(batch)
print(step, history)

step = 100
final = train([1.0, 2.0])
print(step, round(final, 4), round(best, 4))

summary = {"step": step, "best": round(best, 3), "runs": len(history)}
train([0.0])
print(summary, step, best)
