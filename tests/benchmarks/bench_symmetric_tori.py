"""Counts on tori modulo permutations, on products and on quotients of spheres; not part of the tests.

Needs the extra `bench`. T^10/S_10 at λ = 10⁵ beside FLINT's power series (python-flint), both in one process: the
recursion m·h_m = Σ_r p_r h_{m−r}, p_r = Σ_k q^{rk²}, in several forms, of which the fastest counts; N(λ) is the sum of
the coefficients. Times are those of the processor, the least of several runs after one that warms up. Then the cost of
each way to count as λ grows, beside its known exponent: dynamic programming λ^{3/2}, the search of the wedge
λ^{(n−1)/2}, series of spheres a power of log λ.

    python tests/benchmarks/bench_symmetric_tori.py         # rewrites data/benchmarks/symmetric_tori.json
"""

import itertools
import math
import time

import flint
import numpy as np
from peers import save

import weylspec as ws
from weylspec.exact.squares.multisets import Squares, multiset_count
from weylspec.exact.squares.wedges import wedge_count

TEN = 7994722984009576633  # T^10/S_10 at λ = 10⁵
TWO_PRIMES = (2**62 - 57, 2**62 - 87)
THREE_PRIMES = (2**31 - 1, 2**31 - 19, 2**31 - 61)


def least(call, repetitions=3):
    """The least processor time of several calls, after one that warms up; long calls run once."""
    times = []
    for _ in range(1 + repetitions):
        start = time.process_time()
        result = call()
        times.append(time.process_time() - start)
        if times[-1] > 5:
            break
    return min(times[1:] or times), result


# -- FLINT ---------------------------------------------------------------------------------------


