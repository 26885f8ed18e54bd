"""What an action leaves invariant: multiplicities by class averages or null spaces, orbit geometry.

m_λ(G) = dim (E_λ)^G = ∫_G tr(g | E_λ) dg. Nothing here imports a manifold.
"""
