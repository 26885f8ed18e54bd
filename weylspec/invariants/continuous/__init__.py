"""Geometry of spheres modulo groups of positive dimension: isotropy, sections, slices, walls where orbits collapse."""
