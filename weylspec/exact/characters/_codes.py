"""The kinds of determinants that the compiled loops know."""

ORTHOGONAL = 0
SYMPLECTIC = 1
LINEAR = 2
