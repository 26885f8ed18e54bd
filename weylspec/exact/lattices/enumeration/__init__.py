"""Fincke–Pohst: the points of a form in four variables and more, rows counted and not visited."""
