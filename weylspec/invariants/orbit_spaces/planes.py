"""Geometry of quotients of Grassmannians and Stiefel manifolds by finite orthogonal groups: fixed planes and frames."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import UnknownGeometryError
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry, sphere_volume

FloatArray = npt.NDArray[np.float64]

_HALF = Fraction(1, 2)
_TOLERANCE = 1e-8


def plane_volume(k: int, n: int, d: int = 1) -> float:
    """Volume of the k-planes of Fⁿ, d = dim F = 1, 2, 4, where dist² = Σ (principal angles)².

    Π_{j=1}^{k} vol S^{d(n−k+j)−1}/vol S^{dj−1}: frames over frames of one plane, in the metrics in
    which both fibre over spheres; the factors by which these metrics are off the round ones cancel.

    Parameters
    ----------
    k, n, d : int

    Returns
    -------
    float

    Examples
    --------
    The projective plane, CP², and the lines of a line:

    >>> round(plane_volume(1, 3) / math.pi, 12), round(plane_volume(1, 3, 2) / math.pi**2, 12), plane_volume(1, 1)
    (2.0, 0.5, 1.0)
    """
    return math.prod(
        sphere_volume(d * (n - k + j) - 1) / sphere_volume(d * j - 1) for j in range(1, k + 1)
    )


def frame_volume(k: int, n: int) -> float:
    """Volume of the orthonormal k-frames of Rⁿ in the canonical metric, Π_{j=n−k}^{n−1} vol S^j.

    Parameters
    ----------
    k, n : int

    Returns
    -------
    float

    Examples
    --------
    >>> round(frame_volume(2, 4) / math.pi**3, 12), frame_volume(1, 1)
    (8.0, 2.0)
    """
    return math.prod(sphere_volume(j) for j in range(n - k, n))


@dataclass(frozen=True)
class Eigenspace:
    """A part of Fⁿ in which the planes that an isometry maps to themselves are those over another field.

    Attributes
    ----------
    spectrum : tuple of Fractions
        Phases of the eigenvalues for each dimension counted, in the representation on R^n, C^n or C^{2n}.
    size : int
        Its dimension over that field.
    d : int
        Real dimension of the field.
    unit : int
        What one of its dimensions adds to the dimension of a plane over F.
    stretch : float
        Factor of lengths, from the metric of its own Grassmannian to that of the planes of Fⁿ.
    """

    spectrum: tuple[Fraction, ...]
    size: int
    d: int
    unit: int = 1
    stretch: float = 1.0


def eigenspaces(coset: LinearCoset, d: int = 1) -> list[Eigenspace]:
    """The eigenspaces of one element; over R and H each conjugate pair of eigenvalues is one.

    Parameters
    ----------
    coset : LinearCoset
        Of rank 0, with its eigenvalues on R^n, C^n (d = 2) or C^{2n} (d = 4).
    d : int

    Returns
    -------
    list of Eigenspace

    Examples
    --------
    A cycle of length 4, on R⁴ and on C⁴:

    >>> from weylspec.groups.permutation import CyclicGroup
    >>> cycle = [c for c in CyclicGroup(4).natural().cosets() if c.lengths == (4,)][0]
    >>> [(str(part.spectrum[0]), part.size, part.d) for part in eigenspaces(cycle)]
    [('0', 1, 1), ('1/4', 1, 2), ('1/2', 1, 1)]
    >>> len(eigenspaces(cycle, 2))
    4
    """
    every = Counter(
        (phase + j) / length for length, phase in zip(coset.lengths, coset.phases, strict=True) for j in range(length)
    )
    if d == 2:
        return [Eigenspace((phase,), size, 2) for phase, size in sorted(every.items())]
    parts = []
    for phase, size in sorted(every.items()):
        if phase in (0, _HALF):
            parts.append(Eigenspace((phase,) if d == 1 else (phase, phase), size if d == 1 else size // 2, d))
        elif phase < _HALF:
            pair = (phase, 1 - phase)
            parts.append(Eigenspace(pair, size, 2, 2, math.sqrt(2)) if d == 1 else Eigenspace(pair, size, 2))
    return parts


def fixed_planes(
    cosets: Iterable[LinearCoset], k: int, label: str, d: int = 1, *, oriented: bool = False
) -> Iterator[FixedSet]:
    """The k-planes of Fⁿ, d = dim F, that the classes of a finite group map to themselves.

    Such a plane is a sum of parts of the eigenspaces. Over R these are real planes for ±1, and complex
    ones, in √2 times the metric of the complex Grassmannian, for each conjugate pair; over C complex
    ones; over H quaternionic ones for ±1 and complex ones for each pair. On the normal space of a
    component, Hom(W, W⊥), g has the eigenvalues β/α ≠ 1, α in W and β in W⊥. An oriented plane needs
    an even number of directions that are reversed.

    Parameters
    ----------
    cosets : iterable of LinearCoset
        Of a finite group, with eigenvalues as `eigenspaces` takes them.
    k : int
    label : str
    d : int
    oriented : bool
        Only for d = 1.

    Yields
    ------
    FixedSet
        One for each class and each choice of dimensions.

    Examples
    --------
    A reflection of R³ fixes its mirror and the lines in it:

    >>> from weylspec.groups.point import PointGroup
    >>> mirror = PointGroup("Cs").natural().cosets()
    >>> [(item.dim, round(item.volume / math.pi, 12)) for item in fixed_planes(mirror, 1, "Cs")]
    [(2, 2.0), (0, 0.31830988618), (1, 1.0)]
    """
    for coset in cosets:
        parts = eigenspaces(coset, d)
        for chosen in itertools.product(*(range(part.size + 1) for part in parts)):
            if sum(part.unit * c for part, c in zip(parts, chosen, strict=True)) != k:
                continue
            if oriented and any(part.spectrum == (_HALF,) and c % 2 for part, c in zip(parts, chosen, strict=True)):
                continue
            dim, volume = _component(parts, chosen)
            normal = _normal(parts, chosen) ** (2 if d == 2 else 1)
            yield FixedSet(coset.share, dim, volume * (2 if oriented else 1), normal, label)


def _component(parts: list[Eigenspace], chosen: tuple[int, ...]) -> tuple[int, float]:
    dim, volume = 0, 1.0
    for part, c in zip(parts, chosen, strict=True):
        own = part.d * c * (part.size - c)
        dim += own
        volume *= plane_volume(c, part.size, part.d) * part.stretch**own
    return dim, volume


def _normal(parts: list[Eigenspace], chosen: tuple[int, ...]) -> float:
    """Π |1 − β/α| over the eigenvalues α inside and β outside that differ."""
    inside, outside = Counter[Fraction](), Counter[Fraction]()
    for part, c in zip(parts, chosen, strict=True):
        for phase in part.spectrum:
            inside[phase] += c
            outside[phase] += part.size - c
    product = 1.0
    for a, b in itertools.product(inside, outside):
        if a != b:
            product *= (2 * abs(math.sin(math.pi * float(a - b)))) ** (inside[a] * outside[b])
    return product


def continuous_orbits(
    action: LinearAction, dim: int, tangent: Callable[[FloatArray], npt.NDArray[np.inexact]], space: str
) -> OrbitGeometry:
    """Geometry of M/G for a continuous G: a point, if the Killing fields at one point of M span its tangent space.

    The orbit of that point is then open and compact, so it is M; otherwise no orbit is.

    Parameters
    ----------
    action : LinearAction
    dim : int
        Of M, which is connected.
    tangent : callable
        Skew matrix ↦ coordinates of its Killing field at one point.
    space : str
        M, for messages.

    Returns
    -------
    OrbitGeometry

    Raises
    ------
    UnknownGeometryError
        For a group that is not transitive: its orbits are not known in closed form.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> continuous_orbits(SO(4).natural(), 3, lambda a: a[1:, 0], "the lines of R⁴").dim
    0
    """
    fields = np.array([tangent(a).reshape(-1) for a in action.algebra])
    reals = np.concatenate([fields.real, fields.imag], axis=1)
    if int(np.linalg.matrix_rank(reals, tol=_TOLERANCE)) == dim:
        return OrbitGeometry(0, 1.0, CLOSED_FORM, (), (), math.inf, False, True, f"{action.label} acts transitively",
                             True, True)
    raise UnknownGeometryError(
        f"the orbits of {action.label} on {space} are not known in closed form, so neither are dimension, volume and "
        "walls of the quotient; its spectrum is: ask for spectrum(cutoff=…)"
    )


def scaled_sets(fixed: Iterable[FixedSet], scale: float) -> Iterator[FixedSet]:
    """Fixed sets after multiplying all lengths.

    Parameters
    ----------
    fixed : iterable of FixedSet
    scale : float

    Yields
    ------
    FixedSet

    Examples
    --------
    >>> circle = FixedSet(Fraction(1, 2), 1, 3.0, 2.0, "")
    >>> [item.volume for item in scaled_sets([circle], 2.0)]
    [6.0]
    """
    for item in fixed:
        yield replace(item, volume=item.volume * scale**item.dim)


def fixed_frames(action: LinearAction, k: int) -> Iterator[FixedSet]:
    """The orthonormal k-frames of R^n that the classes of a finite group fix: those of the fixed subspace.

    Parameters
    ----------
    action : LinearAction
        Of a finite group on R^n.
    k : int

    Yields
    ------
    FixedSet

    Examples
    --------
    >>> from weylspec.groups.permutation import SymmetricGroup
    >>> [(item.dim, item.normal) for item in fixed_frames(SymmetricGroup(3).natural(), 2)]
    [(1, 4.0), (3, 1.0)]
    """
    from weylspec.invariants.orbit_spaces.spheres import normal_determinant

    for coset in action.cosets():
        size = coset.fixed_dim
        if size >= k:
            yield FixedSet(coset.share, k * (size - k) + k * (k - 1) // 2, frame_volume(k, size),
                           normal_determinant(coset) ** k, action.label)
