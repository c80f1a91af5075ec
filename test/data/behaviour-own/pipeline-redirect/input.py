import io, sys, contextlib
buf = io.StringIO()
with contextlib.redirect_stdout(buf):
    print("hidden")
    x = 5
print("got", buf.getvalue().strip(), x)
old = sys.stdout
sys.stdout = io.StringIO()
print("captured")
text = sys.stdout.getvalue()
sys.stdout = old
print(text.upper())
