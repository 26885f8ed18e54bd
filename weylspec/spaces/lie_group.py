"""Constructors of compact Lie groups with bi-invariant metrics: classical, spin and exceptional."""

from __future__ import annotations

from fractions import Fraction

from weylspec.exact.lie.classical import exceptional, special_orthogonal, special_unitary, spin, symplectic, unitary
from weylspec.groups.base import whole
from weylspec.spaces._matrix_model import MatrixModel
from weylspec.spaces.compact_lie_group import CompactLieGroup
from weylspec.units import Number, positive


def SpecialUnitary(n: int, scale: Number = 1) -> CompactLieGroup:
    """The group SU(n) with the metric −½tr(XY), so that SU(2) is the unit 3-sphere.

    The first eigenvalues of SU(2) are 0(1), 3(4), 8(9); those of SU(3) are 0(1), 16/3(18), 12(64). Points
    are complex matrices row by row, real and imaginary parts by turns: 2n² numbers.

    Parameters
    ----------
    n : int
        At least 2.
    scale : int, Fraction, decimal string or float
        Factor of all lengths; exact unless a float.

    Returns
    -------
    CompactLieGroup

    Examples
    --------
    >>> SpecialUnitary(3).spectrum(cutoff=12).multiplicities.tolist(), SpecialUnitary(2).count(10**30) > 10**44
    ([1, 18, 64], True)
    """
    whole(n, "n", 2)
    return CompactLieGroup("SpecialUnitary", n, positive(scale, "scale"), special_unitary(n, Fraction(1, 2)),
                           MatrixModel("C", n, True))


def Unitary(n: int, scale: Number = 1) -> CompactLieGroup:
    """The group U(n) with the metric −tr(XY), so that U(1) is the circle of length 2π.

    The first eigenvalues of U(2) are 0(1), 2(10), 4(9). Points are as for SU(n).

    Parameters
    ----------
    n : int
        At least 1.
    scale : int, Fraction, decimal string or float
        Factor of all lengths; exact unless a float.

    Returns
    -------
    CompactLieGroup

    Examples
    --------
    >>> Unitary(2).spectrum(cutoff=6).multiplicities.tolist(), Unitary(1).count(100)
    ([1, 10, 9, 26], 21)
    """
    whole(n, "n", 1)
    return CompactLieGroup("Unitary", n, positive(scale, "scale"), unitary(n, Fraction(1)), MatrixModel("C", n, False))


def SpecialOrthogonal(n: int, scale: Number = 1) -> CompactLieGroup:
    """The group SO(n) with the metric −½tr(XY), so that SO(n)/SO(n − 1) is the unit sphere.

    SO(3) is the projective space of radius 2. The first eigenvalues of SO(3) are 0(1), 2(9), 6(25); those
    of SO(4) are 0(1), 3(16), 4(18). Points are matrices row by row: n² numbers.

    Parameters
    ----------
    n : int
        At least 2.
    scale : int, Fraction, decimal string or float
        Factor of all lengths; exact unless a float.

    Returns
    -------
    CompactLieGroup

    Examples
    --------
    >>> SpecialOrthogonal(5).spectrum(cutoff=10).multiplicities.tolist()
    [1, 25, 100, 196]
    """
    whole(n, "n", 2)
    return CompactLieGroup("SpecialOrthogonal", n, positive(scale, "scale"), special_orthogonal(n),
                           MatrixModel("R", n, True))


def CompactSymplectic(n: int, scale: Number = 1) -> CompactLieGroup:
    """The group Sp(n) of quaternionic matrices with the metric Re tr(X*Y), so that Sp(1) is the unit 3-sphere.

    The first eigenvalues of Sp(2) are 0(1), 5(16), 8(25). Points are quaternionic matrices row by row, an
    entry z_1 + j·z_2 as the real and imaginary parts of z_1 and z_2: 4n² numbers.

    Parameters
    ----------
    n : int
        At least 1.
    scale : int, Fraction, decimal string or float
        Factor of all lengths; exact unless a float.

    Returns
    -------
    CompactLieGroup

    Examples
    --------
    >>> CompactSymplectic(2).spectrum(cutoff=12).multiplicities.tolist()
    [1, 16, 25, 100]
    """
    whole(n, "n", 1)
    return CompactLieGroup("CompactSymplectic", n, positive(scale, "scale"), symplectic(n), MatrixModel("H", n, False))


def SpinGroup(n: int, scale: Number = 1) -> CompactLieGroup:
    """The double cover Spin(n) of SO(n), with the metric of `SpecialOrthogonal`; it offers no points.

    Spin(3) is the 3-sphere of radius 2. The first eigenvalues of Spin(3) are 0(1), 3/4(4), 2(9); those of
    Spin(7) are 0(1), 21/4(64), 6(49).

    Parameters
    ----------
    n : int
        At least 3.
    scale : int, Fraction, decimal string or float
        Factor of all lengths; exact unless a float.

    Returns
    -------
    CompactLieGroup

    Examples
    --------
    >>> SpinGroup(7).spectrum(cutoff=6).multiplicities.tolist()
    [1, 64, 49]
    """
    whole(n, "n", 3)
    return CompactLieGroup("SpinGroup", n, positive(scale, "scale"), spin(n), None)


def ExceptionalLieGroup(name: str, scale: Number = 1) -> CompactLieGroup:
    """The compact simply connected group E6, E7, E8, F4 or G2, with long roots of norm² 2; it offers no points.

    Then the adjoint representation has the eigenvalue 2h, h the dual Coxeter number. The first eigenvalues
    are, for G2: 0(1), 4(7²), 8(14²); F4: 0(1), 12(26²), 18(52²); E6: 0(1), 52/3(2·27²), 24(78²);
    E7: 0(1), 57/2(56²), 36(133²); E8: 0(1), 60(248²), 96(3875²).

    Parameters
    ----------
    name : str
    scale : int, Fraction, decimal string or float
        Factor of all lengths; exact unless a float.

    Returns
    -------
    CompactLieGroup

    Examples
    --------
    >>> ExceptionalLieGroup("E8").spectrum(cutoff=96).multiplicities.tolist()
    [1, 61504, 15015625]
    """
    return CompactLieGroup("ExceptionalLieGroup", name, positive(scale, "scale"), exceptional(name), None)
