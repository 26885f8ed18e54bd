"""Facts about every label of the catalogue, typed by hand from the literature; none computed by the library.

The numbers in brackets of `source` are sections of the project's theory reference, which has every
table by two routes; "Molien" and "cycle index" mark generating functions written down from the
group for this file (Burnside 1911; Molien 1897). Volumes are closed forms.
"""

from __future__ import annotations

from facts import (
    coxeter,
    domains,
    isotypic,
    left_invariant,
    lie_actions,
    lie_groups,
    planes,
    powers,
    products,
    projective,
    rotations,
    round_domains,
    space_forms,
    spheres,
    tori,
    wallpaper,
    wreath,
)
from facts.base import Facts

FACTS: dict[str, Facts] = {
    **spheres.SPHERES,
    **tori.TORI,
    **products.PRODUCTS,
    **{f"Sphere(2) / PointGroup('{name}')": facts for name, facts in spheres.POINT_GROUPS.items()},
    **spheres.FINITE_ON_SPHERES,
    **coxeter.REFLECTION_GROUPS,
    **rotations.LIE_ON_SPHERES,
    **lie_actions.LIE_ACTIONS,
    **tori.FINITE_ON_TORI,
    **tori.TRANSLATIONS,
    **wallpaper.WALLPAPER,
    **wreath.WREATH,
    **isotypic.ISOTYPIC,
    **isotypic.EXTENSIONS,
    **space_forms.FLAT_MANIFOLDS,
    **space_forms.SPACE_FORMS,
    **domains.DOMAINS,
    **products.MESHES,
    **left_invariant.LEFT_INVARIANT,
    **projective.PROJECTIVE,
    **projective.ON_PROJECTIVE,
    **round_domains.ROUND_DOMAINS,
    **planes.GRASSMANNIANS,
    **planes.STIEFEL,
    **planes.FLAGS,
    **planes.PLANES_MODULO_FINITE,
    **lie_groups.LIE_GROUPS,
    **lie_groups.LIE_QUOTIENTS,
    **powers.ON_POWERS,
}
