"""Measured learning curves: kernel ridge regression on random samples, its risk from coefficients."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from weylspec.bridge.curves import LearningCurve, learning_curve
from weylspec.bridge.density import sobolev
from weylspec.bridge.results import real
from weylspec.errors import CostError, WeylspecError
from weylspec.groups.base import whole
from weylspec.learning.basis import InvariantBasis, coordinates
from weylspec.learning.results import SimulatedCurve
from weylspec.learning.solve import ridge_coefficients
from weylspec.learning.targets import Target, lifted_energies, target_energies
from weylspec.learning.truncation import MAX_FUNCTIONS, default_cutoff
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]
Seed = int | np.random.SeedSequence | np.random.Generator
Ridge = Number | Sequence[Number] | Literal["optimal"]

_FIRST_GUESS = 4
_REACH = 16.0  # how much further the target is followed when its cut is judged
_SHARE = 0.01
_MAX_ENTRIES = 2.5e8  # of the matrix of eigenfunctions at the samples: 2 GB


def simulate_learning_curve(
    space: Manifold,
    *,
    s: Number,
    n: int | Sequence[int],
    noise: Number,
    rng: Seed,
    norm: Number = 1.0,
    repetitions: int = 50,
    ridge: Ridge = "optimal",
    target: Target = None,
    estimator_space: Manifold | None = None,
    cutoff: Number | None = None,
    progress: bool | Callable[[int, int], None] = True,
    resume: SimulatedCurve | None = None,
) -> SimulatedCurve:
    """Excess risk of kernel ridge regression on M/G, measured on y = f*(x) + σε, x uniform on M.

    In each repetition f* has the given energy on each level and a uniform direction inside the level's
    (invariant) eigenspace; the samples for smaller n are the first ones of the largest n. The excess
    risk ‖f̂ − f*‖² in L²(μ) is exact: the sum of squares of the difference of the coefficients.

    Parameters
    ----------
    space : Manifold
        M or M/G: where the target lives.
    s : number
        Smoothness of the kernel, s > d/2.
    n : int or sequence of k int
        Numbers of samples.
    noise : number
        σ, standard deviation of the Gaussian noise.
    rng : int >= 0, SeedSequence or Generator
        Every repetition has an independent stream spawned from it.
    norm : number
        F = ‖f*‖_{H^s} of the default target.
    repetitions : int
    ridge : number, sequence of k numbers, or "optimal"
        η; "optimal" minimises the predicted risk at each n.
    target : None, array of shape (levels,) or callable
        Energy per level of `space`, as in `target_energies`; it is cut at the cutoff.
    estimator_space : Manifold, optional
        Where the estimator's kernel lives; `space` by default. ``space.total`` measures the estimator
        that does not know the symmetry on the same invariant target. The default target depends on the
        cutoff through its normalisation: give both runs the same one.
    cutoff : number, optional
        Levels kept in the target and the kernel. By default enough that (a) at every n the
        neglected trace of the estimator's kernel, and n times its largest neglected weight (1+λ)^{−s}, are
        at most 1% of nη (`default_cutoff`): what is left out would be shrunk below 1%; (b) the energy of the
        target up to 16 times the cutoff that is left out is at most 1% of the smallest predicted risk.
    progress : bool or callable
        True writes a line to stderr; a callable gets (repetitions done, repetitions).
    resume : SimulatedCurve, optional
        A stopped run with the same settings, whose repetitions are kept (`rng` is not used then): the
        result is that of a run that was not stopped.

    Returns
    -------
    SimulatedCurve
        A KeyboardInterrupt after the first repetition returns what is finished.

    Raises
    ------
    WeylspecError
        If a parameter is out of range, or `resume` comes from other settings.
    CostError
        If the default cutoff would keep too many eigenfunctions, or samples and eigenfunctions do not fit memory.

    Examples
    --------
    >>> import weylspec as ws
    >>> Q = ws.Sphere(2) / ws.SO(2)
    >>> curve = simulate_learning_curve(Q, s=2, n=[20, 80], noise=0.5, repetitions=20, rng=0, progress=False)
    >>> curve.risks.shape, bool(curve.mean[1] < curve.mean[0])
    ((20, 2), True)
    """
    estimator = space if estimator_space is None else estimator_space
    for each in (space, estimator):
        check_space(each)
    samples = tuple(whole(each, "n", 1) for each in ([n] if np.ndim(n) == 0 else n))  # type: ignore[union-attr]
    if not samples:
        raise WeylspecError("n is empty; give at least one number of samples")
    count = whole(repetitions, "repetitions", 1)
    entropy = _entropy(rng) if resume is None else resume.entropy
    sigma = real(noise, "noise", strict=False)
    plan = _plan(space, estimator, s=s, n=samples, noise=noise, norm=norm, ridge=ridge, target=target, cutoff=cutoff)
    size = estimator.spectrum(cutoff=plan.cutoff).total
    if max(samples) * size > _MAX_ENTRIES:
        raise CostError(
            f"{max(samples)} samples of {size} eigenfunctions on {estimator!r} make a matrix of "
            f"{8e-9 * max(samples) * size:.3g} GB; take fewer samples, or a cutoff below {float(plan.cutoff):g}"
        )
    experiment = _Experiment(space, estimator, float(real(s, "s")), sigma, samples, plan)
    result = SimulatedCurve(
        np.array(samples), np.empty((0, len(samples))), plan.predicted, repr(space), repr(estimator),
        plan.cutoff, plan.energies, sigma, entropy, count,
    )
    if resume is not None:
        resume.check_same_settings(result)
        result = result.with_risks(resume.risks[:count])
    return _run(experiment, result, _reporter(progress))


def _run(experiment: _Experiment, start: SimulatedCurve, report: Callable[[int, int], None]) -> SimulatedCurve:
    risks = list(start.risks)
    try:
        while len(risks) < start.requested:
            risks.append(experiment.measure(start.generator(len(risks))))
            report(len(risks), start.requested)
    except KeyboardInterrupt:
        if not risks:
            raise
    return start.with_risks(np.array(risks))


@dataclass(frozen=True, eq=False)
class _Plan:
    """Cutoff, energies on the levels of the target's space, and the prediction for the estimator."""

    cutoff: Number
    energies: FloatArray
    predicted: LearningCurve


