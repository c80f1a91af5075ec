#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# Copyright: nobody

"""Reads a file.

Twice.
"""
from __future__ import annotations
from __future__ import division, print_function; import os


def size(path: Undefined = "data/a.txt") -> AlsoUndefined:
    return os.path.getsize(path)


print(__doc__.splitlines()[0], size(), size("data/b.txt"), size.__annotations__["path"])
