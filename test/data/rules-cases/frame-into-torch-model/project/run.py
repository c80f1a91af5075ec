#! only: frame-into-torch-model
import pandas as pd
import torch

from tables import FromTable, FromTensor, read

frame = read("flats.csv")
with torch.no_grad():
    print(FromTable().eval()(frame))  #~ frame-into-torch-model
    print(FromTensor().eval()(frame))  #! frame-into-torch-model
    print(FromTensor().eval()(torch.tensor(frame.to_numpy(), dtype=torch.float32)))  #~ frame-into-torch-model

for part in pd.read_csv("flats.csv", chunksize=500):
    print(FromTensor()(part))  #! frame-into-torch-model
