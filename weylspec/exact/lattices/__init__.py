"""Numbers of lattice points in ellipsoids: reduction, divisor sums, enumeration, orthogonal sums."""
