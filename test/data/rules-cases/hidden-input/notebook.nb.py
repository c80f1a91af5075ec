#! only: hidden-input
# %%
import pandas as pd

seed = 3
folds = 5
verbose = True
# %%
def split(rows):
    return rows[:folds], seed  #! hidden-input
# %%
folds = 10
seed = 3
# %%
frame = pd.read_parquet("a.parquet")
frame = frame.dropna()
# %%
def head(n):
    if verbose:  #~ hidden-input
        print(n)
    return frame.head(n)  #! hidden-input


def helper(n):
    return head(n)  #~ hidden-input
# %%
files = !ls
# %%
def count():
    return len(files)  #! hidden-input
# %%
for epoch in range(3):
    head(epoch)


def now():
    return epoch  #! hidden-input
