"""Sobolev kernels of M and M/G as positive-definite functions: Gram matrices by two routes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.bridge.density import sobolev
from weylspec.errors import CostError, UnknownGeometryError
from weylspec.learning.basis import InvariantBasis
from weylspec.learning.truncation import MAX_FUNCTIONS, default_cutoff, neglected_trace
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]

_CHUNK = 4_000_000


@dataclass(frozen=True, eq=False)
class SobolevKernel:
    """K_s^G(x, y) = Σ_{λ ≤ cutoff} (1+λ)^{−s} K_λ^G(x, y), μ-normalised.

    Attributes
    ----------
    space : Manifold
        M, or M/G for the kernel averaged over G.
    s : number
        Smoothness.
    cutoff : number
        Whole levels λ ≤ cutoff are kept.

    Examples
    --------
    On S² with s = 2, cut after l = 1: K(x, x) = 1 + 3/3².

    >>> import weylspec as ws
    >>> kernel = SobolevKernel(ws.Sphere(2), 2, 2)
    >>> round(float(kernel([[0, 0, 1]])[0, 0]), 12)
    1.333333333333
    """

    space: Manifold
    s: Number
    cutoff: Number

    @cached_property
    def weights(self) -> FloatArray:
        """(1+λ)^{−s} of the kept levels."""
        return sobolev(self.s)(self.space.spectrum(cutoff=self.cutoff).eigenvalues)

    @cached_property
    def trace_error(self) -> float:
        """Bound of the neglected trace ∫(K − K_cut)(x, x) dμ; needs s > d/2."""
        return neglected_trace(self.space, self.s, self.cutoff)

    @cached_property
    def error(self) -> float:
        """Bound of sup |K − K_cut|: the neglected trace of M, M homogeneous; needs s > ½ dim M.

        An average over G is not larger than the kernel's largest value on M.

        Raises
        ------
        WeylspecError
            If M is not homogeneous, or s is too small.
        """
        base = self.space if self.space.is_homogeneous else self.space.total
        if not base.is_homogeneous and base.dim > 0:
            raise UnknownGeometryError(f"no bound of the kernel's tail at points of {base!r}; see trace_error")
        return neglected_trace(base, self.s, self.cutoff)

    @cached_property
    def basis(self) -> InvariantBasis:
        """The orthonormal functions that the kernel is a sum over."""
        return InvariantBasis(self.space, self.cutoff)

    def __call__(self, x: npt.ArrayLike, y: npt.ArrayLike | None = None) -> FloatArray:
        """Gram matrix through the eigenspace kernels (group average of those of M).

        Parameters
        ----------
        x : array_like of shape (n, ambient_dim)
        y : array_like of shape (m, ambient_dim), optional
            x itself by default.

        Returns
        -------
        ndarray of shape (n, m)
        """
        first = self.space.check_points(x)
        second = first if y is None else self.space.check_points(y)
        result = np.empty((len(first), len(second)))
        step = max(1, _CHUNK // max(1, len(self.weights) * len(second)))
        for start in range(0, len(first), step):
            levels = self.space.eigenspace_kernel(first[start: start + step], second, self.cutoff)
            result[start: start + step] = np.tensordot(self.weights, levels, axes=1)
        return result

    def features(self, x: npt.ArrayLike) -> FloatArray:
        """Ψ(x) = (1+λ)^{−s/2} φ(x), shape (n, N): ΨΨᵀ is the Gram matrix as a sum over invariants."""
        return np.asarray(self.basis.evaluate(x) * np.sqrt(self.weights)[self.basis.levels])


def sobolev_kernel(space: Manifold, s: Number = 2.0, cutoff: Number | None = None) -> SobolevKernel:
    """The kernel of H^s on M, or of its invariant part on M/G, cut between distinct eigenvalues.

    Parameters
    ----------
    space : Manifold
    s : number
    cutoff : number, optional
        By default the smallest level that leaves out at most 1% of the kernel's trace Σ m_λ(1+λ)^{−s}
        (needs s > d/2): the same rule as the estimator's, the trace in place of the ridge.

    Returns
    -------
    SobolevKernel
        Callable; `error` and `trace_error` state what the cut leaves out.

    Raises
    ------
    WeylspecError
        If the first argument is no space, or s ≤ d/2 without a cutoff.
    CostError
        If the default cutoff would keep more than 4000 eigenfunctions.

    Examples
    --------
    >>> import weylspec as ws
    >>> K = sobolev_kernel(ws.Torus(1), s=1, cutoff=1)
    >>> round(float(K([[0.0]], [[np.pi]])[0, 0]), 12)        # 1 + ½·2 cos π
    0.0

    The trace on S² is 1.53568; the rest beyond the default cutoff is below 1% of it. On a sphere of
    radius 1/10 the constant alone has more than 99%.

    >>> bool(sobolev_kernel(ws.Sphere(2)).trace_error <= 0.0153568), sobolev_kernel(ws.Sphere(2, "1/10")).cutoff
    (True, 0.0)
    """
    check_space(space)
    if cutoff is None:
        cutoff = _cutoff_by_trace(space, s)
    return SobolevKernel(space, s, cutoff)


def _cutoff_by_trace(space: Manifold, s: Number) -> float:
    """1% of the trace takes the place of 1% of the ridge; one sample asks for nothing else."""
    trace = 1 + neglected_trace(space, s, cutoff=0)
    try:
        return default_cutoff(space, s, alpha=trace, n=1)
    except CostError as error:
        raise CostError(
            f"to leave out at most 1% of its trace {trace:.4g} the kernel of {space!r} with s = {s} needs more than "
            f"{MAX_FUNCTIONS} eigenfunctions; give a cutoff (`error` then says what it leaves out), or a larger s"
        ) from error
