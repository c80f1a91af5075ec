#! only: hard-coded-url, hard-coded-path, hard-coded-device
# %%
data_url = "https://data.acme.example/a.csv"  #@param {type: "string"}  #~ hard-coded-url
folder = "/content/drive/MyDrive/x"  #@param {type: "string"}  #~ hard-coded-path
device = "cuda"  #@param ["cuda", "cpu"]  #~ hard-coded-device
# %%
import pandas as pd
import torch

frame = pd.read_csv(data_url)
weights = torch.load(f"{folder}/w.pt", map_location=device, weights_only=True)
rest = pd.read_csv("https://data.acme.example/b.csv")  #! hard-coded-url
