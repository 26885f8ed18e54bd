"""Elimination over Z on lists of Python ints: Smith form, null lattices, LLL; inverses over Q."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Vector = list[int]


def identity(n: int) -> list[Vector]:
    """The n × n identity."""
    return [[int(i == j) for j in range(n)] for i in range(n)]


def dot(a: Vector, b: Vector) -> int:
    """Inner product."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def subtract(target: Vector, factor: int, source: Vector) -> None:
    """Subtract factor · source from target, in place."""
    for i, x in enumerate(source):
        if x:
            target[i] -= factor * x


def nearest(a: int, b: int) -> int:
    """The integer nearest to a/b, b > 0."""
    return (2 * a + b) // (2 * b)


def transposed(rows: list[Vector], n: int) -> list[Vector]:
    """The n columns."""
    return [[row[j] for row in rows] for j in range(n)]


def smith_form(rows: list[Vector], n: int) -> tuple[list[Vector], list[Vector], list[Vector]]:
    """D, U, V with U A V = D diagonal, non-negative, each entry dividing the next."""
    D = [list(row) for row in rows]
    m = len(D)
    U = identity(m)
    W = identity(n)  # Vᵀ: its rows follow the columns of D
    for k in range(min(m, n)):
        while (pivot := _smallest(D, k)) is not None:
            i, j = pivot
            D[k], D[i], U[k], U[i] = D[i], D[k], U[i], U[k]
            for row in D:
                row[k], row[j] = row[j], row[k]
            W[k], W[j] = W[j], W[k]
            if D[k][k] < 0:
                D[k] = [-x for x in D[k]]
                U[k] = [-x for x in U[k]]
            if not _clear(D, U, W, k):
                continue
            bad = _not_divisible(D, k)
            if bad is None:
                break
            # Adding that row makes a remainder appear beside the pivot, which must then shrink.
            subtract(D[k], -1, D[bad])
            subtract(U[k], -1, U[bad])
            _clear(D, U, W, k)
    return D, U, transposed(W, n)


def _smallest(D: list[Vector], k: int) -> tuple[int, int] | None:
    """Position of the non-zero entry of least absolute value in the lower right block from (k, k)."""
    entries = [(abs(x), i, j) for i, row in enumerate(D[k:], k) for j, x in enumerate(row[k:], k) if x]
    return min(entries)[1:] if entries else None


def _clear(D: list[Vector], U: list[Vector], W: list[Vector], k: int) -> bool:
    """Reduce row and column k by the pivot; whether both are zero beside it now."""
    pivot = D[k][k]
    for i in range(k + 1, len(D)):
        if q := nearest(D[i][k], pivot):
            subtract(D[i], q, D[k])
            subtract(U[i], q, U[k])
    for j in range(k + 1, len(W)):
        if q := nearest(D[k][j], pivot):
            for row in D:
                row[j] -= q * row[k]
            subtract(W[j], q, W[k])
    return not any(D[k][k + 1 :]) and not any(row[k] for row in D[k + 1 :])


def _not_divisible(D: list[Vector], k: int) -> int | None:
    """A row below k with an entry that the pivot does not divide."""
    return next((i for i in range(k + 1, len(D)) if any(x % D[k][k] for x in D[i])), None)


def echelon_kernel(rows: list[Vector], n: int) -> list[Vector]:
    """A basis of {k : A k = 0}, from unimodular column operations that bring A to echelon form."""
    columns = [[row[j] for row in rows] for j in range(n)]
    basis = identity(n)
    done = 0
    for i in range(len(rows)):
        while True:
            live = [j for j in range(done, n) if columns[j][i]]
            if not live:
                break
            best = min(live, key=lambda j: abs(columns[j][i]))
            columns[done], columns[best] = columns[best], columns[done]
            basis[done], basis[best] = basis[best], basis[done]
            if len(live) == 1:
                done += 1
                break
            _reduce_others(columns, basis, done, i)
    return basis[done:]


def _reduce_others(columns: list[Vector], basis: list[Vector], done: int, i: int) -> None:
    """Reduce entry i of the later columns by that of column `done`."""
    pivot = columns[done][i]
    sign = 1 if pivot > 0 else -1
    for j in range(done + 1, len(columns)):
        if q := sign * nearest(columns[j][i], abs(pivot)):
            subtract(columns[j], q, columns[done])
            subtract(basis[j], q, basis[done])


