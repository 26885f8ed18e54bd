"""`PointSpace`: what a space answers about points, and functions at them."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
import numpy.typing as npt

from weylspec.errors import UnknownGeometryError, WeylspecError
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]


class PointSpace(ABC):
    """Points as rows of coordinates; whatever a space does not override refuses, naming the space."""

    @property
    @abstractmethod
    def ambient_dim(self) -> int:
        """Length of a point's row."""

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points as a float array, refused if they are not on the space.

        Parameters
        ----------
        x : array of shape (n, ambient_dim)

        Returns
        -------
        ndarray of shape (n, ambient_dim), float64

        Raises
        ------
        WeylspecError
            For another shape, a number that is not finite, or a point off the space (naming its row).
        """
        points = np.asarray(x, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != self.ambient_dim:
            raise WeylspecError(
                f"points on {self!r} are rows of length {self.ambient_dim}; got an array of shape {points.shape}"
            )
        if not np.isfinite(points).all():
            raise WeylspecError("points must be finite")
        return points

    def sample(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Independent points of the uniform probability measure.

        Parameters
        ----------
        n : int
        rng : numpy.random.Generator

        Returns
        -------
        ndarray of shape (n, ambient_dim)

        Raises
        ------
        UnknownGeometryError
            If the space does not offer points.
        """
        raise self._cannot("random points")

    def eigenspace_kernel(self, x: npt.ArrayLike, y: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Reproducing kernels of the eigenspaces, by the addition theorem.

        Parameters
        ----------
        x, y : arrays of shape (n, ambient_dim) and (m, ambient_dim)
        cutoff : number

        Returns
        -------
        ndarray of shape (levels, n, m)
            Entry (λ, i, j) is Σ_{φ ∈ E_λ} φ(x_i)φ(y_j), φ orthonormal for the uniform *probability*
            measure; levels as in ``spectrum(cutoff)``. Its mean on the diagonal is the multiplicity.

        Raises
        ------
        UnknownGeometryError
            If the space does not offer them.
        """
        raise self._cannot("eigenspace kernels")

    def eigenfunctions(self, x: npt.ArrayLike, cutoff: Number) -> FloatArray:
        """Explicit eigenfunctions of every level ≤ cutoff at points.

        Parameters
        ----------
        x : array of shape (n, ambient_dim)
        cutoff : number

        Returns
        -------
        ndarray of shape (n, N(cutoff))
            Real functions, orthonormal for the uniform *probability* measure (φ_0 ≡ 1 where 0 is a
            level); columns level by level, as ``spectrum(cutoff)`` repeats them.

        Raises
        ------
        UnknownGeometryError
            If the space does not offer them.
        """
        raise self._cannot("explicit eigenfunctions")

    def distance(self, x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
        """Riemannian distances between points; between their orbits on M/G.

        Parameters
        ----------
        x, y : arrays of shape (n, ambient_dim) and (m, ambient_dim)

        Returns
        -------
        ndarray of shape (n, m)

        Raises
        ------
        UnknownGeometryError
            If the space does not offer them.
        """
        raise self._cannot("distances of points; spheres, flat tori, projective spaces and products of them do")

    def canonical(self, x: npt.ArrayLike) -> FloatArray:
        """One representative for each point of the space: on M/G one for each orbit, the same for all its points.

        Parameters
        ----------
        x : array of shape (n, ambient_dim)

        Returns
        -------
        ndarray of shape (n, ambient_dim)
            Points on the same orbits, within rounding of one another where the orbits are equal.

        Raises
        ------
        UnknownGeometryError
            If the space does not offer them.
        """
        raise self._cannot("canonical representatives; spheres, flat tori, their quotients and products of them do")

    def _cannot(self, what: str) -> UnknownGeometryError:
        return UnknownGeometryError(f"{self!r} does not offer {what}")
