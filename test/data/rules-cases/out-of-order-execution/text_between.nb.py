#! only: out-of-order-execution
# %% [markdown]
# ## Setup
# %% [count=4]
a = 1
# %%  #~ out-of-order-execution
# not run
# %% [raw]
raw
# %% [count=4]  #! out-of-order-execution
b = 2
# %% [count=3]
c = 3
