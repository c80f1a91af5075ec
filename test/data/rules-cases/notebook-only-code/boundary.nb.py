#! only: notebook-only-code
# %%  #~ notebook-only-code
# exactly fifty logical lines
step_0 = 0
step_1 = 1
step_2 = 2
step_3 = 3
step_4 = 4
step_5 = 5
step_6 = 6
step_7 = 7
step_8 = 8
step_9 = 9
step_10 = 10
step_11 = 11
step_12 = 12
step_13 = 13
step_14 = 14
step_15 = 15
step_16 = 16
step_17 = 17
step_18 = 18
step_19 = 19
step_20 = 20
step_21 = 21
step_22 = 22
step_23 = 23
step_24 = 24
step_25 = 25
step_26 = 26
step_27 = 27
step_28 = 28
step_29 = 29
step_30 = 30
step_31 = 31
step_32 = 32
step_33 = 33
step_34 = 34
step_35 = 35
step_36 = 36
step_37 = 37
step_38 = 38
step_39 = 39
step_40 = 40
step_41 = 41
step_42 = 42
step_43 = 43
step_44 = 44
step_45 = 45
step_46 = 46
step_47 = 47
# %%
wide = [
    1,
    2,
]; narrow = 3
text = """
one
two
"""
%matplotlib inline
# %%
%%bash
ls
pwd
