import os
import sys

sys.path.insert(0, os.getcwd())
os.chdir("data")
import input as program

print(program.load(), program.first())
