"""docs/architecture.md names rooms, modules and functions: they are there, and in that order."""

import ast
import re
import tomllib

import pytest

from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
SOURCE = ROOT / "src" / "dashboard"
ROOMS = [
    re.findall(r"`(\w+)`", line.split("|")[1]) for line in TEXT.splitlines() if line[:3] == "| `"
]
NAME = re.compile(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`")
FILE_ENDINGS = ("py", "md", "sql", "toml")
NAMES = sorted({name for name in NAME.findall(TEXT) if name.rpartition(".")[2] not in FILE_ENDINGS})
LINKED = ["docs/architecture.md", "docs/glossary.md", "CONTRIBUTING.md", "README.md"]


def defined(body):
    """What statements define, by name: functions, classes, and what is assigned."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            if isinstance(target, ast.Name):
                yield target.id, node


def is_there(name):
    """Whether a dotted name is defined below dashboard; read, as an import would run the script."""
    folder, parts = SOURCE, name.split(".")
    while parts and (folder / parts[0]).is_dir():
        folder = folder / parts.pop(0)
    module = folder / "__init__.py"
    if parts and (folder / f"{parts[0]}.py").is_file():
        module = folder / f"{parts.pop(0)}.py"
    body = ast.parse(module.read_text("utf-8")).body
    for part in parts:
        found = dict(defined(body)).get(part)
        if found is None:
            return False
        body = getattr(found, "body", [])
    return True


def test_the_table_of_rooms_is_the_order_of_the_layers_that_the_imports_are_held_to():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(one for one in contracts["contracts"] if one["type"] == "layers")["layers"]
    listed = [room for row in ROOMS for room in row]
    rank = {room: at for at, layer in enumerate(layers) for room in layer.split(" | ")}
    assert sorted(listed) == sorted(rank)
    assert [rank[room] for room in listed] == sorted(rank.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_name_in_the_walk_through_is_there(name):
    assert is_there(name), name


def test_a_name_that_is_gone_would_be_noticed():
    assert len(NAMES) > 30
    assert not is_there("ui.state.no_such_function")
    assert not is_there("query.metrics.Metric.no_such_method")


@pytest.mark.parametrize("document", LINKED)
def test_every_link_within_the_repository_leads_somewhere(document):
    text = (ROOT / document).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert ((ROOT / document).parent / target).exists(), target


def test_every_path_that_contributing_names_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(
        r"`((?:src|tests|docs|pages|deploy|scripts|benchmarks|data)/[\w/.-]*)`", text
    )
    assert len(paths) > 10
    for path in paths:
        assert (ROOT / path).exists(), path
