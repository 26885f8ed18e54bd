"""Lattice points in four variables and more against PARI, side by side in one run; not part of the tests.

Needs the extra `bench` (PyPI's cypari). All times are seconds of the processor on one thread: ours the minimum of some
runs after one that compiles, PARI's the minimum of two runs, or of one that takes more than three seconds. All results
are compared. Ours are counts as a user gets them, by `quadric_count` of a form's matrix, once its reduced basis and the
identity of its theta series are known (a few milliseconds).

- "divisor_sums": points of Z⁴ (norm up to N) and E8 (norm up to 2N) by PARI's sums over n ≤ N, at an N it can follow:
  "sigma" adds up sigma(n), "factored" the same in a forfactored loop, "quotients" is Σ d^j·(N\\d), the fastest of the
  sums of N terms. "hyperbola" is our own method written in GP, √N steps, at the large N.
- "enumeration": random integer Gram matrices BᵀB, entries of B from −3 to 3, against PARI's qfrep in the same reduced
  basis, whose result is added up; and against the given basis, where that is faster.
- "growth": seconds at growing N, and the exponent of N fitted to the upper half of them. The known ones are 1/2 for
  sums over divisors (times a logarithm, the number of primes), (d − 1)/2 for enumeration row by row.
- "sixteen_dimensions": the 62401 vectors of norm at most 4 of Milnor's two lattices, by enumeration against qfrep.

    python tests/benchmarks/bench_lattice_series.py   # rewrites data/benchmarks/lattice_series.json, in two minutes
"""

import math
import time

import cypari
import numpy as np
from peers import save

from weylspec.exact import lattice_count
from weylspec.exact.lattice_count import quadric_count
from weylspec.exact.lattices.enumeration.fincke_pohst import enumeration_count
from weylspec.exact.lattices.reduction import simplified
from weylspec.exact.lie.cartan import cartan_matrix

pari = cypari.pari
pari.allocatemem(2 * 10**9)
RUNS = 7
LONG = 3.0  # seconds after which a run of a peer is the only one

Z4, E8 = np.eye(4, dtype=np.int64), np.triu(cartan_matrix("E", 8)) - np.eye(8, dtype=np.int64)
SUMS = {
    "sigma": ("sum(n=1,{N},sigma(n))", "sum(n=1,{N},sigma(n,3))"),
    "factored": ("my(s=0);forfactored(n=1,{N},s+=sigma(n));s", "my(s=0);forfactored(n=1,{N},s+=sigma(n,3));s"),
    "quotients": ("sum(d=1,{N},d*({N}\\d))", "sum(d=1,{N},d^3*({N}\\d))"),
    "hyperbola": ("my(N={N},r=sqrtint(N));sum(e=1,r,my(q=N\\e);e*q+(q*(q+1))\\2)-r*(r*(r+1)\\2)",
                  "my(N={N},r=sqrtint(N));sum(e=1,r,my(q=N\\e);e^3*q+((q*(q+1))\\2)^2)-r*((r*(r+1))\\2)^2"),
}


def seconds(call, runs, first_counts=False):
    """The least time of the processor, and the result."""
    times, result = [], None
    if not first_counts:
        call()
    for _ in range(runs):
        start = time.process_time()
        result = call()
        times.append(time.process_time() - start)
        if first_counts and times[-1] > LONG:
            break
    return min(times), result


def ours(table, top):
    return seconds(lambda: quadric_count(table, top), RUNS)


def theirs(code, top):
    """PARI's sum, and for Z⁴ also the one up to N/4, put together as points."""
    return seconds(lambda: int(pari(code.replace("{N}", str(top)))), 2, first_counts=True)


