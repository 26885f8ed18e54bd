"""Compiled loops modulo a prime p < 2³¹: relations between two unknowns, sparse and dense elimination."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from weylspec.exact._loops import inverse

Ints = NDArray[np.int64]


@nb.njit(cache=True)
def root_of(parent: Ints, factor: Ints, i: int, p: int) -> int:
    """The root of unknown i; afterwards parent[i] is that root and x_i = factor[i]·x_root."""
    root, total = i, 1
    while parent[root] != root:
        total = total * factor[root] % p
        root = parent[root]
    while parent[i] != root and i != root:
        above, old = parent[i], factor[i]
        parent[i], factor[i] = root, total
        total = total * inverse(old, p) % p
        i = above
    return root


@nb.njit(cache=True)
def relate(parent: Ints, factor: Ints, dead: NDArray[np.bool_], first: Ints, second: Ints, ratio: Ints, p: int) -> None:
    """Impose x_first = ratio·x_second for every entry; x_first = 0 where second is negative.

    A loop whose ratios do not multiply to 1 kills its unknowns: dead at their root.
    """
    for t in range(len(first)):
        a = root_of(parent, factor, first[t], p)
        if second[t] < 0:
            dead[a] = True
            continue
        b = root_of(parent, factor, second[t], p)
        # x_first = left·x_a and ratio·x_second = right·x_b
        left = factor[first[t]] if first[t] != a else 1
        right = ratio[t] * (factor[second[t]] if second[t] != b else 1) % p
        if a != b:
            parent[a], factor[a] = b, right * inverse(left, p) % p
            dead[b] = dead[b] or dead[a]
        elif left != right:
            dead[a] = True


@nb.njit(cache=True)
def compress(parent: Ints, factor: Ints, p: int) -> None:
    """Make every parent a root: x_i = factor[i]·x_parent[i], with factor 1 at the roots."""
    for i in range(len(parent)):
        if root_of(parent, factor, i, p) == i:
            factor[i] = 1


@nb.njit(cache=True)
def _push(heap: Ints, size: int, value: int) -> int:
    heap[size] = value
    i = size
    while i > 0 and heap[(i - 1) // 2] > heap[i]:
        above = (i - 1) // 2
        heap[i], heap[above] = heap[above], heap[i]
        i = above
    return size + 1


@nb.njit(cache=True)
def _pop(heap: Ints, size: int) -> int:
    """Move the smallest value to the end of the heap; returns the new size."""
    size -= 1
    heap[0], heap[size] = heap[size], heap[0]
    i = 0
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[i] <= heap[child]:
            break
        heap[i], heap[child] = heap[child], heap[i]
        i = child
    return size


@nb.njit(cache=True)
def _reduce(
    columns: Ints, entries: Ints, pivot_of: Ints, column_of: Ints, u_ptr: Ints, u_index: Ints, u_value: Ints, p: int,
    work: Ints, seen: NDArray[np.bool_], support: Ints, heap: Ints,
) -> int:
    """Write a row into work and subtract pivot rows until it is 0 at all pivots.

    The columns that were touched are listed in support; returns their number. Pivot rows hold no column of an
    earlier pivot, so that ascending order meets each of them once.
    """
    size, waiting = 0, 0
    for e in range(len(columns)):
        c = columns[e]
        work[c], seen[c], support[size] = entries[e], True, c
        size += 1
        if pivot_of[c] >= 0:
            waiting = _push(heap, waiting, pivot_of[c])
    while waiting > 0:
        waiting = _pop(heap, waiting)
        k = heap[waiting]
        f = work[column_of[k]]
        if f == 0:
            continue
        work[column_of[k]] = 0
        for e in range(u_ptr[k], u_ptr[k + 1]):
            c = u_index[e]
            if not seen[c]:
                seen[c], support[size] = True, c
                size += 1
                if pivot_of[c] >= 0:
                    waiting = _push(heap, waiting, pivot_of[c])
            work[c] = (work[c] + (p - f) * u_value[e]) % p
    return size


@nb.njit(cache=True)
def _store(work: Ints, support: Ints, best: int, p: int, start: int, u_index: Ints, u_value: Ints) -> int:
    """Write the touched part of work, divided by its entry at ``best``, without that; returns where it ends."""
    end, scale = start, inverse(work[best], p)
    for c in support:
        if work[c] != 0 and c != best:
            u_index[end], u_value[end] = c, work[c] * scale % p
            end += 1
    return end


@nb.njit(cache=True)
def eliminate(
    indptr: Ints, indices: Ints, values: Ints, order: Ints, start: int, weight: Ints, p: int,
    pivot_of: Ints, column_of: Ints, u_ptr: Ints, u_index: Ints, u_value: Ints, found: Ints,
) -> int:
    """Reduce the rows ``order[start:]`` one after the other; what is left of a row becomes a pivot row.

    The pivot of a row is its column of least weight; pivot rows are stored with pivot 1, which is left out.
    ``found[0]`` counts them. Returns the number of rows done: less than all when u_index is too short for
    one more row, or every column has a pivot.
    """
    columns = len(pivot_of)
    work = np.zeros(columns, dtype=np.int64)
    seen = np.zeros(columns, dtype=np.bool_)
    support, heap = np.zeros(columns, dtype=np.int64), np.zeros(columns + 1, dtype=np.int64)
    for done in range(start, len(order)):
        rank = found[0]
        if rank == columns or u_ptr[rank] + columns > len(u_index):
            return done
        row = slice(indptr[order[done]], indptr[order[done] + 1])
        size = _reduce(indices[row], values[row], pivot_of, column_of, u_ptr, u_index, u_value, p, work, seen, support,
                       heap)
        best = -1
        for c in support[:size]:
            if work[c] != 0 and (best < 0 or weight[c] < weight[best]):
                best = c
        if best >= 0:
            u_ptr[rank + 1] = _store(work, support[:size], best, p, u_ptr[rank], u_index, u_value)
            pivot_of[best], column_of[rank] = rank, best
            found[0] = rank + 1
        for c in support[:size]:
            work[c], seen[c] = 0, False
    return len(order)


@nb.njit(cache=True)
def back_substitute(column_of: Ints, u_ptr: Ints, u_index: Ints, u_value: Ints, p: int, out: Ints) -> None:
    """Complete every row of out, set at the columns without a pivot, to a solution of the pivot rows."""
    for k in range(len(column_of) - 1, -1, -1):
        for i in range(len(out)):
            total = 0
            for e in range(u_ptr[k], u_ptr[k + 1]):
                total = (total + u_value[e] * out[i, u_index[e]]) % p
            out[i, column_of[k]] = (p - total) % p


@nb.njit(cache=True)
def pivots(a: Ints, p: int, rows: Ints, columns: Ints) -> int:
    """Positions of an invertible square block of full rank in a matrix of residues, which is overwritten.

    Returns the rank; the block's rows and columns, in the order of elimination, are at the start of the outputs.
    """
    order = np.arange(len(a))
    rank = 0
    for c in range(a.shape[1]):
        pivot = rank
        while pivot < len(a) and a[pivot, c] == 0:
            pivot += 1
        if pivot == len(a):
            continue
        order[pivot], order[rank] = order[rank], order[pivot]
        for j in range(c, a.shape[1]):
            a[pivot, j], a[rank, j] = a[rank, j], a[pivot, j]
        scale = inverse(a[rank, c], p)
        for i in range(rank + 1, len(a)):
            if a[i, c] != 0:
                f = p - a[i, c] * scale % p
                for j in range(c, a.shape[1]):
                    a[i, j] = (a[i, j] + f * a[rank, j]) % p
        rows[rank], columns[rank] = order[rank], c
        rank += 1
        if rank == len(a):
            break
    return rank


@nb.njit(cache=True)
def invert(a: Ints, p: int, out: Ints) -> None:
    """The inverse of a regular matrix of residues, which is overwritten (Gauss–Jordan)."""
    n = len(a)
    out[:] = 0
    for i in range(n):
        out[i, i] = 1
    for c in range(n):
        pivot = c
        while a[pivot, c] == 0:
            pivot += 1
        for j in range(n):
            a[pivot, j], a[c, j] = a[c, j], a[pivot, j]
            out[pivot, j], out[c, j] = out[c, j], out[pivot, j]
        scale = inverse(a[c, c], p)
        for j in range(n):
            a[c, j], out[c, j] = a[c, j] * scale % p, out[c, j] * scale % p
        for i in range(n):
            f = (p - a[i, c]) % p
            if i != c and f != 0:
                for j in range(n):
                    a[i, j] = (a[i, j] + f * a[c, j]) % p
                    out[i, j] = (out[i, j] + f * out[c, j]) % p
