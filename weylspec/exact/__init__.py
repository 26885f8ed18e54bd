"""Integers only: residues and CRT, partitions, integer lattices, rational series, theta coefficients.

No float decides a number here. What is computed modulo primes is put together by the Chinese
remainder theorem; what is guessed (a recurrence) is confirmed on terms that were not used, or refused.
"""
