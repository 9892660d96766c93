"""Code decides by ids, never by words: where every label of the records and every message is
nonsense, pages hold the same numbers, ids, links, colours and places, in the same order.
"""

import csv
import re
import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from shutil import copytree
from typing import Any

import pytest

from dashboard.charts.markup import Element
from dashboard.language import messages
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.text.counts import format_count
from dashboard.views.content import Picture
from dashboard.views.content.pages import make_content
from dashboard.views.content.slides import make_slides
from dashboard.views.view import open_view
from tests.conftest import ROOT, publish_folder

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")
FOLDERS = {"hand": ROOT / "tests" / "data", "shipped": ROOT / "data"}
LABELS = {
    "terms": ("label_en",),
    "organisations": ("name", "other_names"),
    "people": ("name", "job_title"),
    "person_aliases": ("alias",),
}
LINKS = (
    "/?year=2025",
    "/?year=all",
    "/events?year=2025",
    "/events?year=all&kind=keynote",
    "/events?month=2025-05&month=2025-06&role=keynote",
    "/map?year=all&size=participants&view=world",
    "/trainings?year=2025&by=level",
    "/trainings?year=all&by=discipline",
    "/trainings?year=all&by=format",
    "/trainings?year=all&by=pillar",
    "/projects?year=2025",
    "/projects?year=all",
    "/people?year=2025&by=role",
    "/people?year=all&by=month",
    "/people?year=all&by=line",
    "/people?year=all&by=country",
    "/review?year=2025&compare=2024",
    "/review?year=all",
)
SHIFTED = str.maketrans(
    string.ascii_letters,
    string.ascii_lowercase[1:] + "z" + string.ascii_uppercase[1:] + "Z",
)
DRAWN_TEXTS = {"text", "hovertext", "name", "ticktext"}
"""Parts of a figure that people read; everything else of it is compared as it is."""
WORDS = {
    *("title", "heading", "group", "note", "sentence", "categories", "text"),
    *("label", "qualifier", "trend", "name", "when", "place", "besides", "foot", "lead", "amounts"),
}
"""Fields that people read."""
TIMELINES = {"timeline", "at-a-glance"}
WIDE_AS_LETTERS = {"x", "y", "base", "width"}
"""How wide a label of a timeline is, and so where there is room for it, follows from its letters:
there, of what is drawn round labels, these are counted and not compared.
"""
ROOMS = {"--room", "--own-room"}
"""How much room names are given, by how wide they are."""
ON_A_TIMELINE = re.compile(r"\.timeline\.chart\.figure\.data\[\d+\]$")
ON_PAPER = ".timeline.chart.paper."
"""On a sheet, which is narrower, the row of a mark follows from its label as well, and with it the
order of marks, how high the drawing is, and where a label is cut.
"""


def nonsense(text: str) -> str:
    """Each letter by the next one: as long as before, and in the same order, so that nothing else
    has a reason to change.
    """
    return text.translate(SHIFTED)


class Nonsense:
    """A catalogue in which every message is nonsense around its named places."""

    def gettext(self, message: str) -> str:
        pieces = string.Formatter().parse(message)
        return "".join(
            nonsense(text) + (f"{{{name}{f':{form}' if form else ''}}}" if name else "")
            for text, name, form, _ in pieces
        )

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        assert context
        return self.gettext(message)


