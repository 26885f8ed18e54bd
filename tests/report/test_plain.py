"""Answers as what JSON can hold."""

import json

import numpy as np

from weylspec.report.plain import plain


def test_plain_answers_are_json():
    value = {"a": np.arange(2), "b": np.float64("inf"), "c": (np.int64(3), None, True), 4: 10**40}
    assert json.loads(json.dumps(plain(value))) == {"a": [0, 1], "b": "infinity", "c": [3, None, True], "4": 10**40}
