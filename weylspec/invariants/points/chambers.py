"""Reflection groups: folding into a chamber, and chambers from generators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.groups._diagrams import fold
from weylspec.invariants.points.representatives import TOLERANCE, Orbits

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Chamber(Orbits):
    """A reflection group, by the simple roots of its chamber {x : ⟨x, α⟩ ≥ 0}.

    Attributes
    ----------
    roots : ndarray of shape (r, N)
        Unit vectors.

    Examples
    --------
    Mirrors of the triangle:

    >>> triangle = Chamber(np.array([[1.0, 0.0], [-0.5, np.sqrt(0.75)]]))
    >>> triangle.canonical(np.array([[-2.0, 0.0]])).round(12).tolist()
    [[1.0, 1.732050807569]]
    """

    roots: FloatArray

    @property
    def size(self) -> int:
        """N."""
        return int(self.roots.shape[1])

    def canonical(self, x: FloatArray) -> FloatArray:
        """Reflect in simple roots until none is negative."""
        heights, _ = fold(self.roots, x)
        return np.asarray(x + (heights - x @ self.roots.T) @ np.linalg.pinv(self.roots).T)


def simple_roots(generators: Sequence[FloatArray]) -> FloatArray | None:
    """Unit normals of generators that are reflections in the walls of one chamber; None if they are not.

    Any two of them must include an angle π − π/m, m = 2, 3, …; the group is then the one of that Coxeter diagram
    (Humphreys 1990, 5.3), and {x : ⟨x, α⟩ ≥ 0} meets every orbit once.

    Parameters
    ----------
    generators : sequence of ndarrays (N, N)

    Returns
    -------
    ndarray of shape (r, N), or None

    Examples
    --------
    >>> simple_roots([np.diag([-1.0, 1.0]), np.array([[0.0, 1.0], [1.0, 0.0]])]).round(3).tolist()
    [[1.0, 0.0], [-0.707, 0.707]]
    """
    roots: list[FloatArray] = []
    for g in generators:
        root = _normal(g)
        if root is None:
            return None
        roots.append(root)
    if not roots:
        return None
    signs = _obtuse(np.array(roots) @ np.array(roots).T)
    return None if signs is None else np.array(roots) * signs[:, None]


def _normal(g: FloatArray) -> FloatArray | None:
    """The unit normal of a reflection, up to sign."""
    doubled = (np.eye(len(g)) - g) / 2
    column = int(np.abs(np.diag(doubled)).argmax())
    size = float(doubled[column, column])
    if size < TOLERANCE:
        return None
    root = doubled[:, column] / np.sqrt(size)
    if float(np.abs(np.outer(root, root) - doubled).max()) > TOLERANCE:
        return None
    return np.asarray(root * np.sign(root[np.abs(root) > TOLERANCE][0]))


def _obtuse(gram: FloatArray) -> FloatArray | None:
    """Signs that make all products of roots −cos(π/m), if there are any: spread along the diagram."""
    signs = np.zeros(len(gram))
    for start in range(len(gram)):
        queue = [] if signs[start] else [start]
        signs[start] = signs[start] or 1.0
        for i in queue:
            for j in np.flatnonzero((np.abs(gram[i]) > TOLERANCE) & (signs == 0)).tolist():
                signs[j] = -signs[i] * np.sign(gram[i, j])
                queue.append(j)
    gram = gram * np.outer(signs, signs)
    products = gram[np.triu_indices(len(gram), 1)]
    if (products > TOLERANCE).any() or float(np.linalg.eigvalsh(gram).min()) < TOLERANCE:
        return None  # no obtuse angles, or walls around no point
    angles = np.pi / np.arccos(np.clip(-products, -1.0, 1.0))
    return signs if np.abs(angles - np.round(angles)).max(initial=0.0) < 1e-6 else None