def power_sums(n, top, zero, signs):
    """Coefficients of p_1, …, p_n up to q^top: for k = 0, and for each k > 0."""
    rows = []
    for r in range(1, n + 1):
        row = [0] * (top + 1)
        row[0] = zero
        for k in range(1, math.isqrt(top // r) + 1):
            row[r * k * k] = signs
        rows.append(row)
    return [None, *rows]


def newton(powers, n, top, zero, divided):
    """h_0, …, h_n of polynomials p_1, …, p_n."""
    h = [zero + 1]
    for m in range(1, n + 1):
        total = zero
        for r in range(1, m + 1):
            total += powers[r].mul_low(h[m - r], top + 1)
        h.append(divided(total, m))
    return h


def integers(n, top):
    """Integer polynomials, the sum of h_n as its value at 1."""
    powers = [flint.fmpz_poly(row) if row else None for row in power_sums(n, top, 1, 2)]
    return int(newton(powers, n, top, flint.fmpz_poly([0]), lambda total, m: total // m)[n](1))


def integers_last_by_hand(n, top):
    """As before up to h_{n−1}; the sum of h_n from partial sums, without n further products."""
    powers = [flint.fmpz_poly(row) if row else None for row in power_sums(n, top, 1, 2)]
    h = newton(powers, n - 1, top, flint.fmpz_poly([0]), lambda total, m: total // m)
    total = 0
    for r in range(1, n + 1):
        below = list(itertools.accumulate(map(int, h[n - r].coeffs())))
        below += [below[-1]] * (top + 1 - len(below))
        total += sum((2 if k else 1) * below[top - r * k * k] for k in range(math.isqrt(top // r) + 1))
    return total // n


def positive_parts(n, top):
    """Series of positive parts; their pairs with those of natural numbers are the sum, as in our own way."""
    powers = [flint.fmpz_poly(row) if row else None for row in power_sums(n, top, 0, 1)]
    h = newton(powers, n, top, flint.fmpz_poly([0]), lambda total, m: total // m)
    natural = list(itertools.accumulate(h))
    total = flint.fmpz_poly([0])
    for i in range(n + 1):
        total += h[i].mul_low(natural[n - i], top + 1)
    return int(total(1))


def residues(primes):
    """Polynomials modulo primes, the sums put together by the Chinese remainder theorem."""
    def count(n, top):
        value, modulus = 0, 1
        for p in primes:
            powers = [flint.nmod_poly(row, p) if row else None for row in power_sums(n, top, 1, 2)]
            h = newton(powers, n, top, flint.nmod_poly([0], p), lambda total, m, p=p: total * pow(m, -1, p))
            value += modulus * ((int(h[n](1)) - value) * pow(modulus, -1, p) % p)
            modulus *= p
        return value

    return count


def beside_flint(n, top, wanted, skipped=0):
    space = ws.Torus(n) / ws.SymmetricGroup(n)
    seconds, count = least(lambda: space.count(top), 5)
    forms = {"integers": integers, "integers, the last by partial sums": integers_last_by_hand,
             "integers, positive parts": positive_parts, "two primes of 62 bits": residues(TWO_PRIMES),
             "three primes of 31 bits": residues(THREE_PRIMES)}
    peers = {}
    for name, form in list(forms.items())[: len(forms) - skipped]:
        peers[name], found = least(lambda form=form: form(n, top), 2)
        assert found == count, name
    assert wanted in (None, count)
    fastest = min(peers.values())
    return {"count": count, "seconds": seconds, "peer_seconds": peers, "fastest_peer_seconds": fastest,
            "ratio": fastest / seconds}


# -- growth ---------------------------------------------------------------------------------------


def growth(call, sizes, known):
    """Seconds at each λ, and the slope of their logarithms over the last half, beside the known exponent."""
    times = [least(lambda lam=lam: call(lam), 3)[0] for lam in sizes]
    half = len(sizes) // 2
    slope = np.polyfit(np.log([float(x) for x in sizes[half:]]), np.log(times[half:]), 1)[0]
    return {"lam": [f"{lam:.3g}" for lam in sizes], "seconds": times, "exponent": float(slope), "known": known}


def steps(low, high, count):
    return [int(x) for x in np.geomspace(low, high, count)]


def curves():
    ball = ws.Sphere(6) / ws.SymmetricGroup(7)
    sphere_torus = ws.Sphere(2) * ws.Torus(2)
    return {
        "T^10/S_10 by dynamic programming": growth(
            lambda lam: multiset_count([Squares(10)], lam), steps(10**3, 4 * 10**5, 8), 1.5),
        "T^3/S_3 by dynamic programming": growth(
            lambda lam: multiset_count([Squares(3)], lam), steps(10**4, 3 * 10**6, 7), 1.5),
        "T^3/S_3 by search": growth(lambda lam: wedge_count(Squares(3), lam), steps(10**5, 10**9, 9), 1.0),
        "T^4/B_4 by search": growth(
            lambda lam: wedge_count(Squares(4, signed=False), lam), steps(10**4, 4 * 10**6, 7), 1.5),
        "S^6/S_7 by its rational series": growth(ball.count, [10**k for k in (3, 6, 12, 30, 60, 120, 240)], 0.0),
        "S^2 * S^3 by staircases": growth((ws.Sphere(2) * ws.Sphere(3)).count, steps(10**6, 10**11, 6), 0.5),
        "S^2 * T^2 by direct counts": growth(sphere_torus.count, steps(10**6, 10**8, 4), None),
    }


def main():
    few = ws.Torus(3) / ws.SymmetricGroup(3)
    wedge, count = least(lambda: few.count(10**6), 5)
    assert count == 699241334
    start = time.process_time()
    fresh = (ws.Torus(3) / ws.SymmetricGroup(3)).count(10**6)
    dispatched = time.process_time() - start
    assert fresh == count
    save("symmetric_tori", {
        "T^10/S_10 at 10^5": beside_flint(10, 10**5, TEN),
        "T^10/S_10 at 2*10^5": beside_flint(10, 2 * 10**5, None, 2),
        "T^3/S_3 at 10^6": {
            "count": count, "seconds": wedge, "seconds_from_the_expression": dispatched,
            "seconds_by_search": least(lambda: wedge_count(Squares(3), 10**6))[0],
            "seconds_by_dynamic_programming": least(lambda: multiset_count([Squares(3)], 10**6))[0],
            "taken": min(few.counters(), key=lambda counter: counter.operations(10**6)).name},
        "growth": curves(),
    }, "python-flint", "numpy", "numba")


if __name__ == "__main__":
    main()
