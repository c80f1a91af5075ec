import pickle
import numpy as np

np.random.seed(17)
n_users, n_items, k = 40, 30, 4


class MF:
    """matrix factorisation with SGD"""

    def __init__(self, n_users, n_items, k=4, lr=0.02, reg=0.05):
        self.P = np.random.normal(0, 0.1, (n_users, k))
        self.Q = np.random.normal(0, 0.1, (n_items, k))
        self.bu = np.zeros(n_users)
        self.bi = np.zeros(n_items)
        self.mu = 0.0
        self.lr, self.reg = lr, reg

    def __call__(self, u, i):
        return self.mu + self.bu[u] + self.bi[i] + self.P[u] @ self.Q[i]

    def fit(self, ratings, epochs=15):
        self.mu = np.mean([r for *_, r in ratings])
        for epoch in range(epochs):
            np.random.shuffle(ratings)
            se = 0.0
            for u, i, r in ratings:
                u, i = int(u), int(i)
                e = r - self(u, i)
                se += e * e
                self.bu[u] += self.lr * (e - self.reg * self.bu[u])
                self.bi[i] += self.lr * (e - self.reg * self.bi[i])
                self.P[u], self.Q[i] = (self.P[u] + self.lr * (e * self.Q[i] - self.reg * self.P[u]),
                                        self.Q[i] + self.lr * (e * self.P[u] - self.reg * self.Q[i]))
            if epoch % 5 == 4:
                print(f"epoch {epoch + 1:2d} rmse {np.sqrt(se / len(ratings)):.4f}")
        return self

    @property
    def size(self):
        return self.P.size + self.Q.size


taste, style = np.random.normal(size=(n_users, 2)), np.random.normal(size=(n_items, 2))
full = np.clip(np.round(3 + taste @ style.T * 0.8), 1, 5)
seen = np.random.rand(n_users, n_items) < 0.4
ratings = np.array([(u, i, full[u, i]) for u, i in zip(*np.nonzero(seen))])
test = [(u, i, full[u, i]) for u, i in zip(*np.nonzero(~seen))][::7]
print("ratings", len(ratings), "density %.2f" % seen.mean())

model = MF(n_users, n_items, k).fit(ratings)
rmse = np.sqrt(np.mean([(r - model(u, i)) ** 2 for u, i, r in test]))
base = np.sqrt(np.mean([(r - model.mu) ** 2 for *_, r in test]))
print(f"test rmse {rmse:.4f}, constant {base:.4f}, weights {model.size}")

with open("factors.pkl", "wb") as f:
    pickle.dump({"P": model.P, "Q": model.Q, "mu": float(model.mu)}, f)
with open("factors.pkl", "rb") as f:
    loaded = pickle.load(f)
assert np.array_equal(loaded["P"], model.P)


def top(u, n=3):
    scores = [(model(u, i), i) for i in range(n_items) if not seen[u, i]]
    return [i for _, i in sorted(scores, reverse=True)[:n]]


for u in 0, 7, 21:
    print(u, top(u), [int(full[u, i]) for i in top(u)])
hits = sum(full[u, i] >= 4 for u in range(n_users) for i in top(u))
print("precision@3 %.3f" % (hits / (3 * n_users)))
similar = np.corrcoef(model.Q)
np.fill_diagonal(similar, -1)
print("most alike items", tuple(int(x) for x in np.unravel_index(similar.argmax(), similar.shape)))
