"""Spectra of SU(3), SO(5) and S³ against GeometricKernels, both in one process; not part of the tests.

Needs the extra `bench`. Each time is the median of several runs after one that warms up. For the groups:

- "reach": everything that the peer's fixed search lists (eigenvalue and dimension of each representation), against
  the complete spectrum up to the peer's largest eigenvalue; with what the peer's list misses below it.
- "representations": the first 10⁴ representations; the peer's search does not go so far, so its own functions for
  the eigenvalue and the dimension are run over the signatures that are needed, given to it.

    python tests/benchmarks/bench_lie_groups.py          # rewrites data/benchmarks/lie_groups.json
"""

import logging
import warnings

import numpy as np

logging.disable(logging.INFO)
warnings.simplefilter("ignore")

from geometric_kernels.spaces import Hypersphere  # noqa: E402
from geometric_kernels.spaces.so import SOEigenfunctions  # noqa: E402
from geometric_kernels.spaces.su import SUEigenfunctions  # noqa: E402
from peers import REPETITIONS, median_time, save  # noqa: E402

from weylspec.exact.lie.weights import DominantWeights  # noqa: E402
from weylspec.spaces.lie_group import SpecialOrthogonal, SpecialUnitary  # noqa: E402
from weylspec.spaces.sphere import Sphere  # noqa: E402

FIRST = 10**4


def reach(space, peer, n, unit):
    """What the peer's search lists, against the complete spectrum up to its largest eigenvalue."""
    listed = peer(n, 10**9, compute_characters=False)
    top = float(max(listed._eigenvalues)) * unit
    ours = space.spectrum(cutoff=top)
    found = {}
    for lam, dim in zip(listed._eigenvalues, listed._dimensions, strict=True):
        key = round(float(lam) * unit * space.datum.denominator)
        found[key] = found.get(key, 0) + dim**2
    exact = dict(zip((ours.keys[:, 0]).tolist(), [int(m) for m in ours.multiplicities], strict=True))
    wrong = sorted(key for key in exact if found.get(key, 0) != exact[key])
    return {
        "peer_seconds": (a := median_time(lambda: peer(n, 10**9, compute_characters=False))),
        "seconds": (b := median_time(lambda: space.spectrum(cutoff=top))),
        "ratio": a / b,
        "peer_representations": len(listed._signatures),
        "representations": DominantWeights(space.datum, max(exact)).number,
        "largest_eigenvalue": top,
        "levels": len(exact),
        "levels_that_the_peer_misses_or_has_in_part": len(wrong),
        "first_of_them": wrong[0] / space.datum.denominator if wrong else None,
    }


def representations(space, peer, n, unit):
    """Eigenvalue and dimension of the first representations, by the peer's functions and by ours."""
    datum, cutoff = space.datum, 100.0
    while DominantWeights(datum, int(cutoff * datum.denominator)).number < FIRST:
        cutoff *= 1.05
    weights = DominantWeights(datum, int(cutoff * datum.denominator))
    signatures = [tuple(int(x) for x in datum.partition(row)) for row in weights.labels().tolist()]
    functions = peer(n, 1, compute_characters=False)

    def theirs():
        return [(functions._compute_eigenvalue(s), functions._compute_dimension(s)) for s in signatures]

    def mine():
        chosen = DominantWeights(datum, int(cutoff * datum.denominator))
        return chosen.keys(), chosen.dimensions()

    keys, dimensions = mine()
    assert np.allclose([x for x, _ in theirs()], keys / datum.denominator / unit, rtol=1e-9)
    return {
        "representations": len(signatures), "largest_eigenvalue": cutoff,
        "peer_seconds": (a := median_time(theirs, 3)), "seconds": (b := median_time(mine)), "ratio": a / b,
        "peer_dimensions_off": sum(int(x) != int(d) for (_, x), d in zip(theirs(), dimensions, strict=True)),
        "seconds_for_the_spectrum": median_time(lambda: space.spectrum(cutoff=cutoff)),
    }


def sphere(levels=80):
    """Eigenvalues and multiplicities of S³; the peer makes its polynomials on the way, finite below degree 85."""
    cutoff = (levels - 1) * (levels + 1)

    def theirs():
        space = Hypersphere(3)
        return space.get_eigenvalues(levels), space.get_eigenfunctions(levels).num_eigenfunctions_per_level

    eigenvalues, sizes = theirs()
    listed = Sphere(3).spectrum(cutoff=cutoff)
    assert np.allclose(np.ravel(eigenvalues), listed.eigenvalues)
    assert [int(m) for m in sizes] == listed.multiplicities.tolist()
    return {"levels": levels, "peer_seconds": (a := median_time(theirs, 3)),
            "seconds": (b := median_time(lambda: Sphere(3).spectrum(cutoff=cutoff))), "ratio": a / b}


def main():
    save("lie_groups", {
        "repetitions": REPETITIONS,
        "reach": {"SpecialUnitary(3)": reach(SpecialUnitary(3), SUEigenfunctions, 3, 2),
                  "SpecialOrthogonal(5)": reach(SpecialOrthogonal(5), SOEigenfunctions, 5, 1)},
        "representations": {"SpecialUnitary(3)": representations(SpecialUnitary(3), SUEigenfunctions, 3, 2),
                            "SpecialOrthogonal(5)": representations(SpecialOrthogonal(5), SOEigenfunctions, 5, 1)},
        "Sphere(3)": sphere(),
    }, "geometric-kernels", "numpy", "numba")


if __name__ == "__main__":
    main()
