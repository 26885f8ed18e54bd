"""Lattice points of ellipses by a walk along their convex hull, and of ellipsoids slice by slice."""
