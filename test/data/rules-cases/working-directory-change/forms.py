#! only: working-directory-change
import contextlib
import os as operating_system
import sys
from os import chdir as enter
from sys import path as search

enter("data")  #! working-directory-change
operating_system.chdir("..")  #! working-directory-change
search.insert(0, "src")  #! working-directory-change
sys.path += ["lib"]  #! working-directory-change
sys.path = ["first", *sys.path]  #! working-directory-change
if "lib" in sys.path:  #~ working-directory-change
    sys.path.remove("lib")  #~ working-directory-change

with contextlib.chdir("data"):  #~ working-directory-change
    print(operating_system.getcwd())


class Turtle:
    path = []

    def chdir(self, where):
        self.path.append(where)  #~ working-directory-change
        self.path += [where]  #~ working-directory-change


Turtle().chdir("north")  #~ working-directory-change
