import numpy as np
import matplotlib
matplotlib.use('Agg')
from matplotlib import pyplot as plt

np.random.seed(5)
centers = np.array([[0, 0], [4, 4], [0, 5]])
points = np.concatenate([c + np.random.randn(60, 2) for c in centers])
np.random.shuffle(points)

K = 3
inertias = []
for k in range(1, 6):
    mu = points[np.random.choice(len(points), k, replace=False)]
    for it in range(100):
        d = ((points[:, None, :] - mu[None]) ** 2).sum(-1)
        z = d.argmin(1)
        new = np.array([points[z == j].mean(0) if (z == j).any() else mu[j] for j in range(k)])
        if np.allclose(new, mu):
            break
        mu = new
    inertia = d[np.arange(len(points)), z].sum()
    inertias.append(inertia)
    print('k=%d  iterations=%d  inertia=%.2f' % (k, it + 1, inertia))
    if k == K:
        best_mu, best_z = mu.copy(), z.copy()

print(best_mu[np.argsort(best_mu[:, 0])].round(2))
sizes = np.bincount(best_z)
print('cluster sizes', sorted(sizes))

plt.figure(figsize=(8, 3))
plt.subplot(121)
plt.plot(range(1, 6), inertias, 'o-')
plt.xlabel('k'); plt.ylabel('inertia')
plt.subplot(122)
for j, color in zip(range(K), 'rgb'):
    plt.scatter(*points[best_z == j].T, s=8, c=color)
plt.scatter(best_mu[:, 0], best_mu[:, 1], marker='x', c='k')
plt.tight_layout()
plt.savefig('kmeans.png')

# silhouette, slow version
def silhouette(i):
    own = best_z[i]
    dist = np.sqrt(((points - points[i]) ** 2).sum(1))
    a = dist[best_z == own].sum() / max(1, (best_z == own).sum() - 1)
    b = min(dist[best_z == j].mean() for j in range(K) if j != own)
    return (b - a) / max(a, b)

s = [silhouette(i) for i in range(len(points))]
print('silhouette %.4f' % np.mean(s))
plt.figure()
plt.bar(range(len(s)), sorted(s))
plt.show()
