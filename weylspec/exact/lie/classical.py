"""Root data of the classical and exceptional groups, in the metrics that the library takes by default.

With ⟨e_i, e_j⟩ the dual metric on the diagonal torus: SU(n) and U(n) have −c·tr(XY), ⟨e_i, e_j⟩ = δ/c
(for SU(n) after projecting out the mean); SO(n) and Spin(n) have −½tr(XY), Sp(n) has Re tr(X*Y) of
quaternionic matrices, both ⟨e_i, e_j⟩ = δ; the long roots of exceptional groups have norm² 2.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.lie.root_datum import RootDatum, root_datum

IntMatrix = npt.NDArray[np.int64]

EXCEPTIONAL = ("E6", "E7", "E8", "F4", "G2")


def special_unitary(n: int, c: Fraction) -> RootDatum:
    """SU(n) with the metric −c·tr(XY).

    Parameters
    ----------
    n : int
        At least 2.
    c : Fraction

    Returns
    -------
    RootDatum

    Examples
    --------
    >>> su2 = special_unitary(2, Fraction(1, 2))
    >>> [(int(su2.casimir((k,))), su2.dimension((k,))) for k in range(4)]
    [(0, 1), (3, 2), (8, 3), (15, 4)]
    """
    return root_datum("A", n - 1, 2 / c, name=f"SU({n})", coordinates=_differences(n))


def unitary(n: int, c: Fraction) -> RootDatum:
    """U(n) with the metric −c·tr(XY); the charge is the sum of the parts of a weight.

    Parameters
    ----------
    n : int
    c : Fraction

    Returns
    -------
    RootDatum

    Examples
    --------
    >>> u2 = unitary(2, Fraction(1))
    >>> u2.labels((1, 0)), u2.casimir((1, 1)), u2.dimension((1, 1)), u2.weyl_order
    ((1, 1), Fraction(2, 1), 2, 2)
    """
    rows = np.vstack([_differences(n), np.ones((1, n), dtype=np.int64)])
    congruence = ((*range(1, n), -1), n)
    return root_datum("A", n - 1, 2 / c, name=f"U({n})", congruences=(congruence,) if n > 1 else (),
                      charge=1 / (n * c), coordinates=rows)


def special_orthogonal(n: int) -> RootDatum:
    """SO(n), n ≥ 2, with the metric −½tr(XY); SO(2) is the circle of length 2π.

    Parameters
    ----------
    n : int

    Returns
    -------
    RootDatum

    Examples
    --------
    >>> so4 = special_orthogonal(4)
    >>> so4.has_weight((1, 0)), so4.dimension((1, 1)), so4.casimir((2, 0)), so4.weyl_order
    (False, 4, Fraction(4, 1), 4)
    """
    if n == 2:
        return root_datum("D", 1, Fraction(2), name="SO(2)", charge=Fraction(1), coordinates=np.ones((1, 1), np.int64))
    m = n // 2
    coefficients = (0,) * (m - 1) + (1,) if n % 2 else (0,) * (m - 2) + (1, 1)
    return _orthogonal(n, f"SO({n})", ((coefficients, 2),))


def spin(n: int) -> RootDatum:
    """Spin(n), n ≥ 3, with the metric that covers −½tr(XY) on SO(n).

    Parameters
    ----------
    n : int

    Returns
    -------
    RootDatum

    Examples
    --------
    >>> spin7 = spin(7)
    >>> spin7.dimension((0, 0, 1)), spin7.casimir((0, 0, 1)), spin7.partition((0, 0, 1))[0]
    (8, Fraction(21, 4), Fraction(1, 2))
    """
    return _orthogonal(n, f"Spin({n})", ())


def _orthogonal(n: int, name: str, congruences: tuple[tuple[tuple[int, ...], int], ...]) -> RootDatum:
    m = n // 2
    rows = np.zeros((m, m), dtype=np.int64)
    rows[: m - 1] = _differences(m)
    if n % 2:
        rows[m - 1, m - 1] = 2
    else:
        rows[m - 1, m - 2:] = 1
    return root_datum("B" if n % 2 else "D", m, Fraction(2), name=name, congruences=congruences, coordinates=rows)


def symplectic(n: int) -> RootDatum:
    """The compact symplectic group Sp(n) of n × n quaternionic matrices, metric Re tr(X*Y).

    Parameters
    ----------
    n : int

    Returns
    -------
    RootDatum

    Examples
    --------
    >>> symplectic(2).dimension((1, 0)), symplectic(2).casimir((1, 0)), symplectic(1).casimir((1,))
    (4, Fraction(5, 1), Fraction(3, 1))
    """
    rows = np.vstack([_differences(n), np.eye(n, dtype=np.int64)[-1:]])
    return root_datum("C", n, Fraction(4), name=f"Sp({n})", coordinates=rows)


def exceptional(name: str) -> RootDatum:
    """The compact simply connected group of type E6, E7, E8, F4 or G2, long roots of norm² 2.

    Parameters
    ----------
    name : str

    Returns
    -------
    RootDatum

    Raises
    ------
    WeylspecError
        For another name.

    Examples
    --------
    >>> exceptional("F4").dimension((0, 0, 0, 1)), exceptional("F4").casimir((0, 0, 0, 1))
    (26, Fraction(12, 1))
    """
    if name not in EXCEPTIONAL:
        raise WeylspecError(f"the exceptional groups are {', '.join(EXCEPTIONAL)}; got {name!r}")
    return root_datum(name[0], int(name[1]), Fraction(2))


def _differences(n: int) -> IntMatrix:
    """Labels Λ_i − Λ_{i+1}, shape (n − 1, n)."""
    return np.eye(n, dtype=np.int64)[:-1] - np.eye(n, k=1, dtype=np.int64)[:-1]
