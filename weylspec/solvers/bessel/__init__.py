"""Zeros of Bessel functions, of their boundary conditions and of cross products, counted before they are computed."""
