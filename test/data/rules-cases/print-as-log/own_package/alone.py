#! only: print-as-log
import json

print("nobody imports this")  #~ print-as-log
