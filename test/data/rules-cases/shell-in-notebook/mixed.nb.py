#! only: shell-in-notebook, install-in-notebook
# %%
%cd work
%env MODE=test
%timeit sum(range(10))
%matplotlib inline
ok = not True
ok != False  #~ shell-in-notebook
# %%
if ok:
    !rm -rf cache  #! shell-in-notebook
lines = !grep -c x data.txt  #! shell-in-notebook
%time !nvidia-smi  #! shell-in-notebook
!!pwd  #! shell-in-notebook
# %%
%%script bash  #! shell-in-notebook
ls
# %%
%%script false --no-raise-error  #~ shell-in-notebook
slow()
# %%
%%html  #~ shell-in-notebook
<b>!ls</b>
# %%
%%capture log
!make data  #! shell-in-notebook
# %%
%%writefile run.sh  #~ shell-in-notebook
!ls
# %%
%%sql  #~ shell-in-notebook
select 1
# %% [markdown]
# !ls
# %%
import os
os.system("ls")  #~ shell-in-notebook
get_ipython().system("ls")  #~ shell-in-notebook
