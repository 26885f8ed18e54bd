"""Truncated power series with rational coefficients: generating functions as the literature writes them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction


class Series:
    """a_0 + a_1 x + … + a_K x^K modulo x^{K+1}, exact; K is the length of the list less one."""

    def __repr__(self):
        return "series"

    def __init__(self, coefficients: list[Fraction | int]) -> None:
        self.a = [Fraction(c) for c in coefficients]

    @classmethod
    def variable(cls, top: int) -> Series:
        """X modulo x^{top+1}."""
        return cls([0, 1] + [0] * (top - 1))

    def _of(self, other: Series | int) -> Series:
        return other if isinstance(other, Series) else Series([other] + [0] * (len(self.a) - 1))

    def __add__(self, other: Series | int) -> Series:
        return Series([x + y for x, y in zip(self.a, self._of(other).a, strict=True)])

    __radd__ = __add__

    def __neg__(self) -> Series:
        return Series([-x for x in self.a])

    def __sub__(self, other: Series | int) -> Series:
        return self + -self._of(other)

    def __rsub__(self, other: int) -> Series:
        return self._of(other) - self

    def __mul__(self, other: Series | int) -> Series:
        b = self._of(other).a
        return Series([sum((self.a[i] * b[k - i] for i in range(k + 1) if self.a[i] and b[k - i]), Fraction(0))
                       for k in range(len(self.a))])

    __rmul__ = __mul__

    def __truediv__(self, other: Series | int) -> Series:
        b = self._of(other).a
        quotient: list[Fraction | int] = []
        for k, x in enumerate(self.a):
            quotient.append((x - sum((quotient[j] * b[k - j] for j in range(k) if b[k - j]), Fraction(0))) / b[0])
        return Series(quotient)

    def __rtruediv__(self, other: int) -> Series:
        return self._of(other) / self

    def __pow__(self, n: int) -> Series:
        result = self._of(1)
        for _ in range(n):
            result = result * self
        return result

    def at_power(self, r: int) -> Series:
        """The series in x^r."""
        return Series([self.a[k // r] if k % r == 0 else 0 for k in range(len(self.a))])


def theta(q: Series) -> Series:
    """Σ_{j∈Z} q^{j²}; q may be a power of the variable."""
    step = next(k for k, c in enumerate(q.a) if c) if any(q.a) else len(q.a)
    values = [0] * len(q.a)
    j = 0
    while step * j * j < len(values):
        values[step * j * j] = 1 if j == 0 else 2
        j += 1
    return Series(values)


def bosons(one: Callable[[Series], Series], q: Series, m: int) -> Series:
    """h_m of m·h_m = Σ_r p_r h_{m−r}, p_r = one(q^r): S_m on the m-th power [theory 3.4]."""
    h = [q._of(1)]
    for k in range(1, m + 1):
        h.append(sum((one(q).at_power(r) * h[k - r] for r in range(1, k + 1)), q._of(0)) / k)
    return h[m]
