import threading, queue
q = queue.Queue()
results = {}
scale = 2
def worker():
    while True:
        item = q.get()
        if item is None:
            break
        results[item] = item * scale
t = threading.Thread(target=worker)
t.start()
for i in range(4):
    q.put(i)
q.put(None)
t.join()
print(results)
scale = 3
t2 = threading.Thread(target=lambda: results.update(last=scale))
t2.start(); t2.join()
print(results)
