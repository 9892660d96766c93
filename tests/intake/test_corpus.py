"""Every defect of the corpus is named where it is; files without one are published."""

import csv
import re
import shutil
from decimal import Decimal

import pytest

from dashboard.cli import main
from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.intake.corpus.bases import BASES, right
from tests.intake.corpus.clean import clean
from tests.intake.corpus.defects import defects
from tests.intake.corpus.forms import FORMS, delivered, written
from tests.intake.corpus.run import RIGHT, offered, outcome

ALL, WITHOUT = list(defects()), list(clean())
DEFECTS = {defect.id: defect for defect in ALL}
CLEAN = {one.id: one for one in WITHOUT}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The records that ship, served; nothing is published into it."""
    found = Store(tmp_path_factory.mktemp("corpus"))
    served_already(found, ROOT / "data")
    return found


def test_the_corpus_has_more_than_a_hundred_and_fifty_defects_and_twenty_clean_files():
    assert len(DEFECTS) == len(ALL) >= 150
    assert len(CLEAN) == len(WITHOUT) >= 20


@pytest.mark.matrix(8)
@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_named_with_its_row_and_column(store, name):
    found, said = outcome(store, DEFECTS[name])
    assert found == RIGHT, said


@pytest.mark.matrix(1)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", BASES)
def test_the_same_file_without_the_defect_is_accepted(store, table, form):
    tables = ("targets", table) if table == "deviations" else (table,)
    checked = offered(
        store, dict(delivered(one, written(one, right(one), form, {}), form) for one in tables)
    )
    assert not checked.problems
    assert checked.candidate is not None


def _value(cell):
    """An amount is a number, however many decimals are written."""
    return Decimal(cell) if re.fullmatch(r"\d+(\.\d+)?", cell) else cell


@pytest.mark.matrix(1)
@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_file_is_published_without_a_question(store, name, tmp_path, capsys):
    own = shutil.copytree(store.root, tmp_path / "store")
    paths = [tmp_path / file for file in CLEAN[name].files]
    for path in paths:
        path.write_bytes(CLEAN[name].files[path.name])
    files, at = [str(path) for path in paths], ["--store", str(own)]
    done = main([*at, "publish", *files, "--merge", "--message", "corpus", "--author", "corpus"])
    assert done == 0, capsys.readouterr()
    assert main([*at, "export", "current", str(tmp_path / "served")]) == 0
    for table, row, column, value in CLEAN[name].expected:
        with (tmp_path / "served" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            found = [line[column] for line in csv.DictReader(file) if row.items() <= line.items()]
        assert [*map(_value, found)] == [_value(value)], f"{table} {row} {column}"
