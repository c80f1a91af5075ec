"""Compare gradient descent flavours on Rosenbrock"""
import numpy as np
import matplotlib.pyplot as plt

n_evals = 0


def f(p):
    global n_evals
    n_evals += 1
    x, y = p
    return (1 - x) ** 2 + 100 * (y - x ** 2) ** 2


def grad(p):
    x, y = p
    return np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def make_sgd(lr):
    return lambda g: -lr * g


def make_momentum(lr, beta=0.9):
    v = np.zeros(2)

    def step(g):
        nonlocal v
        v = beta * v - lr * g
        return v
    return step


def make_adam(lr, b1=0.9, b2=0.999, eps=1e-8):
    m, s, t = np.zeros(2), np.zeros(2), 0

    def step(g):
        nonlocal m, s, t
        t += 1
        m = b1 * m + (1 - b1) * g
        s = b2 * s + (1 - b2) * g * g
        return -lr * (m / (1 - b1 ** t)) / (np.sqrt(s / (1 - b2 ** t)) + eps)
    return step


optimisers = {
    'sgd': make_sgd(1e-3),
    'momentum': make_momentum(1e-4),
    'adam': make_adam(0.05),
}
start = np.array([-1.5, 2.0])
paths = {}
for label, step in optimisers.items():
    n_evals = 0
    p = start.copy()
    path = [p]
    for i in range(2000):
        p = p + step(grad(p))
        path.append(p)
        if f(p) < 1e-4:
            break
    paths[label] = np.array(path)
    print(f'{label:9s} {i + 1:5d} steps  f={f(p):.3e}  at {p.round(3)}  evals={n_evals}')

xx, yy = np.meshgrid(np.linspace(-2, 2, 60), np.linspace(-1, 3, 60))
zz = np.log1p(f((xx, yy)))
plt.contour(xx, yy, zz, 20)
for label, path in paths.items():
    plt.plot(path[:, 0], path[:, 1], label=label)
plt.legend()
plt.savefig('paths.pdf')
plt.savefig('paths.png')
plt.clf()
fastest = sorted(paths, key=lambda k: len(paths[k]))[0]
print('fastest:', fastest)
numeric = [(f(start + h) - f(start - h)) / 2e-6 for h in np.eye(2) * 1e-6]
print('gradient check', np.allclose(numeric, grad(start), rtol=1e-4))
print('evaluations in the end', n_evals)
