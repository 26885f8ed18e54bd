"""Icospheres, and meshes read from OFF and OBJ files."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]


def icosahedron() -> tuple[FloatArray, IndexArray]:
    """The regular icosahedron on the unit sphere: cyclic permutations of (0, ±1, ±φ), outward faces."""
    golden = (1 + math.sqrt(5)) / 2
    corners = np.array([[0.0, s, t * golden] for s in (1, -1) for t in (1, -1)])
    vertices = np.concatenate([np.roll(corners, shift, axis=1) for shift in range(3)])
    near = np.abs(np.linalg.norm(vertices[:, None] - vertices[None], axis=2) - 2) < 1e-9  # the side is 2
    faces = [
        (i, j, k) for i in range(12) for j in range(i) for k in range(j) if near[i, j] and near[j, k] and near[k, i]
    ]
    outward = [f if np.linalg.det(vertices[list(f)]) > 0 else f[::-1] for f in faces]
    return vertices / np.linalg.norm(vertices[0]), np.array(outward, dtype=np.int64)


def refined(vertices: FloatArray, faces: IndexArray) -> tuple[FloatArray, IndexArray]:
    """Each triangle of a mesh of the unit sphere split into four, midpoints pushed out to the sphere."""
    from weylspec.spaces._mesh_topology import Topology

    topology = Topology.of(len(vertices), faces)
    middles = vertices[topology.edges].sum(axis=1)
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    opposite = topology.face_edges + len(vertices)
    corners = [np.stack([faces[:, i], opposite[:, (i + 2) % 3], opposite[:, (i + 1) % 3]], axis=1) for i in range(3)]
    return np.concatenate([vertices, middles]), np.concatenate([*corners, opposite])


def read(path: str | Path) -> tuple[FloatArray, IndexArray]:
    """Vertices and triangles of an OFF or OBJ file."""
    file = Path(path)
    readers = {".off": _read_off, ".obj": _read_obj}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise WeylspecError(f"{file.name}: only .off and .obj meshes are read; convert the file to one of them")
    try:
        vertices, faces = reader(file.read_text(encoding="utf-8"))
    except (ValueError, IndexError, StopIteration) as error:
        why = str(error) or "it ends too early"
        raise WeylspecError(f"{file.name} is not a well-formed {file.suffix} file: {why}") from error
    for row, face in enumerate(faces):
        if len(face) != 3:
            raise WeylspecError(f"{file.name}: face {row} has {len(face)} corners; split polygons into triangles")
    return np.array(vertices, dtype=np.float64).reshape(-1, 3), np.array(faces, dtype=np.int64).reshape(-1, 3)


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        words = line.split("#", 1)[0].split()
        if words:
            yield words


def _read_off(text: str) -> tuple[list[list[float]], list[list[int]]]:
    lines = _lines(text)
    head = next(lines)
    if head[0].upper() != "OFF":
        raise WeylspecError(f"the first word is {head[0]!r}, not OFF")
    counts = head[1:] or next(lines)
    vertices = [[float(word) for word in next(lines)[:3]] for _ in range(int(counts[0]))]
    faces = []
    for _ in range(int(counts[1])):
        words = next(lines)
        faces.append([int(word) for word in words[1: 1 + int(words[0])]])
    return vertices, faces


def _read_obj(text: str) -> tuple[list[list[float]], list[list[int]]]:
    vertices: list[list[float]] = []
    faces: list[list[int]] = []
    for words in _lines(text):
        if words[0] == "v":
            vertices.append([float(word) for word in words[1:4]])
        elif words[0] == "f":
            # 1-based; negative numbers count back from the last vertex read; "7/1/3" carries texture and normal
            corners = [int(word.split("/", 1)[0]) for word in words[1:]]
            if 0 in corners:
                raise WeylspecError("a face names vertex 0; OBJ counts from 1")
            faces.append([i - 1 if i > 0 else len(vertices) + i for i in corners])
    return vertices, faces
