"""Matrices and lattices that several labels of the catalogue contain, as a user types them."""

from __future__ import annotations

HEXAGONAL = "FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])"
QUARTER_TURN = "[[0, -1], [1, 0]]"
PENTAGON = "[[0.309016994374947, -0.951056516295154], [0.951056516295154, 0.309016994374947]]"
DECAGON = "[[0.809016994374947, -0.587785252292473], [0.587785252292473, 0.809016994374947]]"
LEFT_Q8 = (
    "MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]], "
    "[[0, 0, -1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0]]])"
)
