"""Groups of affine maps with a sign for each: functions with f(gx) = ±f(x), as Dirichlet conditions ask."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from weylspec.errors import WeylspecError
from weylspec.groups.affine_action import AffineMap, close, no_directions
from weylspec.groups.cosets import AffineCoset


def signed_group(mirrors: Sequence[tuple[AffineMap, int]]) -> tuple[AffineCoset, ...]:
    """The elements of the group that signed affine maps generate, each with the share sign/order.

    Averages of traces over such shares count the functions that each map multiplies by its sign.

    Parameters
    ----------
    mirrors : sequence of ((A, b), sign)
        In lattice coordinates of R^n/Zⁿ; signs 1 (Neumann) or −1 (Dirichlet).

    Returns
    -------
    tuple of AffineCoset
        The identity first.

    Raises
    ------
    WeylspecError
        If the signs do not extend to the group: some product of the maps is the identity with sign −1.

    Examples
    --------
    The circle of length 2 modulo x → −x: sines on an interval of length 1.

    >>> mirror = (-np.eye(1, dtype=np.int64), (Fraction(0),))
    >>> [(str(c.share), int(c.matrix[0, 0])) for c in signed_group([(mirror, -1)])]
    [('1/2', 1), ('-1/2', -1)]
    """
    n = len(mirrors[0][0][1])
    # The sign rides along as one more coordinate, which every map flips or leaves alone.
    lifted = [(_beside(matrix, sign), (*shift, Fraction(0))) for (matrix, shift), sign in mirrors]
    elements = close(lifted, no_directions(n + 1))
    shares = {(matrix[:n, :n].tobytes(), shift): int(matrix[n, n]) for matrix, shift in elements}
    if len(shares) < len(elements):
        raise WeylspecError("the signs of the mirrors contradict one another: a product of them is −1 times 1")
    return tuple(
        AffineCoset(Fraction(int(matrix[n, n]), len(elements)), np.ascontiguousarray(matrix[:n, :n]), shift[:n],
                    no_directions(n))
        for matrix, shift in elements
    )


def _beside(matrix: np.typing.NDArray[np.int64], sign: int) -> np.typing.NDArray[np.int64]:
    n = len(matrix)
    result = np.zeros((n + 1, n + 1), dtype=np.int64)
    result[:n, :n], result[n, n] = matrix, sign
    return result
