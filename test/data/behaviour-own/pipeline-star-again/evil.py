class np:
    pi = 3
