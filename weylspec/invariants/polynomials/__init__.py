"""Homogeneous polynomials under linear groups: monomials, substitutions, derivations, and their null spaces."""
