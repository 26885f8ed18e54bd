"""Groups from files: what is read, what is refused, and how."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from weylspec.errors import ExpressionError, WeylspecError
from weylspec.expressions import read_space
from weylspec.group_files import read_group_file
from weylspec.groups.lie_group import LieGroup

QUARTER_TURN = [[0, -1], [1, 0]]


def _write(path, content):
    path.write_text(json.dumps(content))
    return path


def test_linear_generators_from_json_and_npy(tmp_path):
    written = _write(tmp_path / "g.json", {"kind": "linear", "generators": [QUARTER_TURN]})
    assert read_group_file(written).order == 4
    stack, single = tmp_path / "g.npy", tmp_path / "one.npy"
    np.save(stack, np.array([QUARTER_TURN, [[1, 0], [0, -1]]]))
    np.save(single, np.array(QUARTER_TURN, dtype=float))
    assert read_group_file(stack).order == 8
    assert read_group_file(str(single)).order == 4


def test_affine_generators_from_json(tmp_path):
    klein = {"kind": "affine", "generators": [{"A": [[1, 0], [0, -1]], "b": ["1/2", 0]}]}
    bottle = read_space("Torus(2)") / read_group_file(_write(tmp_path / "klein.json", klein))
    assert bottle.spectrum(cutoff=10).multiplicities.tolist() == [1, 1, 2, 3, 4, 2, 1, 4]  # theory 2.5
    rotor = {"kind": "affine", "generators": [[[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]], [0] * 4]],
             "translations": [[1, 0, 1, 0], [0, 1, 0, 1]]}
    clouds = read_space("Torus(4)") / read_group_file(_write(tmp_path / "rotor.json", rotor))
    assert [clouds.count(lam) for lam in (5, 25, 100)] == [3, 10, 41]  # theory 9.4, table A


def test_permutations_from_json_act_as_images_say(tmp_path):
    group = read_group_file(_write(tmp_path / "p.json", {"kind": "permutation", "generators": [[1, 2, 0]]}))
    assert group.order == 3
    (matrix,) = group.generators
    assert (matrix @ [10.0, 20.0, 30.0]).tolist() == [30.0, 10.0, 20.0]  # position 0 goes to position 1


def test_velocities_from_json(tmp_path):
    circle = _write(tmp_path / "c.json", {"kind": "algebra", "generators": [QUARTER_TURN], "copies": 2})
    assert (read_space("Sphere(3)") / read_group_file(circle)).spectrum(num=9).multiplicities.tolist() == [1, 3, 5]
    plane = _write(tmp_path / "o.json", {"kind": "algebra", "generators": [[[0, "-1/2"], ["1/2", 0]]],
                                         "components": [[[1, 0], [0, -1]]]})
    assert isinstance(read_group_file(plane), LieGroup)
    assert len(list(read_group_file(plane).natural().cosets())) == 2


FILES = [
    ({"kind": "linear"}, "the field 'generators' must be a list"),
    ({"generators": [QUARTER_TURN]}, "the field 'kind' is None; it must be one of linear, affine, permutation"),
    ({"kind": "lie", "generators": [QUARTER_TURN]}, "the field 'kind' is 'lie'"),
    ({"kind": "linear", "generator": [QUARTER_TURN]}, "did you mean generators?"),
    ({"kind": "linear", "generators": [QUARTER_TURN], "translations": [[1, 0]]}, "belongs to the kind 'affine'"),
    ({"kind": "linear", "generators": [QUARTER_TURN], "components": []}, "belongs to the kind 'algebra'"),
    ({"kind": "affine", "generators": [QUARTER_TURN], "copies": 2}, "belongs to the kind 'linear' or"),
    ({"kind": "algebra", "generators": [QUARTER_TURN], "copies": 0}, "the number of copies must be at least 1"),
    ({"kind": "algebra", "generators": [[[1, 0], [0, 1]]]}, "generator 0 is not skew"),
    ({"kind": "algebra", "generators": [QUARTER_TURN], "components": [[[1, 1], [0, 1]]]}, "not orthogonal"),
    ({"kind": "algebra", "generators": [[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1.4142135623730951],
                                         [0, 0, 1.4142135623730951, 0]]]}, "torus of dimension 2"),
    ({"kind": ["linear"], "generators": [QUARTER_TURN]}, "must be one of linear, affine, permutation, algebra"),
    ({"kind": "permutation", "generators": [[1, 2, 3]]}, "PermutationGroup is not a permutation of 0, …, n − 1"),
    ({"kind": "permutation", "generators": [["a", 1]]}, "is neither a list of images nor a list of cycles"),
    ({"kind": "affine", "generators": [[[[1]], [0], 1]]}, "generator 0 has 3 parts"),
    ({"kind": "affine", "generators": [{"A": [[1]]}]}, "KeyError('b')"),
    ({"kind": "linear", "generators": [[[1, 1], [0, 1]]]}, "orthogonal"),
    ({"kind": "linear", "generators": [[[1, {}], [0, 1]]]}, "g.json"),
    ([QUARTER_TURN], "must hold an object"),
]


@pytest.mark.parametrize(("content", "words"), FILES)
def test_errors_name_the_file_the_field_and_the_remedy(tmp_path, content, words):
    path = _write(tmp_path / "g.json", content)
    with pytest.raises(WeylspecError, match=re.escape(words)) as caught:
        read_group_file(path)
    assert str(path) in str(caught.value)


def test_files_that_are_no_group_files(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    with pytest.raises(ExpressionError, match=re.escape("broken.json is not a readable .json file")):
        read_group_file(broken)
    pickled = tmp_path / "pickled.npy"
    np.save(pickled, np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ExpressionError, match=r"is not a readable \.npy file"):
        read_group_file(pickled)
    flat = tmp_path / "flat.npy"
    np.save(flat, np.arange(3))
    with pytest.raises(ExpressionError, match=re.escape("a stack of shape (k, n, n)")):
        read_group_file(flat)
    with pytest.raises(ExpressionError, match=re.escape("from a .json or .npy file, not from '.txt'")):
        read_group_file(tmp_path / "g.txt")
    with pytest.raises(OSError, match=r"missing\.json"):
        read_group_file(tmp_path / "missing.json")
