"""Sums of squares of integers up to order: eigenvalues of tori modulo permutations and signs, counted directly."""
