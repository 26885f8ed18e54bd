"""The smallest closed subtorus that contains given lines: integer relations between real numbers, by LLL."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.exact._reduction import reduced
from weylspec.exact.integer_lattice import annihilator

FloatArray = npt.NDArray[np.float64]
IntMatrix = npt.NDArray[np.int64]

_SCALE = 10**13  # floats of size 1 are known to 10⁻¹⁶
_CHANCES = 1e9  # relations of this many candidates hold to 10⁻¹³ by chance once in ten thousand
_LARGEST = 10**4


def closing_torus(vectors: npt.ArrayLike) -> IntMatrix:
    """Integer directions of the closure of the subgroup {Σ t_i v_i} of R^n/Zⁿ.

    A character k is trivial on it when k·v_i = 0 for all i. Such k are found among the short vectors of a reduced
    lattice basis; entries up to 10⁴ in two dimensions, 10^(9/n) in n, count as no coincidence.

    Parameters
    ----------
    vectors : array of shape (m, n)
        Real directions v_i, in lattice coordinates.

    Returns
    -------
    ndarray of shape (n, dimension), int64
        A basis as columns.

    References
    ----------
    Lenstra, Lenstra and Lovász (1982), "Factoring polynomials with rational coefficients".

    Examples
    --------
    A line of slope √2 fills the torus; in (1, √2, 2√2) two entries are commensurable:

    >>> closing_torus([[1, 2**0.5]]).shape
    (2, 2)
    >>> torus = closing_torus([[1, 2**0.5, 8**0.5]])
    >>> torus.shape, (torus.T @ [0, 2, -1]).tolist()
    ((3, 2), [0, 0])
    """
    rows = np.asarray(vectors, dtype=np.float64)
    m, n = rows.shape
    unit = rows / np.abs(rows).max(axis=1, keepdims=True)
    lattice = [
        [int(i == j) for j in range(n)] + [round(Fraction(float(unit[r, i])) * _SCALE) for r in range(m)]
        for i in range(n)
    ]
    largest = min(_LARGEST, int(_CHANCES ** (1 / n)))
    relations = []
    for vector in reduced(lattice):
        k, defect = vector[:n], vector[n:]
        size = max(map(abs, k))
        # every entry of v was rounded by half a unit of the scale, and is known to a fraction of it
        if size <= largest and max(map(abs, defect)) <= n * size:
            relations.append(k)
    kept = np.array(relations, dtype=np.int64).reshape(-1, n).T
    return annihilator(kept)
