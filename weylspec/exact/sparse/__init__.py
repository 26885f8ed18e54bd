"""Exact linear algebra on sparse integer matrices: relations of two unknowns, elimination modulo primes."""
