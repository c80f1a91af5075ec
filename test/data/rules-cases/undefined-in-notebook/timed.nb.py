#! only: undefined-in-notebook, use-before-definition
# %%
%load_ext autoreload
%autoreload 2
values = list(range(1000))

# %%
%%timeit
total = 0
for value in values:
    total += value  #~ undefined-in-notebook

# %%
print(total)  #! undefined-in-notebook

# %%
pwd  #~ undefined-in-notebook

# %%
%%writefile helper.py
print(not_here)  #~ undefined-in-notebook

# %%
!echo {missing} $HOME  #~ undefined-in-notebook
spark.range(3).count(), dbutils.fs, _3, _i2, exit, quit  #~ undefined-in-notebook
