#! only: out-of-order-execution
# %% [count=0]  #~ out-of-order-execution
a = 1
# %% [count=0]  #~ out-of-order-execution
b = 2
# %% [count=7]
c = 3
# %% [count=2]
# %% [count=8]  #~ out-of-order-execution
d = 4
