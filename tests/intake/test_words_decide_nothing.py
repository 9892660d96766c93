"""The texts of problems are for people only: with nonsense in their place the intake decides the same.

Joining, grouping, the questions that are asked and what could be published follow from codes.
"""

import gettext
from itertools import count

import pytest

from dashboard.intake.groups import group_problems
from dashboard.intake.problems import Problem
from dashboard.language import messages
from dashboard.publishing.delivery import list_unknown_names
from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.intake.corpus.run import offered
from tests.intake.test_corpus import ALL, CLEAN

BY_KIND = {defect.kind: defect for defect in ALL}
NUMBERS = count()
NONSENSE = {
    "one text for all": lambda: "blah",
    "a text for each": lambda: f"blah {next(NUMBERS)}",
}
PEOPLE_AND_PLACES = (
    b"event_id,title,start_date,status,place_id\n"
    b"a,A,2025-05-01,held,Nowhere Hall\nb,B,2025-05-02,held,Nowhere Hall\nc,C,3-4-26,held,\n"
)
SPEAKERS = b"event_id,person_id,role,nr\na,Nobody Known,contribution,1\n"


class Nonsense(gettext.NullTranslations):
    """A catalogue in which every message is nonsense."""

    def __init__(self, text):
        super().__init__()
        self.text = text

    def gettext(self, message):
        return self.text()

    def ngettext(self, msgid1, msgid2, n):
        return self.text()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The records that ship, served; nothing is published into it."""
    found = Store(tmp_path_factory.mktemp("words"))
    served_already(found, ROOT / "data")
    return found


def garble(monkeypatch, text):
    """Put nonsense in place of every message, and of the texts of every problem."""
    monkeypatch.setattr(messages, "_catalogue", lambda: Nonsense(text))
    make = Problem.__init__

    def make_garbled(self, *args, **fields):
        make(self, *args, **fields)
        object.__setattr__(self, "said", text())
        object.__setattr__(self, "mend", text())

    monkeypatch.setattr(Problem, "__init__", make_garbled)


def _place(problem):
    return (problem.file, problem.sheet, problem.row, problem.column, problem.header)


def _decisions(checked):
    """All that follows from a delivery but its words."""
    said = [*checked.problems, *checked.notes]
    records = checked.candidate and checked.candidate.version.records
    return {
        "problems": [(_place(p), p.value, p.code, p.variant, p.rows) for p in said],
        "groups": [
            (g.where, g.code, g.column, g.rows, g.values, [p.row for p in g.examples])
            for g in (*group_problems(checked.problems), *group_problems(checked.notes))
        ],
        "people": list_unknown_names(said, "people"),
        "places": list_unknown_names(said, "places"),
        "joined": records and {path.name: path.read_bytes() for path in records.glob("*.csv")},
    }


def _assert_the_same(store, files, monkeypatch, text):
    told = offered(store, files)
    before = _decisions(told)
    assert all(p.code for p in (*told.problems, *told.notes))
    garble(monkeypatch, text)
    garbled = offered(store, files)
    assert _decisions(garbled) == before
    assert all("blah" in f"{p}" for p in (*garbled.problems, *garbled.notes))
    return told


@pytest.mark.matrix(2)
@pytest.mark.parametrize("text", NONSENSE)
@pytest.mark.parametrize("kind", BY_KIND)
def test_a_defect_is_told_and_grouped_alike_whatever_its_words(store, kind, text, monkeypatch):
    _assert_the_same(store, dict(BY_KIND[kind].files), monkeypatch, NONSENSE[text])


@pytest.mark.matrix(1)
@pytest.mark.parametrize("text", NONSENSE)
def test_unknown_names_and_doubtful_dates_are_asked_alike_whatever_the_words(
    store, text, monkeypatch
):
    files = {"events.csv": PEOPLE_AND_PLACES, "event_people.csv": SPEAKERS}
    told = _assert_the_same(store, files, monkeypatch, NONSENSE[text])
    assert list_unknown_names(told.problems, "people") == ["Nobody Known"]
    assert list_unknown_names(told.problems, "places") == ["Nowhere Hall"]


@pytest.mark.matrix(1)
@pytest.mark.parametrize("text", NONSENSE)
@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_file_joins_alike_whatever_the_words(store, name, text, monkeypatch):
    told = _assert_the_same(store, dict(CLEAN[name].files), monkeypatch, NONSENSE[text])
    assert told.candidate is not None


def test_problems_of_one_code_are_one_group_and_of_two_codes_two_whatever_they_say():
    one = Problem("a.csv", 2, "kind", "x", "blah", "blah", code="unknown-term")
    other = Problem("a.csv", 3, "kind", "x", "bleh", "bleh", code="unknown-term")
    third = Problem("a.csv", 4, "kind", "x", "blah", "blah", code="empty")
    assert [(g.code, g.rows) for g in group_problems([one, other, third])] == [
        ("unknown-term", 2),
        ("empty", 1),
    ]
