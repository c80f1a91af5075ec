import json

points = json.loads("[[1, 2], [5, 5], [8, 3], [0, 0]]")
left = right = None
for point in points:
    match point:
        case [left, right] if left > right:
            print("falls", left, right)
        case [left, right] if left == right:
            print("flat", left, right)
        case _:
            print("rises", left, right)

slope = left - right
scores = [slope + value for pair in points for value in pair]
print(slope, left, right)
print(max(scores), sum(scores))
