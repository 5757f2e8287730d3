"""The reference model in NumPy: peer_numpy.py FOLDER-OF-reference_numpy.py BATCH... prints `BATCH ns`, processor time a future."""
import os
import statistics
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np

sys.path[:0] = [sys.argv[1], os.path.dirname(os.path.abspath(__file__))]
sys.dont_write_bytecode = True
from model import INPUTS
from reference_numpy import model


def draw(count):
    random = np.random.Generator(np.random.Philox(2026))
    laws = {
        "UNIFORM": lambda a, b: random.uniform(a, b, count),
        "NORMAL": lambda a, b: random.normal(a, b, count),
        "LOGNORMAL": lambda a, b: a * np.exp(np.log(b) * random.standard_normal(count)),
    }
    return [laws[law](a, b) for _, law, a, b in INPUTS]


for batch in map(int, sys.argv[2:]):
    inputs, times = draw(batch), []
    model(inputs)
    for _ in range(3):
        repeats = max(1, 12000 // batch)
        start = time.process_time()
        for _ in range(repeats):
            model(inputs)
        times.append((time.process_time() - start) / (repeats * batch) * 1e9)
    print(batch, "%.1f" % statistics.median(times), flush=True)
