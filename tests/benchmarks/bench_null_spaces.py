"""Invariant polynomials of three vectors of R³ under rotations, from generators; not part of the tests.

Each degree is solved as a user asks for it (two primes), beside the same equations' rank by singular values in NumPy
while these fit: both in one process, each time the median of several runs after one that warms up.

    python tests/benchmarks/bench_null_spaces.py         # rewrites data/benchmarks/null_spaces.json
"""

import json
import math
import os
import platform
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: both routes on one core

import numba
import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from weylspec.groups.orthogonal import SO  # noqa: E402
from weylspec.invariants.nullspace import count_invariants  # noqa: E402
from weylspec.invariants.polynomials.powers import symmetric_derivation  # noqa: E402

TARGET = ROOT / "data" / "benchmarks" / "null_spaces.json"
DEGREES = (4, 5, 6, 8, 10, 12)
MOST_FOR_SINGULAR_VALUES = 1500


def median_time(call, repetitions):
    call()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def by_singular_values(action, degree):
    equations = np.concatenate([symmetric_derivation(x, degree).toarray() for x in action.algebra])
    return equations.shape[1] - int(np.linalg.matrix_rank(equations))


def main():
    action = SO(3).copies(3).natural()
    rows = {}
    for degree in DEGREES:
        size = math.comb(degree + 8, 8)
        found = count_invariants(action, degree).dimension
        row = {"monomials": size, "invariants": found,
               "seconds": median_time(lambda k=degree: count_invariants(action, k), 5)}
        if size <= MOST_FOR_SINGULAR_VALUES:
            assert by_singular_values(action, degree) == found
            row["numpy_seconds"] = median_time(lambda k=degree: by_singular_values(action, k), 3)
            row["ratio"] = row["numpy_seconds"] / row["seconds"]
        rows[str(degree)] = row
        print(degree, row)  # noqa: T201
    versions = {"python": platform.python_version(), "numpy": np.__version__, "numba": numba.__version__}
    command = "python tests/benchmarks/bench_null_spaces.py"
    TARGET.write_text(json.dumps({"command": command, "versions": versions, "degrees": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
