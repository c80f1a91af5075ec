import os
import numpy as np
from scipy import ndimage
from scipy.signal import convolve2d
from sklearn.datasets import load_sample_image
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import matplotlib.image as mpimg

OUT = "filtered"
if not os.path.isdir(OUT):
    os.mkdir(OUT)

img = load_sample_image("china.jpg")[::4, ::4]
print(img.shape, img.dtype, img.min(), img.max())
gray = img @ np.array([0.299, 0.587, 0.114])

kernels = dict(
    blur=np.ones((3, 3)) / 9,
    sharpen=np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    edge_x=np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
)
kernels["edge_y"] = kernels["edge_x"].T

filtered = {}
for name, kernel in kernels.items():
    out = convolve2d(gray, kernel, mode="same", boundary="symm")
    filtered[name] = out
    mpimg.imsave(os.path.join(OUT, name + ".png"), np.clip(out, 0, 255), cmap="gray")
    print(f"{name:8s} mean {out.mean():8.3f} std {out.std():8.3f}")

edges = np.hypot(filtered["edge_x"], filtered["edge_y"])
threshold = np.percentile(edges, 90)
mask = edges > threshold
labels, n = ndimage.label(mask)
sizes = ndimage.sum(mask, labels, range(1, n + 1))
print("edge pixels", mask.sum(), "components", n, "largest", int(sizes.max()))

hist, bounds = np.histogram(gray, bins=8, range=(0, 256))
cdf = hist.cumsum() / hist.sum()
for h, lo in zip(hist, bounds):
    print(f"{lo:5.0f} " + "#" * int(40 * h / hist.max()))
equalised = np.interp(gray, bounds[1:], 255 * cdf)
print("contrast before/after: %.2f %.2f" % (gray.std(), equalised.std()))

fig, axes = plt.subplots(1, 3, figsize=(9, 2.5))
for ax, (title, im) in zip(axes, [("gray", gray), ("edges", edges), ("equalised", equalised)]):
    ax.imshow(im, cmap="gray")
    ax.set_title(title)
    ax.axis("off")
fig.savefig(f"{OUT}/overview.png")
del fig, axes
print(sorted(os.listdir(OUT)))
