import asyncio
limit = 3
seen = []
async def job(n):
    await asyncio.sleep(0)
    seen.append(n * limit)
    return n
async def run_all():
    return await asyncio.gather(*(job(i) for i in range(limit)))
out = asyncio.run(run_all())
print(out, seen)
limit = 2
print(asyncio.run(run_all()), seen)
