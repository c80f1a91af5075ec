größe = 3
π = 3.14
变量 = [größe, π]
print(变量)
ﬁ = 1
print(fi)
def fläche(r):
    return π * r ** 2
print(fläche(größe))
naïve = fläche(1)
print(f"{naïve:.2f} {größe=}")
