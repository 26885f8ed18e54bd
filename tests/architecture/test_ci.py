"""The gates of .ci that read the README can fail."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "readme.py"
TEXT = """
<!-- test command -->

```sh
one && two
three
```

```python
>>> 1 + 1
2
```

```python
>>> print("a", _)
a 3
```
"""


@pytest.fixture(scope="module")
def readme():
    spec = importlib.util.spec_from_file_location("readme_gate", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_is_taken_to_the_letter(readme):
    assert readme.command(TEXT, "test") == "one && two\nthree"


def test_a_missing_command_or_example_is_an_error(readme):
    with pytest.raises(SystemExit, match="gallery command"):
        readme.command(TEXT, "gallery")
    with pytest.raises(SystemExit, match="no fenced Python block"):
        readme.run_examples("no example here")


def test_an_example_with_another_output_fails(readme, capsys):
    assert readme.run_examples(TEXT.replace("_)", "2)").replace("a 3", "a 2")) == 0
    assert readme.run_examples(TEXT.replace("_)", "2)")) == 1
    assert "Expected:\n    a 3" in capsys.readouterr().out
