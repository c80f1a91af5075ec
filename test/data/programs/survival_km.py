from io import StringIO

import numpy as np
import pandas as pd

data = StringIO("""patient;arm;months;event
p01;A;6;1
p02;A;6;1
p03;A;6;0
p04;A;7;1
p05;A;10;1
p06;A;13;0
p07;A;16;1
p08;A;22;1
p09;A;23;1
p10;A;25;0
p11;B;1;1
p12;B;1;1
p13;B;2;1
p14;B;3;1
p15;B;4;1
p16;B;5;0
p17;B;8;1
p18;B;8;1
p19;B;11;1
p20;B;12;1
""")
df = pd.read_csv(data, sep=";", index_col="patient")
print(df.groupby("arm")["event"].agg(["size", "sum"]))


def kaplan_meier(frame):
    s, rows = 1.0, []
    for t, g in frame.groupby("months"):
        at_risk = (frame["months"] >= t).sum()
        d = g["event"].sum()
        if d:
            s *= 1 - d / at_risk
        rows.append((t, at_risk, d, s))
    return pd.DataFrame(rows, columns=["t", "n", "d", "S"]).set_index("t")


curves = {arm: kaplan_meier(g) for arm, g in df.groupby("arm")}
for arm, c in curves.items():
    print(arm)
    print(c.round(4).to_string())
    below = c.index[c["S"] <= 0.5]
    median = below[0] if len(below) else float("nan")
    print("median survival:", median)

# log-rank
times = sorted(df.loc[df.event == 1, "months"].unique())
O = E = V = 0.0
for t in times:
    risk = df[df.months >= t]
    n, n1 = len(risk), (risk.arm == "A").sum()
    dead = risk[(risk.months == t) & (risk.event == 1)]
    d, d1 = len(dead), (dead.arm == "A").sum()
    O += d1
    E += d * n1 / n
    if n > 1:
        V += d * n1 * (n - n1) * (n - d) / (n ** 2 * (n - 1))
chi2 = (O - E) ** 2 / V
print(f"observed {O:.0f}, expected {E:.3f}, log-rank chi2 {chi2:.3f}")

df["status"] = np.where(df.event.eq(1), "dead", "censored")
wide = df.reset_index().pivot_table(index="arm", columns="status", values="months", aggfunc="mean")
print(wide.round(2))
del df["status"]
df.sort_values(["arm", "months"]).to_json("km.json", orient="split", indent=1)
