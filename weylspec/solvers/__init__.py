"""Floats only, arrays in and out: element assembly, shift-invert Lanczos, inertia counts.

A list of eigenvalues leaves this layer with residuals and with an inertia count (Sylvester's law)
that says how many there are; without it a missed copy of a multiplet is silent.
"""