def pair_kernel(rows: list[Vector], n: int) -> list[Vector] | None:
    """The null lattice of equations k_i = 0 and k_i = ±k_j, by disjoint vectors; None for other rows."""
    parent, sign, zero = list(range(n)), [1] * n, [False] * n

    def find(i: int) -> tuple[int, int]:
        s = 1
        while parent[i] != i:
            s *= sign[i]
            i = parent[i]
        return i, s

    for row in rows:
        support = [(j, x) for j, x in enumerate(row) if x]
        if len(support) > 2 or len({abs(x) for _, x in support}) > 1:
            return None
        if not support:
            continue
        (i, s), (j, t) = (find(k) for k, _ in (support[0], support[-1]))
        # The row says x k_i + y k_j = 0 with x = ±y; for a single entry, k_i = 0.
        relation = -1 if support[0][1] == support[-1][1] else 1
        if i != j:
            parent[max(i, j)], sign[max(i, j)] = min(i, j), relation * s * t
            zero[min(i, j)] |= zero[max(i, j)]
        elif relation * s * t == -1:
            zero[i] = True
    basis = {i: [0] * n for i in range(n) if parent[i] == i and not zero[i]}
    for j in range(n):
        i, s = find(j)
        if i in basis:
            basis[i][j] = s
    return list(basis.values())


def reduced(basis: list[Vector]) -> list[Vector]:
    """LLL reduction (δ = 3/4) of independent integer vectors, in integers throughout."""
    return reduced_by(basis, None)


def reduced_by(basis: list[Vector], gram: list[Vector] | None) -> list[Vector]:
    """LLL reduction (δ = 3/4) for the inner product of a positive integer matrix; None is the identity.

    Cohen (1993), "A course in computational algebraic number theory", algorithm 2.6.7: d_i are the
    Gram determinants, λ_ij = d_j μ_ij.
    """
    b = [list(v) for v in basis]
    n = len(b)
    d = [1] * (n + 1)  # d[i] = determinant of the Gram matrix of the first i vectors
    lam = [[0] * n for _ in range(n)]
    known = 0
    k = 0
    while k < n:
        if k >= known:
            _orthogonalise(b, d, lam, k, gram)
            known = k + 1
        if k == 0:
            k = 1
            continue
        _size_reduce(b, d, lam, k, k - 1)
        if 4 * (d[k + 1] * d[k - 1] + lam[k][k - 1] ** 2) < 3 * d[k] ** 2:
            _swap(b, d, lam, k, known)
            k = max(k - 1, 1)
            continue
        for j in range(k - 2, -1, -1):
            _size_reduce(b, d, lam, k, j)
        k += 1
    return b


def _orthogonalise(b: list[Vector], d: list[int], lam: list[Vector], k: int, gram: list[Vector] | None) -> None:
    """Fill d[k + 1] and row k of λ."""
    image = b[k] if gram is None else [dot(row, b[k]) for row in gram]
    for j in range(k + 1):
        u = dot(image, b[j])
        for i in range(j):
            u = (d[i + 1] * u - lam[k][i] * lam[j][i]) // d[i]
        if j < k:
            lam[k][j] = u
        else:
            d[k + 1] = u


def _size_reduce(b: list[Vector], d: list[int], lam: list[Vector], k: int, j: int) -> None:
    """Make |μ_kj| ≤ ½."""
    if 2 * abs(lam[k][j]) <= d[j + 1]:
        return
    q = nearest(lam[k][j], d[j + 1])
    subtract(b[k], q, b[j])
    lam[k][j] -= q * d[j + 1]
    for i in range(j):
        lam[k][i] -= q * lam[j][i]


def _swap(b: list[Vector], d: list[int], lam: list[Vector], k: int, known: int) -> None:
    """Exchange vectors k and k − 1."""
    b[k], b[k - 1] = b[k - 1], b[k]
    for j in range(k - 1):
        lam[k][j], lam[k - 1][j] = lam[k - 1][j], lam[k][j]
    mu = lam[k][k - 1]
    volume = (d[k - 1] * d[k + 1] + mu * mu) // d[k]
    for i in range(k + 1, known):
        t = lam[i][k]
        lam[i][k] = (d[k + 1] * lam[i][k - 1] - mu * t) // d[k]
        lam[i][k - 1] = (volume * t + mu * lam[i][k]) // d[k + 1]
    d[k] = volume


def rational_inverse(matrix: Sequence[Sequence[int | Fraction]]) -> list[list[Fraction]]:
    """Gauss–Jordan over the rationals; a Gram matrix needs no pivoting."""
    n = len(matrix)
    rows = [[*map(Fraction, row), *(Fraction(int(i == j)) for j in range(n))] for i, row in enumerate(matrix)]
    for i in range(n):
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for j in range(n):
            if j != i and rows[j][i]:
                rows[j] = [x - rows[j][i] * y for x, y in zip(rows[j], rows[i], strict=True)]
    return [row[n:] for row in rows]
