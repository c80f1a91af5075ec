# evaluation of the checkout experiment
import numpy as np
from scipy import stats

rng = np.random.default_rng(12345)
N = {"A": 4200, "B": 4150}
true_rate = {"A": 0.112, "B": 0.127}
conv = {g: rng.binomial(1, true_rate[g], N[g]) for g in N}
basket = {g: rng.lognormal(3.2 if g == "A" else 3.18, 0.5, conv[g].sum()) for g in N}

print("group      n  conv   rate   basket")
for g in sorted(N):
    print(f"{g:>5s} {N[g]:6d} {conv[g].sum():5d} {conv[g].mean():.4f} {basket[g].mean():8.2f}")

# z test, pooled
p1, p2 = conv["A"].mean(), conv["B"].mean()
pool = np.concatenate(list(conv.values())).mean()
se = np.sqrt(pool * (1 - pool) * (1 / N["A"] + 1 / N["B"]))
zscore = (p2 - p1) / se
pval = 2 * stats.norm.sf(abs(zscore))
print("z = {:.3f}, p = {:.4f}".format(zscore, pval))

table = [[c.sum(), len(c) - c.sum()] for c in conv.values()]
chi2, p, dof, _ = stats.chi2_contingency(table, correction=False)
print(f"chi2 = {chi2:.3f} (dof {dof}), p = {p:.4f}")
assert abs(zscore ** 2 - chi2) < 1e-6

# baskets are skewed
for name, test in {
    "welch": lambda a, b: stats.ttest_ind(a, b, equal_var=False),
    "welch on logs": lambda a, b: stats.ttest_ind(np.log(a), np.log(b), equal_var=False),
    "mann-whitney": stats.mannwhitneyu,
    "ks": stats.ks_2samp,
}.items():
    result = test(basket["A"], basket["B"])
    print(f"{name:14s} p = {result.pvalue:.4f}" + (" *" if result.pvalue < 0.05 else ""))

# bayes
draws = {g: rng.beta(1 + conv[g].sum(), 1 + N[g] - conv[g].sum(), 20000) for g in N}
prob = (draws["B"] > draws["A"]).mean()
loss = np.maximum(draws["A"] - draws["B"], 0).mean()
print(f"P(B > A) = {prob:.3f}, expected loss {loss:.5f}")

lift = draws["B"] / draws["A"] - 1
lo, mid, hi = np.percentile(lift, [2.5, 50, 97.5])
print(f"lift {mid:+.1%} [{lo:+.1%}, {hi:+.1%}]")
decision = "ship" if prob > 0.95 and loss < 0.001 else "wait"
print(decision.upper())
