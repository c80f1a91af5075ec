"""Reads files.

>>> open("data/a.txt").read().split()
['alpha', 'beta']
"""
import doctest


def words(path="data/a.txt"):
    """The words of a file.

    >>> words("data/b.txt")
    ['gamma']
    >>> words.__defaults__
    ('data/a.txt',)
    """
    return open(path).read().split()


print(doctest.testmod(), words())