def speak_nonsense(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_catalogue", Nonsense)


@pytest.fixture(scope="module")
def renamed(tmp_path_factory):
    """The same records, every label of which is nonsense."""
    stores = {}
    for name, folder in FOLDERS.items():
        copied = copytree(folder, tmp_path_factory.mktemp(f"nonsense-{name}") / "data")
        for table, columns in LABELS.items():
            path = copied / f"{table}.csv"
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                for row in rows:
                    writer.writerow(row | {column: nonsense(row[column]) for column in columns})
        stores[name] = Store(tmp_path_factory.mktemp(f"nonsense-{name}-store"))
        publish_folder(stores[name], copied)
    return stores


def read(store: Store, link: str):
    view = open_view(store, SETTINGS, link, TODAY, role=Role.VIEWER)
    found = make_content(view)
    return found, make_slides(found), view.pairs()


def shape_of(text: str) -> str:
    """A text without its words: its numbers and signs, and how long each word is."""
    return re.sub(r"[^\W\d_]", "x", text)


def facts_of_element(element: Element, path: str) -> Iterator[tuple[str, Any]]:
    """Its texts are words, and nothing else of it is."""
    for nr, child in enumerate(element.children):
        yield from facts(child, f"{path}[{nr}]", words=isinstance(child, str))
    for name, of in element.attributes.items():
        yield from facts(of, f"{path}.{name}", words=name in ("aria-label", "title"))
    style = {name: of for name, of in element.style.items() if name not in ROOMS}
    yield path, (element.tag, element.css, element.act, style)


def is_wide_as_letters(path: str, trace: dict[str, Any], key: str) -> bool:
    """Tell whether these are the places of labels of a timeline, or of what is pressed there."""
    if not ON_A_TIMELINE.search(path) or key not in WIDE_AS_LETTERS:
        return False
    return isinstance(trace[key], list) and (trace["type"] == "bar" or trace["mode"] == "text")


def facts_of_parts(value: Any, path: str, *, words: bool) -> Iterator[tuple[str, Any]]:
    """The fields of what a page holds."""
    if isinstance(value, Picture) and value.key in TIMELINES:
        path += ".timeline"
    for field in fields(value):
        if field.name != "longer":
            of = getattr(value, field.name)
            yield from facts(of, f"{path}.{field.name}", words=words or field.name in WORDS)


def facts_of_dict(value: dict[str, Any], path: str, *, words: bool) -> Iterator[tuple[str, Any]]:
    """The parts of a figure, or the cells of a row."""
    row = re.search(r"\.(table|rows)\[\d+\]$", path)  # its keys are headings of columns
    for nr, (key, of) in enumerate(value.items()):
        if is_wide_as_letters(path, value, key):
            yield f"{path}.{key}", len(of)
        else:
            read = words or bool(row) or key in DRAWN_TEXTS
            yield from facts(of, f"{path}.{nr if row else key}", words=read)


def facts(value: Any, path: str = "", *, words: bool = False) -> Iterator[tuple[str, Any]]:
    """Everything that a page holds, by where it stands; of words only their shape."""
    if isinstance(value, Element):
        yield from facts_of_element(value, path)
    elif is_dataclass(value):
        yield from facts_of_parts(value, path, words=words)
    elif isinstance(value, dict):
        yield from facts_of_dict(value, path, words=words)
    elif ON_PAPER in path and path.endswith(".height"):
        yield path, value > 0
    elif ON_PAPER in path and isinstance(value, list):
        yield path, sorted(map(str, value)) if ".marker." in path else len(value)
    elif isinstance(value, list | tuple):
        pair = re.search(r"\.(lead|series|links)\[\d+\]$", path)  # what it is called, and the rest
        for nr, of in enumerate(value):
            yield from facts(of, f"{path}[{nr}]", words=words or bool(pair and not nr))
    elif isinstance(value, str) and words:
        yield path, shape_of(value)
    else:
        yield path, value


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("of", ["hand", pytest.param("shipped", marks=pytest.mark.long)])
def test_nothing_but_words_changes_where_every_label_and_message_is_nonsense(
    link, of, real, by_hand, renamed, monkeypatch
):
    said = read({"hand": by_hand, "shipped": Store(real.folder.parents[1])}[of], link)
    speak_nonsense(monkeypatch)
    now = read(renamed[of], link)
    assert dict(facts(now)) == dict(facts(said))
    assert now != said


def test_the_nonsense_reaches_what_is_read(renamed, real, monkeypatch):
    speak_nonsense(monkeypatch)
    assert format_count(3, "event") == "3 fwfout"
    found, _, _ = read(renamed["shipped"], "/projects?year=all")
    statuses = {row[nonsense("Status")] for row in found.picture("projects").chart.table}
    assert "Svoojoh" in statuses
    assert "Running" not in statuses
