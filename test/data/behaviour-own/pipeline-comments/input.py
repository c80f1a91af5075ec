#!/usr/bin/env python
# -*- coding: utf-8 -*-
# Copyright me

# about the data
import pandas as pd  # frames

# load the data
df = pd.read_csv("data/t.csv")  # the file
# look
print(df.shape)  # shape

# --- train ---
total = df.a.sum()  # sum
for v in df.a:  # loop
    # inside
    total += v
    # end of loop
print(total)
# the end

# really
