#! only: undefined-in-notebook, use-before-definition
# %% [count=31]
import pandas as pd
from sklearn.metrics import f1_score

try:
    display
except NameError:
    display = print

# %% [count=40]
frame = pd.read_parquet("events.parquet")
features = [name for name in frame.columns if name != label]  #! undefined-in-notebook

# %% [count=33]
def evaluate(model, rows=frame):
    guess = model.predict(rows[features])
    return f1_score(rows[target], guess, average=averaging)  #! undefined-in-notebook


class Report(ReportBase):  #! undefined-in-notebook
    title = "Report"

    def show(self):
        return __class__, [title_word for title_word in self.title.split()]


# %%
target = "clicked"
frame[target].mean(), frame[label].mean()  #~ undefined-in-notebook

# %%
if "averaging" not in globals():
    print("no averaging")
seen = {entry for entry in features}
print(entry)  #! undefined-in-notebook
print(f"{len(seen):>{width}}")  #! undefined-in-notebook

# %%
with open("notes.txt") as notes, open("log.txt") as log:
    print(notes.read(), log.read())
for number, (key, *rest) in enumerate([(1, 2, 3)]):
    print(number, key, rest)
(lambda row, *rows, **options: (row, rows, options))(1)
print((span := 3), span)
