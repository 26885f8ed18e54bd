"""Geometry of orbit spaces M/G: volumes, walls and fixed sets, one module per kind of space."""
