"""`HeisenbergNilmanifold`: the Heisenberg group modulo a lattice, its exact spectrum and eigenfunctions."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.pi import pi_bounds
from weylspec.exact.theta import lattice_count_cost, lattice_count_diagonal, lattice_points, theta_counts
from weylspec.groups.base import whole
from weylspec.invariants.orbit_spaces.geometry import finite_volume
from weylspec.multiplicities import IntArray
from weylspec.spaces._hermite import theta_functions
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import Counter, check_sample
from weylspec.spectrum import Spectrum
from weylspec.units import Number, Unit, commensurable, number, read_length, scaled_length, typed, values

FloatArray = npt.NDArray[np.float64]

_LARGEST = 10**50  # of a length, so that volumes and squares are floats
_MOST_LEVELS = 2 * 10**7
_MOST_PLANES = 50
_MAX_HERMITE = 500  # beyond it the Gaussian underflows where the function is not yet small
_MAX_ENTRIES = 3 * 10**7
_ULPS = 4 * np.finfo(np.float64).eps


@dataclass(frozen=True, eq=False, repr=False, init=False)
class HeisenbergNilmanifold(Manifold):
    """The Heisenberg group H of dimension 2r + 1 modulo a lattice Γ_k, with a left-invariant metric.

    H is R^r × R^r × R with (x, y, z)(x', y', z') = (x + x', y + y', z + z' + x·y'), Γ_k the elements with x, y whole
    and z in Z/k: a circle bundle of degree k over the torus R^{2r}/Z^{2r}. In the metric the fields X_i = ∂/∂x_i and
    Y_i = ∂/∂y_i + x_i·∂/∂z have the length `base`, Z = ∂/∂z the length `fibre`, and all are orthogonal; so the
    sides of the torus have length `base` and the circles fibre/k. With base = fibre = s = ℓ = 1 this is the standard
    metric; in general (Deninger and Singhof 1984; Gordon and Wilson 1986)

    - functions on the torus: λ = 4π²|q|²/ℓ², q ∈ Z^{2r};
    - central character kn, n = ±1, ±2, …: λ = 4π²k²n²/s² + 2πk|n|(2h + r)/ℓ², h ≥ 0, each (k|n|)^r·C(h+r−1, r−1)
      times: harmonic oscillators.

    For k = r = 1 the first are 0(1), 4π²(4), 4π² + 2π (2), 4π² + 6π (2). π² and π are independent over the rationals,
    so that equality of levels is decided on integers. Volume ℓ^{2r}·s/k, scalar curvature −r·s²/(2ℓ⁴).

    Parameters
    ----------
    k : int
        Degree of the bundle, at least 1.
    r : int
        Number of planes, at least 1.
    base, fibre : int, Fraction, decimal string or float
        ℓ and s; exact unless floats.

    Examples
    --------
    >>> N = HeisenbergNilmanifold(2)
    >>> S = N.spectrum(num=20)
    >>> S.multiplicities.tolist(), S.keys.tolist()      # λ = 4π²·first + 4π·second
    ([1, 4, 4, 4, 4, 4], [[0, 0], [1, 0], [2, 0], [4, 0], [4, 1], [4, 3]])
    >>> N.volume, N.scalar_curvature
    (0.5, -0.5)
    """

    k: int
    r: int
    base: Fraction | float
    fibre: Fraction | float

    def __init__(self, k: int, r: int = 1, base: Number = 1, fibre: Number = 1) -> None:
        object.__setattr__(self, "k", whole(k, "k", 1))
        if self.k > _LARGEST:
            raise CostError(f"the degree k = {k} is above {float(_LARGEST):g}; take a smaller one")
        object.__setattr__(self, "r", whole(r, "r", 1))
        if self.r > _MOST_PLANES:
            raise CostError(f"r = {r} planes are more than {_MOST_PLANES}; take a group of smaller dimension")
        for name, given in (("base", base), ("fibre", fibre)):
            object.__setattr__(self, name, read_length(given, name, _LARGEST))

    def __repr__(self) -> str:
        shown = [str(self.k), str(self.r), typed(self.base), typed(self.fibre)]
        while len(shown) > 1 and shown[-1] == "1":
            shown.pop()
        return f"HeisenbergNilmanifold({', '.join(shown)})"

    # -- geometry ---------------------------------------------------------------------------

    @property
    def dim(self) -> int:
        """2r + 1."""
        return 2 * self.r + 1

    @property
    def ambient_dim(self) -> int:
        """2r + 1: points are (x, y, z), any representative modulo Γ_k from the left."""
        return 2 * self.r + 1

    @property
    def volume(self) -> float:
        """ℓ^{2r}·s/k, ℓ = base, s = fibre."""
        logarithm = 2 * self.r * math.log(self.base) + math.log(self.fibre)
        exact = float(self.base) ** (2 * self.r) * float(self.fibre) / self.k if abs(logarithm) < 700 else math.inf
        return finite_volume(exact, repr(self))

    @property
    def scalar_curvature(self) -> float:
        """−r·s²/(2ℓ⁴): [X, Y] is s/ℓ² times a unit vector (Milnor 1976)."""
        return float(-self.r * self.fibre**2 / (2 * self.base**4))

    @property
    def length(self) -> float:
        """The fibre or a side of the torus, both closed geodesics, if that is less than vol^{1/d}."""
        return min(super().length, float(self.fibre) / self.k, float(self.base))

    def scaled(self, r: Number) -> HeisenbergNilmanifold:
        """Base and fibre multiplied by r."""
        return HeisenbergNilmanifold(self.k, self.r, scaled_length(self.base, r), scaled_length(self.fibre, r))

    # -- spectrum ---------------------------------------------------------------------------

    @cached_property
    def _keyed(self) -> tuple[tuple[Unit, ...], npt.NDArray[np.int64]]:
        """Units, multiples of π² and one of π, and the keys of |q|² = 1, of n² = 1 and of n(2h + r) = 1."""
        squares, coefficients = commensurable([1 / self.base**2, self.k**2 / self.fibre**2])
        units = (*(4 * math.pi**2 * float(u) for u in squares), 2 * math.pi * self.k / float(self.base) ** 2)
        table = np.zeros((3, len(units)), dtype=np.int64)
        table[:2, :-1] = coefficients
        table[2, -1] = 1
        return units, table

    def _oscillators(self, lam: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Pairs n ≥ 1, h ≥ 0 with λ ≤ lam, and perhaps a few beyond."""
        square = 4 * math.pi**2 * self.k**2 / float(self.fibre) ** 2
        step = 2 * math.pi * self.k / float(self.base) ** 2
        most = max(int(self._largest_character(lam)) + 1, 0)
        n = np.arange(1, most + 1, dtype=np.int64)
        counts = np.maximum(((lam - square * n**2) / (step * n) - self.r) / 2 + 2, 0).astype(np.int64)
        return np.repeat(n, counts), np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)

    def _largest_character(self, lam: float) -> float:
        return min(math.sqrt(max(lam, 0.0)) * float(self.fibre) / (2 * math.pi * self.k),
                   max(lam, 0.0) * float(self.base) ** 2 / (2 * math.pi * self.k * self.r))

    def levels(self, cutoff: Number) -> Spectrum:
        """Every level λ ≤ cutoff: a theta series, and oscillators for finitely many central characters.

        Raises
        ------
        CostError
            For more than 2·10⁷ levels.
        """
        cost = self._size(cutoff)
        if cost > _MOST_LEVELS:
            raise CostError(f"{self!r} has about {cost:.1e} levels up to the cutoff, above {_MOST_LEVELS:.0e}; "
                            "lower it, or use count(lam), which needs no list")
        lam = float(number(cutoff))
        units, table = self._keyed
        q = np.arange(max(int(lam * float(self.base) ** 2 / (4 * math.pi**2)) + 2, 1), dtype=np.int64)
        n, h = self._oscillators(lam)
        oscillators = np.outer(n * n, table[1]) + np.outer(n * (2 * h + self.r), table[2])
        keys = np.concatenate([np.outer(q, table[0]), oscillators])
        multiplicities = np.concatenate([theta_counts([1] * (2 * self.r), len(q) - 1), self._oscillator_sizes(n, h)])
        keep = values(keys, units) <= lam * (1 + _ULPS)
        provenance = (f"{self!r}, torus and harmonic oscillators of the central characters; every character with "
                      "λ ≤ cutoff is listed")
        return Spectrum.from_keys(keys[keep], multiplicities[keep], units, cutoff, provenance)

    def _oscillator_sizes(self, n: IntArray, h: IntArray) -> IntArray:
        """2(kn)^r·C(h + r − 1, r − 1), exact."""
        degrees = [math.comb(i + self.r - 1, self.r - 1) for i in range(int(h.max(initial=0)) + 1)]
        copies = [2 * (self.k * i) ** self.r for i in range(int(n.max(initial=0)) + 1)]
        fits = copies[-1] * degrees[-1] < 2**62
        kind = np.int64 if fits else object
        return np.asarray(np.array(copies, dtype=kind)[n] * np.array(degrees, dtype=kind)[h])

    def _size(self, lam: Number) -> float:
        """Number of levels ≤ λ, roughly."""
        try:
            top = max(float(number(lam)), 0.0)
        except OverflowError:
            return math.inf
        squares = top * float(self.base) ** 2 / (4 * math.pi**2)
        characters = self._largest_character(top)
        return squares + squares * math.pi / self.k * (1 + math.log1p(characters)) + characters + 1

    def listing_cost(self, lam: Number) -> float:
        """The levels, and a theta series."""
        return 1e3 * self._size(lam)

    def counters(self) -> tuple[Counter, ...]:
        """The list, and sums over the central characters."""
        return (*super().counters(), Counter("sum over central characters", self._counting_cost, self._count))

    def _counting_cost(self, lam: Number) -> float:
        try:
            top = max(float(number(lam)), 0.0)
        except OverflowError:
            return math.inf
        squares = top * float(self.base) ** 2 / (4 * math.pi**2)
        if not squares < 1e200:
            return math.inf
        return 2e3 * (self._largest_character(top) + 1) + lattice_count_cost([1] * (2 * self.r), int(squares))

    def _count(self, lam: Number) -> int:
        """Lattice points, and Σ_n 2(kn)^r·C(H_n + r, r), H_n the last h ≤ ((λ − 4π²k²n²/s²)ℓ²/(2πkn) − r)/2.

        Whole parts are decided by bounds on π, sharpened until they agree.
        """
        value = number(lam, "lam")
        exact = Fraction(value) if isinstance(value, Fraction) else Fraction(value) * Fraction(1 + _ULPS)
        bits = 64 + 2 * max(int(exact).bit_length(), 32)
        while True:
            low, high = pi_bounds(bits)
            once, twice = self._last(exact, low, bits), self._last(exact, high, bits)
            total, agreed = 0, True
            for n, (most, least) in enumerate(itertools.zip_longest(once, twice, fillvalue=-1)):
                agreed = most == least
                if not agreed:
                    break
                total += (2 * (self.k * n) ** self.r * math.comb(most + self.r, self.r) if n
                          else lattice_count_diagonal([1] * (2 * self.r), most))
            if agreed:
                return total
            bits *= 2

    def _last(self, lam: Fraction, pi: int, bits: int) -> Iterator[int]:
        """The largest |q|², then H_1, H_2, … while there is an h, for π = pi/2^bits."""
        base, fibre = Fraction(self.base) ** 2, Fraction(self.fibre) ** 2
        scaled, square = lam * base, 4 * self.k**2 * base / fibre
        yield int(scaled * 4**bits / (4 * pi * pi))
        # (A − B·n² − r·C·n)/(2·C·n) with whole A, B, C
        common = math.lcm(scaled.denominator, square.denominator)
        a = int(scaled * common) << 2 * bits
        b = int(square * common) * pi * pi
        c = (2 * pi * self.k * common) << bits
        n = 1
        while (room := a - b * n * n - self.r * c * n) >= 0:
            yield room // (2 * c * n)
            n += 1

    # -- points and functions -----------------------------------------------------------------

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Uniform points of the fundamental domain [0, 1)^{2r} × [0, 1/k)."""
        check_sample(n, rng)
        return np.asarray(rng.random((n, self.dim)) / np.array([1.0] * (2 * self.r) + [self.k]))

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Σ over the level of the explicit eigenfunctions."""
        first, second = self.check_points(x), self.check_points(y)
        left, right = self.eigenfunctions(first, cutoff), self.eigenfunctions(second, cutoff)
        ends = np.cumsum([0, *self.levels(cutoff).multiplicities.tolist()])
        kernels = [left[:, a:b] @ right[:, a:b].T for a, b in itertools.pairwise(ends.tolist())]
        return np.array(kernels).reshape(-1, len(first), len(second))

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Waves on the torus; √2·Re and √2·Im of e^{2πicz}·Π_i θ_i, c = kn.

        θ_i = (2πc)^{1/4} Σ_m ψ_a(√(2πc)(x_i + m + j/c))·e^{2πi(cm + j)y_i}, ψ_a Hermite functions, Σ a_i = h and j
        modulo c.

        Raises
        ------
        CostError
            Above h = 500, or 3·10⁷ values.
        """
        points = self.check_points(x)
        table = self._keyed[1]
        listed = self.levels(cutoff)
        lam = float(number(cutoff))
        n, h = self._oscillators(lam)
        if listed.total * max(len(points), 1) > _MAX_ENTRIES or h.max(initial=0) > _MAX_HERMITE:
            raise CostError(
                f"{listed.total} eigenfunctions of {self!r} at {len(points)} points are above {_MAX_ENTRIES:.0e} "
                f"values, or oscillators above {_MAX_HERMITE}; lower the cutoff or take fewer points"
            )
        u, v, w = self._representatives(points)
        columns = np.empty((len(points), listed.total))
        start = dict(zip(listed.names(), (listed.cumulative - listed.multiplicities).tolist(), strict=True))
        for q in self._waves(lam):
            at = start.get(tuple((int(q @ q) * table[0]).tolist()))
            if at is None:
                continue
            phase = 2 * math.pi * (np.concatenate([u, v], axis=1) @ q)
            pair = math.sqrt(2) * np.stack([np.cos(phase), np.sin(phase)], axis=1)
            width = 2 if q.any() else 1
            columns[:, at: at + width] = pair if q.any() else 1.0
            start[tuple((int(q @ q) * table[0]).tolist())] = at + width
        for m in range(1, int(n.max(initial=0)) + 1):
            tops = h[n == m]
            thetas = [theta_functions(self.k * m, int(tops.max()), u[:, i], v[:, i]) for i in range(self.r)]
            turn = math.sqrt(2) * np.exp(2j * math.pi * self.k * m * w)
            for level in tops.tolist():
                at = start.get(tuple((m * m * table[1] + m * (2 * level + self.r) * table[2]).tolist()))
                if at is not None:
                    f = turn[:, None] * _products(thetas, level)
                    columns[:, at: at + 2 * f.shape[1]] = np.concatenate([f.real, f.imag], axis=1)
        return columns

    def _representatives(self, points: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """(x, y, z) with 0 ≤ x < 1 on the same orbit: the element (−⌊x⌋, 0, 0) moves z by −⌊x⌋·y."""
        x, y, z = points[:, : self.r], points[:, self.r: -1], points[:, -1]
        whole_part = np.floor(x)
        return x - whole_part, y, z - (whole_part * y).sum(axis=1)

    def _waves(self, lam: float) -> Iterator[npt.NDArray[np.int64]]:
        """One of q and −q for each wave on the torus, 0 first."""
        vectors = lattice_points(np.eye(2 * self.r), max(lam, 0.0) * float(self.base) ** 2 / (4 * math.pi**2))
        yield np.zeros(2 * self.r, dtype=np.int64)
        for q in vectors:
            if q.any() and q[np.flatnonzero(q)[0]] > 0:
                yield q


def _products(thetas: list[npt.NDArray[np.complex128]], h: int) -> npt.NDArray[np.complex128]:
    """Π_i θ_i over all a with Σ a_i = h and all j, as columns."""
    columns = []
    for bars in itertools.combinations(range(h + len(thetas) - 1), len(thetas) - 1):
        ends = (-1, *bars, h + len(thetas) - 1)
        degrees = [b - a - 1 for a, b in itertools.pairwise(ends)]
        product = thetas[0][degrees[0]]
        for theta, degree in zip(thetas[1:], degrees[1:], strict=True):
            product = (product[:, None] * theta[degree][None]).reshape(-1, product.shape[-1])
        columns.append(product.T)
    return np.concatenate(columns, axis=1)
