"""Characters of classical groups as determinants of complete symmetric functions (Jacobi and Trudi).

They are polynomials in the eigenvalues of an element, so that singular elements need no limit, in F_p as
well as in C. With h_k the complete symmetric functions of the variables and b_i = λ_i − i, the character
of a shape λ is det(h_{b_i+j} + sign·h_{b_i−j+shift}):

    SU(n), U(n)   the n eigenvalues                        sign 0
    SO(2m + 1)    the 2m eigenvalues beside 1              sign +1, shift 1
    Sp(m)         the 2m eigenvalues on C^{2m}             sign +1, shift 2, one term in the first column
    SO(2m)        the 2m eigenvalues; λ and its mirror     sign −1, shift 0
                  image together if λ_m ≠ 0

For SO(2m) the difference of the two mirror images is Π (z_i − z_i⁻¹) times the symplectic character of
λ − (1, …, 1), as the quotient of the two Weyl denominators is that product (Koike and Terada 1987;
Fulton and Harris 1991, appendix A).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.exact.lie.root_datum import RootDatum
from weylspec.exact.modular import root_of_unity

IntMatrix = npt.NDArray[np.int64]
Residues = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CharacterForm:
    """One of the determinants.

    Attributes
    ----------
    sign, shift : int
        Of the second term.
    single : bool
        Whether the first column has one term only.
    """

    sign: int
    shift: int
    single: bool


UNITARY = CharacterForm(0, 0, False)
ODD_ORTHOGONAL = CharacterForm(1, 1, False)
EVEN_ORTHOGONAL = CharacterForm(-1, 0, False)
SYMPLECTIC = CharacterForm(1, 2, True)


@dataclass(frozen=True, eq=False)
class Shapes:
    """Weights as shapes of determinants.

    Attributes
    ----------
    rows : ndarray of shape (W, m), int64
        Descending, not negative.
    twists : ndarray of shape (W,), int64
        Power of the determinant that multiplies each character; 0 but for U(n).
    mirror : ndarray of shape (W,), int64
        Sign of Λ_m for SO(2m), else 0: nonzero where the determinant is the sum of two characters.
    """

    rows: IntMatrix
    twists: Residues
    mirror: Residues

    @property
    def reach(self) -> int:
        """The largest Σ |Λ_i|: no weight of these representations has a larger one."""
        if not self.rows.size and not self.twists.size:
            return 0
        parts = np.hstack([self.rows + self.twists[:, None], self.twists[:, None]])
        return int(np.abs(parts).sum(axis=1).max(initial=0))


def shapes(datum: RootDatum, labels: IntMatrix, form: CharacterForm) -> Shapes:
    """The shapes of weights given by labels.

    Parameters
    ----------
    datum : RootDatum
        Of a classical group.
    labels : ndarray of shape (W, r), int64
    form : CharacterForm

    Returns
    -------
    Shapes

    Examples
    --------
    >>> from weylspec.exact.lie.classical import special_orthogonal, unitary
    >>> found = shapes(unitary(2, Fraction(1)), np.array([[3, 1]]), UNITARY)        # Λ = (2, −1)
    >>> found.rows.tolist(), found.twists.tolist()
    ([[3]], [-1])
    >>> shapes(special_orthogonal(4), np.array([[3, 1]]), EVEN_ORTHOGONAL).mirror.tolist()     # Λ = (2, −1)
    [-1]
    """
    inverse = datum.inverse_coordinates()
    scale = math.lcm(*(x.denominator for row in inverse for x in row))
    table = np.array([[int(x * scale) for x in row] for row in inverse], dtype=np.int64)
    parts = labels @ table.T // scale
    none = np.zeros(len(parts), dtype=np.int64)
    if form is UNITARY:
        return Shapes(np.ascontiguousarray(parts[:, :-1] - parts[:, -1:]), parts[:, -1].copy(), none)
    if form is EVEN_ORTHOGONAL:
        mirror = np.sign(parts[:, -1])
        parts[:, -1] = np.abs(parts[:, -1])
        return Shapes(np.ascontiguousarray(parts), none, mirror)
    return Shapes(np.ascontiguousarray(parts), none, none)


@dataclass(frozen=True, eq=False)
class Torus:
    """A coset of a torus in the variables of the characters, with Weyl's measure on it.

    Attributes
    ----------
    phases : tuple of v Fractions;  weights : ndarray (v, r), int64
        Variable j is e(c_j + W_j·θ); for SO(2m) in pairs z, z⁻¹, oriented.
    roots : ndarray (q, r), int64;  root_phases : tuple of q Fractions
    """

    phases: tuple[Fraction, ...]
    weights: IntMatrix
    roots: IntMatrix
    root_phases: tuple[Fraction, ...]

    def grid_points(self, reach: int) -> int:
        """Points per angle that integrate characters of this reach exactly: no exponent is as large."""
        if not self.weights.shape[1]:
            return 1
        highest = reach * np.abs(self.weights).max(axis=0, initial=0) + np.abs(self.roots).sum(axis=0)
        return 1 << (int(highest.max(initial=0)) + 1).bit_length()

    @property
    def modulus(self) -> int:
        """Lcm of the denominators."""
        return math.lcm(1, *(c.denominator for c in (*self.phases, *self.root_phases)))

    def averages(self, form: CharacterForm, wanted: Shapes, grid: int, order: int, p: int) -> Residues:
        """Average of each irreducible character over the coset, modulo p.

        Parameters
        ----------
        form : CharacterForm
        wanted : Shapes
        grid : int
            Points per angle.
        order : int
            A multiple of the grid and of `modulus` that divides p − 1.
        p : int
            Prime.

        Returns
        -------
        ndarray of shape (W,), residues in [0, p)
        """
        zeta = root_of_unity(p, order)
        found = self._sums(form, wanted.rows, wanted.twists, False, grid, order, zeta, p)
        split = np.flatnonzero(wanted.mirror)
        if len(split):
            inner = np.ascontiguousarray(wanted.rows[split] - 1)
            other = self._sums(SYMPLECTIC, inner, wanted.twists[split], True, grid, order, zeta, p)
            found[split] = (found[split] + wanted.mirror[split] * other) % p * ((p + 1) // 2) % p
        return found

    def _sums(
        self, form: CharacterForm, rows: IntMatrix, twists: Residues, difference: bool, grid: int, order: int,
        zeta: int, p: int,
    ) -> Residues:
        from weylspec.exact.lie._loops import character_sums

        def units(phases: tuple[Fraction, ...]) -> Residues:
            return np.array([pow(zeta, int(c * order), p) for c in phases], dtype=np.int64)

        step, powers = pow(zeta, order // grid, p), [1]
        while len(powers) < grid:
            powers.append(powers[-1] * step % p)
        out = np.zeros(len(rows), dtype=np.int64)
        density = character_sums(
            units(self.phases), self.weights, self.roots, units(self.root_phases), np.array(powers, dtype=np.int64),
            rows, twists, form.sign, form.shift, form.single, difference, p, out,
        )
        return np.asarray(out * pow(int(density), -1, p) % p, dtype=np.int64)
