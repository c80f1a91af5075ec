#! only: frame-into-torch-model, inference-without-eval, inference-without-no-grad, unsafe-model-load, device-bound-load, hard-coded-path, direct-forward-call
# %%
import pandas as pd
import torch
# %%
data = pd.read_csv('/Users/researcher/data.csv')  #! hard-coded-path
model = torch.load('model.pt')  #! hard-coded-path, unsafe-model-load, device-bound-load
predictions = model(data)  #! frame-into-torch-model, inference-without-eval, inference-without-no-grad
print(predictions)