def squares(name, top):
    code = SUMS[name][0]
    (a, whole), (b, quarter) = theirs(code, top), theirs(code, top // 4)
    return a + b, 1 + 8 * (whole - 4 * quarter)


def roots(name, top):
    time_, whole = theirs(SUMS[name][1], top)
    return time_, 1 + 240 * whole


def divisor_sums():
    result = {}
    for lattice, table, peer, followed, far in (("Z4", Z4, squares, 10**7, 10**14), ("E8", E8, roots, 10**7, 10**12)):
        rows = {}
        for name in SUMS:
            top = far if name == "hyperbola" else followed
            (their_time, their_count), (our_time, our_count) = peer(name, top), ours(table, top)
            assert their_count == our_count, (lattice, name)
            rows[name] = {"N": top, "pari_seconds": their_time, "seconds": our_time, "ratio": their_time / our_time}
        result[lattice] = rows
    return result


def random_form(d, rng):
    """A basis of integers, and the form's table."""
    while True:
        basis = rng.integers(-3, 4, (d, d))
        if abs(np.linalg.det(basis)) > 0.5:
            gram = basis.T @ basis
            return gram, np.triu(2 * gram) - np.diag(np.diag(gram))


def in_pari(rows):
    return pari.matrix(len(rows), len(rows), [int(x) for row in rows for x in row])


def represented(matrix, top):
    """1 + twice the sum of what qfrep finds."""
    return seconds(lambda: 1 + 2 * int(pari("v -> vecsum(Vec(v))")(pari.qfrep(matrix, top))), 2, first_counts=True)


def enumeration():
    rng = np.random.default_rng(20)
    result = {}
    for d, top in ((3, 3 * 10**5), (4, 4 * 10**4), (6, 3000), (8, 700)):
        rows = []
        for _ in range(3):
            gram, table = random_form(d, rng)
            common, short = simplified(table)
            given = represented(in_pari(gram), top)
            reduced = represented(in_pari([[common * x for x in row] for row in short]), 2 * top)
            peer = min(given, reduced)
            time_, count = ours(table, top)
            lattice_count._cheapest.cache_clear()
            direct, again = seconds(lambda s=short, t=top // common: enumeration_count(s, t), RUNS)
            assert given[1] == reduced[1] == count == again
            rows.append({"points": count, "determinant": round(np.linalg.det(gram)), "pari_seconds": peer[0],
                         "seconds": time_, "enumeration_seconds": direct, "ratio": peer[0] / time_,
                         "ratio_of_enumeration": peer[0] / direct})
        result[f"d={d}"] = {"norms_to": top, "forms": rows, "least_ratio": min(row["ratio"] for row in rows)}
    return result


def fitted(tops, times):
    """The slope of log seconds over log N, upper half."""
    half = len(tops) // 2
    return float(np.polyfit(np.log(tops[half:]), np.log(times[half:]), 1)[0])


def growth():
    rng = np.random.default_rng(21)
    random = {d: simplified(random_form(d, rng)[1])[1] for d in (4, 6)}
    cases = {
        "Z4 by divisor sums": (lambda n: quadric_count(Z4, n), [10**j for j in range(8, 16)], 0.5),
        "E8 by divisor sums": (lambda n: quadric_count(E8, n), [10**j for j in range(6, 14)], 0.5),
        "random d=4": (lambda n: enumeration_count(random[4], n), [4 * 10**4 * 2**j for j in range(7)], 1.5),
        "random d=6": (lambda n: enumeration_count(random[6], n), [600 * 2**j for j in range(6)], 2.5),
    }
    result = {}
    for name, (call, tops, known) in cases.items():
        times = [seconds(lambda call=call, n=n: call(n), 3)[0] for n in tops]
        result[name] = {"N": tops, "seconds": times, "exponent": fitted(tops, times), "known": known}
    return result


def sixteen():
    """Milnor's two lattices: norms up to 4 by enumeration and by divisor sums."""
    basis = np.zeros((16, 16), dtype=np.int64)  # twice D16⁺
    basis[0, 0], basis[15] = 4, 1
    for i in range(1, 15):
        basis[i, i], basis[i, i - 1] = 2, -2
    forms = {"E8+E8": np.kron(np.eye(2, dtype=np.int64), cartan_matrix("E", 8)), "D16+": basis @ basis.T // 4}
    result = {}
    for name, full in forms.items():
        table = np.triu(full) - np.diag(np.diag(full) // 2)
        short = simplified(table)[1]
        time_, count = seconds(lambda s=short: enumeration_count(s, 2), RUNS)
        peer, theirs_ = represented(in_pari(short), 4)
        assert count == theirs_ == 62401
        far, points = ours(table, 10**12)
        assert math.log10(points) > 96
        result[name] = {"norm_4": count, "pari_seconds": peer, "seconds": time_, "ratio": peer / time_,
                        "seconds_for_norm_2e12": far}
    return result


def main():
    save("lattice_series", {
        "divisor_sums": divisor_sums(), "enumeration": enumeration(), "sixteen_dimensions": sixteen(),
        "growth": growth(),
    }, "cypari", "numpy", "numba")


if __name__ == "__main__":
    main()
