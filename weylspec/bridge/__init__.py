"""From the count N(λ; G) to learning: effective dimension, risk bounds, minimax risk, gain, curves.

Everything here reads two things of a space and nothing else: its levels with their invariant
multiplicities, and its geometry (dimension, volume, walls). Learning is with respect to the uniform
*probability* measure; ‖f‖² = Σ (1 + λ_j)^s ⟨f, φ_j⟩² with φ_j orthonormal for that measure; noise
is a standard deviation.
"""
