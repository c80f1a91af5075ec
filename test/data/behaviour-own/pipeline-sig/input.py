import signal, os
hits = []
def on(sig, frame):
    hits.append(sig)
    print("signal", len(hits), limit)
limit = 3
signal.signal(signal.SIGUSR1, on)
os.kill(os.getpid(), signal.SIGUSR1)
limit = 4
os.kill(os.getpid(), signal.SIGUSR1)
print(len(hits))