def _plan(
    space: Manifold, estimator: Manifold, *, s: Number, n: tuple[int, ...], noise: Number, norm: Number,
    ridge: Ridge, target: Target, cutoff: Number | None,
) -> _Plan:
    def at(limit: Number) -> _Plan:
        energies = target_energies(space, limit, s=s, norm=norm, target=target)
        lifted = energies if estimator is space else lifted_energies(space, energies, limit, onto=estimator)
        predicted = learning_curve(estimator, s=s, n=n, noise=noise, ridge=ridge, target=lifted)
        if not (predicted.ridge > 0).all():
            raise WeylspecError("the ridge is 0 (optimal without noise), which fits no stable system; give ridge > 0")
        return _Plan(limit, energies, predicted)

    if cutoff is not None:
        return at(cutoff)
    plan = at(_first_cutoff(space, target))
    while True:
        ridges = zip(plan.predicted.n, plan.predicted.ridge, strict=True)
        needed = max(default_cutoff(estimator, s, float(count * eta), float(count)) for count, eta in ridges)
        long = target_energies(space, _REACH * float(plan.cutoff), s=s, norm=norm, target=target)
        beyond = float(long[len(plan.energies):].sum())
        if beyond > _SHARE * float(plan.predicted.value.min()):
            needed = max(needed, 2 * float(plan.cutoff))
        if needed <= float(plan.cutoff):
            return plan
        plan = at(needed)


