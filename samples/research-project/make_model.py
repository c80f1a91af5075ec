# makes everything in models/ again, for a fresh checkout
import os

# so that it works from anywhere, train_model reads data/ from the current folder
os.chdir(os.path.dirname(os.path.abspath(__file__)))

import train_model

train_model.run()
print("models/churn.pt:", os.path.getsize("models/churn.pt"), "bytes")
