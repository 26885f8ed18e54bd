"""Lattice points in discs, ellipses and balls, against PARI and NumPy; not part of the tests.

One core, seconds of the processor, the least of several runs, short counts averaged over tops: the arcs of the hull
and the sums over rows that the peers do, in one process. Of every peer there are the plain sum over a quarter of the
disc and the one over an eighth; NumPy also without the correction of roots in floats, which ends at 2⁵². The cost as
the cutoff grows stands beside the number of hull vertices, O(λ^{1/3}), in three dimensions summed over the slices,
O(λ^{5/6}).

    python tests/benchmarks/bench_lattice_points.py      # rewrites data/benchmarks/lattice_points.json
"""

import math
import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import cypari
import numpy as np
from peers import save

from weylspec.exact.lattices.points.planar import planar_count
from weylspec.exact.lattices.points.spatial import spatial_count
from weylspec.exact.theta import theta_counts

PARI = {
    "quarter": "quarter(n) = {4*sum(x = 1, sqrtint(n), sqrtint(n - x^2)) + 4*sqrtint(n) + 1}",
    "eighth": "eighth(n) = {my(m = sqrtint(n\\2), r = sqrtint(n), s = 0);"
              " for(x = m + 1, r, s += sqrtint(n - x^2)); 8*s + 4*m^2 + 4*r + 1}",
    # Slices of a ball: the points of each disc from an eighth.
    "slices": "slices(n) = {2*sum(z = 1, sqrtint(n), eighth(n - z^2)) + eighth(n)}",
    "qfrep": "quadratic(n) = {1 + 2*vecsum(Vec(qfrep(matid(3), n)))}",
}
SQUARE, HEXAGONAL, GENERIC, LONG = (1, 0, 1), (1, 1, 1), (3, 1, 5), (1, 0, 10**6)
BALL, FACE_CENTRED, TRICLINIC = (1, 0, 0, 1, 0, 1), (1, 1, 1, 1, 1, 1), (3, 1, -1, 4, 2, 5)


def least_time(call, repetitions=9):
    """Least seconds of the processor, after a run that warms up, or those of one long run; and the result."""
    times = []
    while len(times) <= repetitions:
        start = time.process_time()
        found = call()
        times.append(time.process_time() - start)
        if times[0] > 1:
            return times[0], found
    return min(times[1:]), found


def corrected_roots(inside):
    root = np.sqrt(inside).astype(np.int64)
    root -= root * root > inside
    root += (root + 1) * (root + 1) <= inside
    return int(root.sum())


def quarter(n, roots=corrected_roots):
    r = math.isqrt(n)
    return 4 * roots(n - np.arange(1, r + 1) ** 2) + 4 * r + 1


def eighth(n, roots=corrected_roots):
    r, m = math.isqrt(n), math.isqrt(n // 2)
    return 8 * roots(n - np.arange(m + 1, r + 1) ** 2) + 4 * m * m + 4 * r + 1


def float_roots(inside):
    return int(np.floor(np.sqrt(inside)).sum())


def slices(n):
    return 2 * sum(eighth(n - z * z) for z in range(1, math.isqrt(n) + 1)) + eighth(n)


def in_pari(name):
    return lambda n: int(cypari.pari(f"{name}({n})"))


def fresh_time(call, top, tops=40):
    """Seconds of a call, at so many tops from the given one: branches of a call just repeated are foreseen."""
    def at_each():
        for k in range(tops):
            call(top + 997 * k)
    return least_time(at_each, 5)[0] / tops


def against(ours, peers, top):
    """Seconds and ratios, after a comparison of the counts."""
    again, count = least_time(lambda: ours(top), 40)
    mine = again if again > 0.01 else fresh_time(ours, top)
    rows = {"count": str(count), "seconds": mine, "seconds_if_repeated": again, "peer_seconds": {}, "ratios": {}}
    for name, peer in peers.items():
        theirs, found = least_time(lambda peer=peer: peer(top), 3)
        assert found == count
        rows["peer_seconds"][name], rows["ratios"][name] = theirs, theirs / mine
    return rows


def growth(count, tops, exponent):
    """Seconds at each top, and the slope of their logarithms, by least squares over the upper half."""
    seconds = [least_time(lambda top=top: count(top), 3)[0] for top in tops]
    upper = slice(len(tops) // 2, None)
    slope = np.polyfit([math.log(top) for top in tops[upper]], np.log(seconds[upper]), 1)[0]
    return {"tops": [str(top) for top in tops], "seconds": seconds, "fitted_exponent": float(slope),
            "known_exponent": exponent}


def planar(form):
    return lambda top: planar_count(*form, top)


def spatial(form):
    return lambda top: spatial_count(form, top)


def main():
    for form in (BALL, FACE_CENTRED, (1, 0, 0, 2, 0, 3)):  # compiled before anything is measured
        spatial_count(form, 10**4)
    planar_count(*SQUARE, 10**12)
    cypari.pari.allocatemem(10**9)
    for code in PARI.values():
        cypari.pari(code)
    discs = {"PARI, a quarter": in_pari("quarter"), "PARI, an eighth": in_pari("eighth"),
             "NumPy, a quarter": quarter, "NumPy, an eighth": eighth,
             "NumPy, a quarter in floats": lambda n: quarter(n, float_roots),
             "NumPy, an eighth in floats": lambda n: eighth(n, float_roots)}
    balls = {"PARI, slices": in_pari("slices"), "NumPy, slices": slices,
             "theta series": lambda n: int(theta_counts([1, 1, 1], n).sum())}
    small = {"PARI, qfrep": in_pari("quadratic")}
    save("lattice_points", {
        "disc": {str(top): against(planar(SQUARE), discs, top) for top in (10**8, 10**10, 10**12)},
        "far_disc": {str(top): against(planar(SQUARE), {}, top) for top in (10**18, 10**24)},
        "ball": {str(top): against(spatial(BALL), balls | (small if top <= 10**4 else {}), top)
                 for top in (10**4, 10**6)},
        "far_ball": {str(top): against(spatial(BALL), {}, top) for top in (10**8, 10**10)},
        "growth": {
            "x² + y²": growth(planar(SQUARE), [10**k for k in range(8, 24)], 1 / 3),
            "x² + xy + y²": growth(planar(HEXAGONAL), [10**k for k in range(8, 23)], 1 / 3),
            "3x² + xy + 5y²": growth(planar(GENERIC), [10**k for k in range(8, 22)], 1 / 3),
            "x² + 10⁶y²": growth(planar(LONG), [10**k for k in range(12, 25)], 1 / 3),
            "x² + y² + z²": growth(spatial(BALL), [10**k for k in range(4, 11)], 5 / 6),
            "face-centred cubic": growth(spatial(FACE_CENTRED), [10**k for k in range(4, 10)], 5 / 6),
            "triclinic": growth(spatial(TRICLINIC), [10**k for k in range(4, 10)], 5 / 6),
        },
    }, "cypari", "numpy", "numba")


if __name__ == "__main__":
    main()