def _first_cutoff(space: Manifold, target: Target) -> float:
    """Enough levels for an array, else a few functions."""
    if space.dim == 0:
        return 0.0
    listed = space.spectrum(num=_FIRST_GUESS)
    if target is None or callable(target):
        return float(listed.eigenvalues[-1])
    size = max(1, np.asarray(target).size)
    while len(listed) < size:
        listed = space.spectrum(num=2 * int(listed.total))
    return float(listed.eigenvalues[size - 1])


@dataclass(frozen=True, eq=False)
class _Experiment:
    """One repetition, given its generator."""

    space: Manifold
    estimator: Manifold
    s: float
    noise: float
    n: tuple[int, ...]
    plan: _Plan

    @cached_property
    def target_basis(self) -> InvariantBasis:
        return InvariantBasis(self.space, self.plan.cutoff)

    @cached_property
    def basis(self) -> InvariantBasis:
        """The estimator's functions, through the kernels of M where that spares group averages."""
        total = self.estimator.total
        if total is self.estimator or total.spectrum(cutoff=self.plan.cutoff).total > MAX_FUNCTIONS:
            return InvariantBasis(self.estimator, self.plan.cutoff)
        return InvariantBasis(self.estimator, self.plan.cutoff, source=total)

    @cached_property
    def embedding(self) -> FloatArray:
        """Coefficients in the target's basis ↦ in the estimator's, shape (N_estimator, N_target)."""
        if self.estimator is self.space:
            return np.eye(len(self.basis))
        small, large = self.target_basis, self.basis
        result = np.zeros((len(large), len(small)))
        for level, matrix in enumerate(coordinates(small, large)):
            row = np.searchsorted(large.spectrum.eigenvalues, small.spectrum.eigenvalues[level])
            result[np.ix_(large.levels == row, small.levels == level)] = matrix.T
        return result

    @cached_property
    def scale(self) -> FloatArray:
        """(1+λ)^{−s/2} per function of the estimator."""
        weights = sobolev(self.s)(self.basis.spectrum.eigenvalues)
        return np.asarray(np.sqrt(weights)[self.basis.levels])

    def target(self, rng: np.random.Generator) -> FloatArray:
        """Coefficients of f* in the target's basis: given energies, uniform directions."""
        levels = self.target_basis.levels
        direction = rng.standard_normal(len(levels))
        lengths = np.bincount(levels, direction**2)
        return np.asarray(direction * np.sqrt(self.plan.energies / lengths)[levels])

    def measure(self, rng: np.random.Generator) -> FloatArray:
        """Excess risk at every n, shape (k,)."""
        truth = self.embedding @ self.target(rng)
        most = max(self.n)
        values = self.basis.evaluate(self.estimator.sample(most, rng))
        y = values @ truth + self.noise * rng.standard_normal(most)
        features = values * self.scale
        risks = []
        for count, eta in zip(self.n, self.plan.predicted.ridge, strict=True):
            fitted = self.scale * ridge_coefficients(features[:count], y[:count], count * float(eta))
            risks.append(float(((fitted - truth) ** 2).sum()))
        return np.array(risks)


def _entropy(rng: Seed) -> tuple[int, ...]:
    """Numbers that fix all repetitions."""
    if isinstance(rng, np.random.Generator):
        return tuple(int(word) for word in rng.integers(2**32, size=4))
    sequence = rng if isinstance(rng, np.random.SeedSequence) else np.random.SeedSequence(whole(rng, "rng", 0))
    return tuple(int(word) for word in sequence.generate_state(4))


def _reporter(progress: bool | Callable[[int, int], None]) -> Callable[[int, int], None]:
    if callable(progress):
        return progress
    if not progress:
        return lambda done, of: None

    def write(done: int, of: int) -> None:
        sys.stderr.write(f"\rrepetition {done} of {of}" + ("\n" if done == of else ""))
        sys.stderr.flush()

    return write
