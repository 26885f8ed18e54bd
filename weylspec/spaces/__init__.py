"""Manifolds, their products and their quotients: exact or computed spectra, volumes, points, kernels."""
