name = "bob"
sql = """
SELECT *
  FROM t
    WHERE n = '%s'
""" % name
print(sql)
n = 3
text = f"""
  {name}
    {n + 1
     }
"""
print(text)
if n:
    block = '''
indented?
    yes
'''
    print(block)
raw = r"""a\
b"""
print(repr(raw))
x = 5
print(f"{x=} {x + 1 = } {x=!r:>5} {name=!s}")
print(f"{ {'a': x}['a'] = }")
print(f'{name!r:{n * 4}}|')
