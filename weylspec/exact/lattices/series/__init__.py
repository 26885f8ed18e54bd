"""Theta series in spaces of Eisenstein series, whose coefficients are sums over divisors."""
