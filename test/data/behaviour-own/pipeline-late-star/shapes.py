def floor(value):
    return f"floor of {value}"


class math:
    pi = 3
