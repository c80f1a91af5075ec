#! only: hard-coded-path
# %%
#@title Where the data is { display-mode: "form" }
source = "/content/drive/MyDrive/sounds" #@param {type: "string"}
target = "/content/out.csv"  # @param ["/content/out.csv", "/content/other.csv"] {allow-input: true}
cache = "/content/cache.pkl"  #! hard-coded-path

# %%
import pandas as pd

frame = pd.read_csv(source)
frame.to_csv(target)
frame.to_pickle(cache)
frame.to_csv("/content/report.csv")  # see @param above  #! hard-coded-path
