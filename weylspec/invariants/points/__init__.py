"""Orbits as points: one representative each, how far two of them are apart, and cells to draw."""
