print("first")
x = 1
import helper
print(helper.tick(), x)
from helper import STATE
print(STATE)
helper.STATE = {"n": 50}
print(helper.tick(), STATE)
