"""Compact groups and their actions on coordinates, as weighted torus cosets.

A coset carries its share of Haar measure and eigenvalue data; see `weylspec.groups.cosets`. A group
supplies `natural` (orthogonal matrices) or `affine` (isometries of R^n/Zⁿ); no manifold is imported.
"""
