"""Orthonormal bases of (invariant) eigenspaces, from their reproducing kernels alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError, WeylspecError
from weylspec.spaces.base import Manifold
from weylspec.spectrum import Spectrum
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_CHUNK = 1_000_000  # kernel entries evaluated at once (8 MB)
_SPARE = 10
_GAP = 1e-8  # largest share of a kernel matrix's smallest kept eigenvalue that rounding may have


@dataclass(frozen=True, eq=False)
class _Anchored:
    """φ(x) = W_λ K_λ(z, x): anchors z of one space and, per level, its index there and W_λ (m_λ, q_λ)."""

    source: Manifold
    spectrum: Spectrum
    cutoff: Number
    anchors: FloatArray
    rows: IntArray
    weights: tuple[FloatArray, ...]
    error: float

    def evaluate(self, points: FloatArray) -> FloatArray:
        """Shape (n, N), in chunks that keep the kernels in memory small."""
        ends = np.cumsum([len(w) for w in self.weights])
        result = np.empty((len(points), int(ends[-1])))
        step = max(1, _CHUNK // (len(self.spectrum) * len(self.anchors)))
        for start in range(0, len(points), step):
            kernels = self.source.eigenspace_kernel(self.anchors, points[start: start + step], self.cutoff)
            for row, weight, end in zip(self.rows, self.weights, ends, strict=True):
                result[start: start + step, end - len(weight): end] = (weight @ kernels[row, : weight.shape[1]]).T
        return result


@dataclass(frozen=True, eq=False)
class InvariantBasis:
    """Orthonormal functions that span the (invariant) eigenspaces of a space up to a cutoff.

    For a level of multiplicity m take q = 2m + 10 random points z. The matrix K_λ(z, z) = V diag(σ) Vᵀ
    has rank m, and φ(x) = σ^{−1/2} Vᵀ K_λ(z, x) is orthonormal in L²(μ), μ the uniform probability
    measure, because K_λ is the reproducing kernel of the eigenspace; Σ φ(x)φ(y) = K_λ(x, y).

    Attributes
    ----------
    space : Manifold
        Any space with `eigenspace_kernel`: M, or M/G for invariant functions.
    cutoff : number
        Levels λ ≤ cutoff, whole eigenspaces.
    seed : int
        Of the random anchor points; the basis inside an eigenspace depends on them.
    source : Manifold, optional
        The space whose kernels are evaluated; the space itself by default. With M for M/G the same
        functions are expanded in eigenfunctions of M, which needs no group averages afterwards.

    Examples
    --------
    >>> import weylspec as ws
    >>> basis = InvariantBasis(ws.Sphere(2), cutoff=6)
    >>> basis.levels.tolist()
    [0, 1, 1, 1, 2, 2, 2, 2, 2]
    >>> round(float((basis.evaluate([[0.0, 0.0, 1.0]]) ** 2).sum()), 10)
    9.0
    """

    space: Manifold
    cutoff: Number
    seed: int = 0
    source: Manifold | None = None

    @cached_property
    def spectrum(self) -> Spectrum:
        """The levels that the functions belong to."""
        return self.space.spectrum(cutoff=self.cutoff)

    @cached_property
    def levels(self) -> IntArray:
        """Index of each function's level, shape (N,), ascending."""
        return np.repeat(np.arange(len(self.spectrum)), [int(m) for m in self.spectrum.multiplicities])

    def __len__(self) -> int:
        """N, the number of functions."""
        return len(self.levels)

    @property
    def error(self) -> float:
        """Rounding of the kernel matrices relative to their smallest kept eigenvalue (largest over levels)."""
        return self._anchored.error

    def evaluate(self, x: npt.ArrayLike) -> FloatArray:
        """The functions at points.

        Parameters
        ----------
        x : array_like of shape (n, ambient_dim)
            Points of M.

        Returns
        -------
        ndarray of shape (n, N)
            Columns ordered by level.

        Raises
        ------
        WeylspecError
            If a point is not on M.
        CertificationError
            If a kernel matrix does not have the rank that the exact multiplicity says.
        """
        return self._anchored.evaluate(self.space.check_points(x))

    @cached_property
    def _own(self) -> _Anchored:
        return _anchor(self.space, self.spectrum, self.cutoff, self.seed)

    @cached_property
    def _anchored(self) -> _Anchored:
        if self.source is None:
            return self._own
        full = InvariantBasis(self.source, self.cutoff, self.seed)
        larger, rows = full._own, matching_levels(self.spectrum, full.spectrum)
        weights = tuple(c @ larger.weights[row] for c, row in zip(coordinates(self, full), rows, strict=True))
        # Rounding of either kernel enters the expansion.
        error = self._own.error + larger.error
        return replace(larger, rows=rows, weights=weights, error=error)


