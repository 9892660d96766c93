"""docs/threat-model.md names functions and tests: they are there."""

import pkgutil
import re

import pytest

from tests.conftest import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in (ROOT / "docs" / "threat-model.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| Who, ", "|---"))
]
FUNCTION = re.compile(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`")
TEST = re.compile(r"`(tests/[a-z_/]+\.py)(?:::(test_\w+))?`")


def found(name):
    """What is called so, below dashboard: a function, a class, or a method of something in a
    module.
    """
    return pkgutil.resolve_name(f"dashboard.{name}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_every_threat_has_a_function_that_stops_it_and_a_test_that_proves_it(row):
    _, _, stopped, proved = row
    functions, tests = FUNCTION.findall(stopped), TEST.findall(proved)
    assert functions
    assert tests
    assert all(callable(found(name)) for name in functions)
    for file, test in tests:
        assert (
            f"def {test}(" in (ROOT / file).read_text("utf-8") if test else (ROOT / file).is_file()
        ), (file, test)


def test_there_is_one_list_of_threats():
    assert len(ROWS) > 12
    security = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "docs/threat-model.md" in security
    assert "| Who | Wants |" not in security
