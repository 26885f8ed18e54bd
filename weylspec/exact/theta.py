"""Theta coefficients of diagonal quadratic forms, and the lattice points of small quadratic forms.

Σ_{z ∈ Zⁿ} e(φ·z) q^{Σ a_i z_i²} factors into one-dimensional sums, e(x) = exp(2πix). Its coefficients
are traces of isometries on the eigenspaces of flat tori.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import islice

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, WeylspecError
from weylspec.exact.lattices.points.planar import planar_cost, planar_count
from weylspec.exact.limits import check_operations
from weylspec.exact.modular import Residues, crt, primes_one_modulo, root_of_unity
from weylspec.multiplicities import FloatArray, IntArray

MAX_POINTS = 3 * 10**7
MAX_LEVELS = 2 * 10**8  # entries of a dense array: 1.6 GB


def _check_norms(norms: Sequence[int], top: int) -> None:
    if any(a != int(a) or a < 1 for a in norms):
        raise WeylspecError(f"the norms of a positive form are positive integers, got {list(norms)}")
    if top >= MAX_LEVELS:
        raise CostError(f"an array of {top + 1} levels is above {MAX_LEVELS}; lower the cutoff")


def _half_theta(norm: int, top: int) -> Residues:
    """The z ≥ 0 with norm·z² ≤ top."""
    return np.arange(math.isqrt(top // norm) + 1, dtype=np.int64)


def _product(norms: Sequence[int], weights: Sequence[Residues], top: int, p: int) -> Residues:
    """Π_i Σ_{z ≥ 0} weights_i[z] q^{norms_i z²}, modulo p, or over Z if p = 0."""
    from weylspec.exact import _loops

    dense = np.zeros(top + 1, dtype=np.int64)
    dense[0] = 1
    out = np.empty_like(dense)
    # Sparse factors first: fewest terms, so that the early products are cheap.
    for norm, weight in sorted(zip(norms, weights, strict=True), key=lambda pair: -pair[0]):
        exponents = min(norm, top + 1) * np.arange(len(weight), dtype=np.int64) ** 2
        _loops.times_theta(dense, exponents, weight, p * p, out)
        if p:
            out %= p
        dense, out = out, dense
    return dense


def theta_product(norms: Sequence[int], phases: Sequence[Fraction] | None, top: int, p: int) -> Residues:
    """Coefficients of Π_i Σ_{z ∈ Z} e(φ_i z) q^{a_i z²} modulo p, up to q^top.

    e^{2πi/N} ↦ `root_of_unity(p, N)`: one prime, one choice, so that results for different phases may be
    added.

    Parameters
    ----------
    norms : sequence of n positive ints
        a_i; n = 0 gives the series 1.
    phases : sequence of n Fractions, or None for zeros
        φ_i.
    top : int
        Last exponent; −1 or less gives an empty array.
    p : int
        Prime below 2³¹ with p ≡ 1 modulo every denominator of the phases.

    Returns
    -------
    int64 ndarray of shape (top + 1,)
        Entries in [0, p).

    Raises
    ------
    WeylspecError
        If a norm is not a positive integer, the lists differ in length, or F_p lacks the roots of unity.
    CostError
        If top is 2·10⁸ or more.

    Examples
    --------
    >>> theta_product([1, 1], None, 5, 101)
    array([1, 4, 4, 0, 4, 8])
    >>> theta_product([1], [Fraction(1, 2)], 4, 101)  # Σ (−1)^z q^{z²}
    array([  1,  99,   0,   0,   2])
    """
    _check_norms(norms, top)
    shifts = [Fraction(0)] * len(norms) if phases is None else list(phases)
    if len(shifts) != len(norms):
        raise WeylspecError(f"{len(shifts)} phases for {len(norms)} norms; give one per norm")
    if top < 0:
        return np.zeros(0, dtype=np.int64)
    weights = [_weights(len(_half_theta(a, top)), phi, p) for a, phi in zip(norms, shifts, strict=True)]
    return _product(norms, weights, top, p)


def _weights(length: int, phase: Fraction, p: int) -> Residues:
    """1 for z = 0, else e(φz) + e(−φz) modulo p; it has the period of φ's denominator."""
    n = phase.denominator
    step = pow(root_of_unity(p, n), phase.numerator % n, p)
    powers = [1]
    for _ in range(min(n, length) - 1):
        powers.append(powers[-1] * step % p)
    period = np.array([(power + pow(power, -1, p)) % p for power in powers], dtype=np.int64)
    weights = np.resize(period, length)
    weights[0] = 1
    return weights