def coordinates(basis: InvariantBasis, full: InvariantBasis) -> list[FloatArray]:
    """Expansion of the functions of one basis in the functions of a larger one, level by level.

    Parameters
    ----------
    basis : InvariantBasis
        Of M/G.
    full : InvariantBasis
        Of M, or of M/H with H ⊂ G, with the same or a larger cutoff.

    Returns
    -------
    list of ndarray of shape (m_λ of basis, m_λ of full)
        C_λ with orthonormal rows, φ_λ = C_λ φ_λ^full.

    Raises
    ------
    WeylspecError
        If a function of `basis` is not in the span of `full`.

    Examples
    --------
    >>> import weylspec as ws
    >>> M = ws.Sphere(2)
    >>> [c.shape for c in coordinates(InvariantBasis(M / ws.SO(2), 6), InvariantBasis(M, 6))]
    [(1, 1), (1, 3), (1, 5)]
    """
    rows = matching_levels(basis.spectrum, full.spectrum)
    points = full._anchored.anchors
    small, large = basis._own.evaluate(points), full.evaluate(points)
    result = []
    for level, row in enumerate(rows):
        mine, theirs = small[:, basis.levels == level], large[:, full.levels == row]
        matrix = np.asarray(np.linalg.lstsq(theirs, mine, rcond=None)[0].T, dtype=np.float64)
        defect = float(np.abs(matrix @ matrix.T - np.eye(len(matrix))).max())
        if defect > _GAP:
            raise WeylspecError(
                f"functions of {basis.space!r} at λ = {basis.spectrum.eigenvalues[level]:g} are not functions of "
                f"{full.space!r} (orthonormality off by {defect:.1e}); the second group must be part of the first"
            )
        result.append(matrix)
    return result


def matching_levels(part: Spectrum, whole: Spectrum) -> IntArray:
    """Position of each level of M/G among the levels of M (or of M/H, H ⊂ G).

    Parameters
    ----------
    part, whole : Spectrum

    Returns
    -------
    ndarray of shape (levels of part,)

    Raises
    ------
    WeylspecError
        If a level of `part` is not a level of `whole`.

    Examples
    --------
    >>> import weylspec as ws
    >>> M = ws.Sphere(2)
    >>> matching_levels((M / ws.PointGroup("Oh")).spectrum(cutoff=42), M.spectrum(cutoff=42)).tolist()
    [0, 4, 6]
    """
    position = np.searchsorted(whole.eigenvalues, part.eigenvalues)
    inside = np.minimum(position, len(whole) - 1)
    missing = whole.eigenvalues[inside] != part.eigenvalues
    if missing.any():
        raise WeylspecError(
            f"λ = {part.eigenvalues[missing][0]:g} ({part.provenance}) is not a level of the larger space "
            f"({whole.provenance}); use the same cutoff, and a group that contains the other one"
        )
    return np.asarray(position, dtype=np.int64)


def _anchor(space: Manifold, spectrum: Spectrum, cutoff: Number, seed: int) -> _Anchored:
    multiplicities = [int(m) for m in spectrum.multiplicities]
    rng = np.random.default_rng(seed)
    anchors = space.sample(2 * max(multiplicities) + _SPARE, rng)
    kernels = space.eigenspace_kernel(anchors, anchors, cutoff)
    weights, error = [], 0.0
    for level, m in enumerate(multiplicities):
        q = 2 * m + _SPARE
        values, vectors = np.linalg.eigh(kernels[level, :q, :q])
        # The discarded eigenvalues are rounding, or an eigenspace that is not the one counted exactly.
        rounding = max(float(np.abs(values[:-m]).max()), float(np.finfo(np.float64).eps * values[-1]))
        if not values[-m] * _GAP > rounding:
            raise CertificationError(
                f"K_λ of {space!r} at λ = {spectrum.eigenvalues[level]:g} should have rank {m}: its eigenvalue "
                f"{m} is {values[-m]:.2e}, the next {rounding:.2e}; the multiplicity or the kernel is wrong there"
            )
        error = max(error, rounding / float(values[-m]))
        weights.append(vectors[:, -m:].T / np.sqrt(values[-m:])[:, None])
    return _Anchored(space, spectrum, cutoff, anchors, np.arange(len(spectrum)), tuple(weights), error)
