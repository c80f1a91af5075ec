#! only: undefined-in-notebook, use-before-definition
# %%
%run common.ipynb
print(settings)  #~ undefined-in-notebook

# %%
def later():
    return anything  #~ undefined-in-notebook
