"""Invariant polynomials of three vectors of R³ under rotations, from generators; not part of the tests.

Each degree is solved as a user asks for it (two primes), beside the same equations' rank by singular values in NumPy
while these fit: both in one process, each time the median of several runs after one that warms up.

    python tests/benchmarks/bench_null_spaces.py         # rewrites data/benchmarks/null_spaces.json
"""

import math
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: both routes on one core

import numpy as np
from peers import median_time, save

from weylspec.groups.orthogonal import SO
from weylspec.invariants.nullspace import count_invariants
from weylspec.invariants.polynomials.powers import symmetric_derivation

DEGREES = (4, 5, 6, 8, 10, 12)
MOST_FOR_SINGULAR_VALUES = 1500


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
    save("null_spaces", {"degrees": rows}, "numpy", "numba")


if __name__ == "__main__":
    main()