def theta_counts(norms: Sequence[int], top: int) -> IntArray:
    """Exact number of z ∈ Zⁿ with Σ a_i z_i² = k, for k = 0, …, top.

    int64 while Π (2⌊√(top/a_i)⌋ + 1), which bounds all the counts together, is below 2⁶³; else by CRT.

    Parameters
    ----------
    norms : sequence of n positive ints
    top : int

    Returns
    -------
    ndarray of shape (top + 1,)
        int64, or Python ints where the sum does not fit.

    Raises
    ------
    WeylspecError
        If a norm is not a positive integer.
    CostError
        If top is 2·10⁸ or more.

    Examples
    --------
    >>> theta_counts([1, 1, 1], 8)
    array([ 1,  6, 12,  8,  6, 24, 24,  0, 12])
    """
    _check_norms(norms, top)
    if top < 0:
        return np.zeros(0, dtype=np.int64)
    bound = _box(norms, top)
    if bound < 2**63:
        weights = [np.minimum(_half_theta(a, top), 1) + 1 for a in norms]
        return _product(norms, weights, top, 0)
    primes = list(islice(primes_one_modulo(1), bound.bit_length() // 30 + 1))
    return crt([theta_product(norms, None, top, p) for p in primes], primes)


def _box(norms: Sequence[int], top: int) -> int:
    """Number of integer points in the box around the ellipsoid."""
    return math.prod(2 * math.isqrt(top // a) + 1 for a in norms)


def lattice_count_cost(norms: Sequence[int], top: int) -> float:
    """Estimated elementary steps of `lattice_count_diagonal`; infinite where its arrays would not fit.

    Examples
    --------
    >>> lattice_count_cost([1], 10**40), lattice_count_cost([1, 1, 1], 99)
    (1.0, 500.0)
    """
    _check_norms(norms, -1)
    if len(norms) <= 1 or top < 0:
        return 1.0
    if len(norms) == 2:
        return planar_cost(norms[0], 0, norms[1], top)
    levels = top // math.gcd(*norms) + 1
    if levels > MAX_LEVELS:
        return math.inf
    return sum(_theta_cost(half, levels) for half in _halves(norms)) + float(levels)


def _halves(norms: Sequence[int]) -> tuple[list[int], list[int]]:
    """Two halves of the norms, the larger norms (the cheaper thetas) dealt out evenly."""
    ordered = sorted(norms, reverse=True)
    return ordered[::2], ordered[1::2]


def theta_counts_cost(norms: Sequence[int], top: int) -> float:
    """Estimated elementary steps of `theta_counts`; infinite where its array would not fit.

    Examples
    --------
    >>> theta_counts_cost([1, 1], 99), theta_counts_cost([1, 1], 10**9)
    (200.0, inf)
    """
    residues = max(1, _box(norms, max(top, 0)).bit_length() // 30 - 1)
    return residues * _theta_cost(norms, top + 1) if top < MAX_LEVELS else math.inf


def _theta_cost(norms: Sequence[int], levels: int) -> float:
    """The product of two thetas scatters points; every further one passes over the dense array."""
    return float(levels) * (2 + sum(math.sqrt(levels / a) for a in sorted(norms, reverse=True)[2:]))


def lattice_count_diagonal(norms: Sequence[int], top: int) -> int:
    """Exact number of z ∈ Zⁿ with Σ a_i z_i² ≤ top, without a list of points.

    n = 1: 2⌊√(top/a)⌋ + 1; n = 2: `planar_count`; n ≥ 3: Σ_k r_A(k)·(r_B(0) + … + r_B(top − k)), the
    coordinates being dealt into two halves A, B whose theta coefficients are r_A, r_B.

    Parameters
    ----------
    norms : sequence of n positive ints
    top : int

    Returns
    -------
    int
        0 if top is negative.

    Raises
    ------
    WeylspecError
        If a norm is not a positive integer.
    CostError
        If `lattice_count_cost` is above 10¹¹ (n ≥ 3: also if top has more than 2·10⁸ levels).

    Examples
    --------
    >>> lattice_count_diagonal([1, 1], 100), lattice_count_diagonal([4], 10**30)
    (317, 1000000000000001)
    """
    check_operations(lattice_count_cost(norms, top), f"counting {len(norms)} squares up to {top}")
    if top < 0:
        return 0
    if len(norms) <= 1:
        return _box(norms, top)
    divisor = math.gcd(*norms)
    norms, top = [a // divisor for a in norms], top // divisor
    if len(norms) == 2:
        return planar_count(norms[0], 0, norms[1], top)
    first, second = _halves(norms)
    r, below = theta_counts(first, top), np.cumsum(theta_counts(second, top))[::-1]
    if _box(norms, top) < 2**63:
        return int(r @ below)
    return int(sum(int(x) * int(y) for x, y in zip(r, below, strict=True) if x))


def lattice_points(gram: npt.ArrayLike, bound: float) -> npt.NDArray[np.int64]:
    """All z ∈ Z^m with zᵀ gram z ≤ bound, and perhaps a few just beyond.

    The bound is widened by the relative slack max(10⁻⁹, 8 m² cond(gram) ε) (ε = 2⁻⁵²), which covers the
    rounding of gram and of the elimination, so that no boundary point is lost: recheck exactly.

    Parameters
    ----------
    gram : array of shape (m, m)
        Symmetric, positive definite.
    bound : float

    Returns
    -------
    int64 ndarray of shape (n_points, m)
        With z also −z. None if the bound is negative; the single empty point if m = 0.

    Raises
    ------
    WeylspecError
        If the form is not symmetric and positive definite.
    CostError
        If there are more than 3·10⁷ points: estimated by volume, or found so in counting.

    References
    ----------
    Fincke and Pohst (1985), "Improved methods for calculating vectors of short length in a lattice".

    Examples
    --------
    >>> len(lattice_points([[2.0, 1.0], [1.0, 2.0]], 2.0))  # 0 and the six roots of A_2
    7
    """
    from weylspec.exact import _loops

    form = np.array(gram, dtype=np.float64)
    m = len(form)
    if form.shape != (m, m) or not np.isfinite(form).all() or not math.isfinite(bound):
        raise WeylspecError(f"a finite square Gram matrix and bound are needed, got {form.tolist()}, {bound}")
    if bound < 0 or m == 0:
        return np.zeros((int(bound >= 0), m), dtype=np.int64)
    upper, condition = _completed_squares(form)
    slack = max(1e-9, 8 * m * m * condition * float(np.finfo(np.float64).eps))
    volume = (
        math.pi ** (m / 2) / math.gamma(m / 2 + 1) * bound ** (m / 2) / math.sqrt(np.prod(np.diag(upper)))
    )
    if volume > MAX_POINTS:
        raise CostError(f"about {volume:.3g} lattice points, above {MAX_POINTS}; lower the cutoff")
    widened = bound * (1 + slack)
    none = np.zeros((0, m), dtype=np.int64)
    count = _loops.points_in_ellipsoid(upper, widened, MAX_POINTS, none)
    if count > MAX_POINTS:
        raise CostError(
            f"more than {MAX_POINTS} lattice points (about {volume:.3g} by volume); lower the cutoff"
        )
    points = np.empty((count, m), dtype=np.int64)
    _loops.points_in_ellipsoid(upper, widened, MAX_POINTS, points)
    return points


def _completed_squares(form: FloatArray) -> tuple[FloatArray, float]:
    """The d_i and u_ij with zᵀ gram z = Σ d_i (z_i + Σ_{j>i} u_ij z_j)², in one matrix; and cond(gram)."""
    levels = np.linalg.eigvalsh(form)
    asymmetry = float(np.abs(form - form.T).max())
    if levels[0] <= 0 or asymmetry > 1e-12 * levels[-1]:
        raise WeylspecError(
            f"the form must be symmetric and positive definite; least eigenvalue {levels[0]:.3g},"
            f" asymmetry {asymmetry:.3g}"
        )
    factor = np.linalg.cholesky(form).T
    diagonal = np.diag(factor)
    upper = factor / diagonal[:, None]
    np.fill_diagonal(upper, diagonal**2)
    return np.ascontiguousarray(upper), float(levels[-1] / levels[0])
