import matplotlib.pyplot as plt
import numpy as np
x = np.linspace(0, 1, 20)
fig, ax = plt.subplots()
ax.plot(x, x ** 2)
plt.title("a")
plt.savefig("a.png")
print(plt.get_fignums())
plt.figure()
plt.plot(x, np.sin(x))
print(plt.get_fignums(), len(ax.lines))
plt.rcParams["lines.linewidth"] = 4
plt.plot(x, x)
plt.savefig("b.png")
plt.show()
