"""weylspec: spectral geometry under symmetry, from M/G to what invariance is worth in data.

Give a manifold M and a group G of isometries; get the exact or computed spectrum of M/G, its
counting function N(λ; G), the check of Weyl's law under symmetry, and what that count means for
learning an invariant function.

Conventions
-----------
- Δ ≥ 0; the eigenvalue 0 is counted; N(λ) = #{λ_j ≤ λ} with multiplicity (closed). λ is the
  eigenvalue, not the frequency √λ, and has the unit 1/length²; ω = √λ where physics speaks (c = ħ = k_B = 1).
- ``M.count(λ)`` makes no list: a Python int at any size, or `CostError` with the figure. ``M.spectrum(cutoff=λ)`` lists
  the levels ≤ λ and is complete below `complete_below`; what reaches beyond it is refused.
- λ, radii and lengths may be int, Fraction or decimal string, and are then exact. A float λ within
  4 ulp of a level counts that level, so an eigenvalue handed back is always counted.
- Volumes are true Riemannian volumes. ``Sphere(n)`` is the unit n-sphere in R^{n+1}; ``Torus(n)`` is
  (R/2πZ)^n. ``volume_error`` is relative.
- Points are rows, shape (n_points, ambient_dim).
- On spheres and tori a group of degree k moves the first k coordinates, the rest stay.
  ``H.copies(m)`` is kron(I_m, h), ``G.blocks(k)`` is kron(g, I_k), ``G1 + G2`` the block sum,
  ``G1 * G2`` the joint action of commuting groups; write M / (G1 * G2).
- On ``M ** m``, m ≥ 2, permutation groups permute the factors, ``H.copies(m)`` moves all of them by the same element,
  ``Wreath(H, m)`` moves each by its own and permutes them.
- C^n is R^{2n} with z_j = x_{2j} + i·x_{2j+1}, so that ``SO(2).copies(n)`` are the scalars of length 1; H^n is
  C^{2n} with z_1 + j·z_2 for each quaternion, and scalars act from the right.
- On Lie groups a group says its side: ``LeftTranslations(H)``, ``RightTranslations(H)``, ``TwoSided(H, K)``,
  ``Conjugation()``.
- Affine groups and translations of tori are in lattice coordinates, shifts in fractions of a period.
- Domains: ``bc`` is "neumann" (the default), "dirichlet", or one word for each side; symmetries act about the centre.
- (M / H) / G divides by ``H * G`` where they commute, by ``Extension(H, G)`` where G normalises H.
- ``Isotypic(M / G, V)`` counts the copies of a representation V in the eigenspaces: equivariant functions M → V.
- Weyl's law is the sum of c_p·X·λ^{p/2} over terms (p, X), c_p = (4π)^{−p/2}/Γ(p/2 + 1): X is the volume for p = d,
  and for walls an area times a weight: 1/4 Neumann or mirror, −1/4 Dirichlet, (1 − k)/4 where orbits collapse by
  k-spheres. Lower terms hold for means of N: ``window_mean`` is uniform in λ over [low, high], the windows of
  ``verify_weyl`` have the weight λ²(Λ − λ)⁴ over [0, Λ].
- The heat trace is Z(t) = Σ m_λ e^{−tλ}; ``heat_invariants`` are the coefficients of (4πt)^{d/2} Z(t).
- ``local_count(x, λ)`` is Σ φ_j(x)², φ_j orthonormal for the uniform probability measure: its mean over x is N(λ).
- M/G carries Neumann conditions on mirrors. Gains count the effective group G/ker.
- Learning uses the uniform probability measure and φ_0 ≡ 1; geometry uses the Riemannian volume.
- ``noise`` is a standard deviation, ``norm`` the Sobolev radius F; s > d/2 with d = dim(M/G).
- Ridge: (1/n)Σ(y − f)² + η‖f‖²; scikit-learn's alpha is n·η.
- Randomness comes only through an explicit generator; there is no global state.
"""

from __future__ import annotations

from weylspec import _names
from weylspec._version import __version__ as __version__


def __getattr__(name: str) -> object:
    """Load a public name from its module on first use; the names are listed in ``__init__.pyi``."""
    if name not in _names.HOME:
        raise AttributeError(f"module 'weylspec' has no attribute {name!r}")
    return _names.load(name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted((*_names.HOME, "__version__"))
