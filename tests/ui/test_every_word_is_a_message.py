"""Every word of ours is a message: on records without a Latin letter, in a language that puts every
message in brackets, no Latin word stands outside them, on pages, panels, slides and in files.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.export.deck import build_deck
from dashboard.export.pptx.notes import LINES
from dashboard.export.view_export import Export
from dashboard.export.word.document import build_document
from dashboard.export.workbook import build_workbook
from dashboard.language.messages import PSEUDO, PSEUDO_VARIABLE, speaking
from dashboard.model import settings
from dashboard.model.filters import FILTER_NAMES
from dashboard.model.roles import Role
from dashboard.query.metrics import METRICS
from dashboard.schema.contract import tables
from dashboard.store import Store
from dashboard.ui import caches
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view
from tests.conftest import ROOT, publish_folder
from tests.support.greek_records import make_greek, write_greek
from tests.support.page_parts import charts, iterate_nodes

MESSAGE = re.compile(r"⟦[^⟦⟧]*⟧")
CODE = re.compile(
    r"https?://\S+|[0-9a-f]{16}|\b(?-i:[A-Z]{2})\b|\b\w+=\S+|\b[a-z0-9]+(?:[_.-][a-z0-9]+)+\b|:material/\w+:|\*\*|:[a-z]+\[",
    re.IGNORECASE,
)
"""Addresses, ids, codes of countries, names of files, columns and icons are no words."""
WORD = re.compile(r"[A-Za-z]{2,}")
NAMES = {"NL", "EN", "English", "Nederlands", "PNG", "SVG", "DOI", "ROR", "ORCID", "CSV", "JSON"}
CODES = frozenset(
    {*METRICS, *FILTER_NAMES, *tables(), *(c.name for t in tables().values() for c in t.columns)}
)
"""Names of tables, columns, metrics and parameters: on the pages of Data and in notices of links."""
WITH_CODES = {"records", "publish", "definitions", "sources", "to do", "what is not understood"}
DOCUMENTS = "\n".join(file.read_text("utf-8") for file in (ROOT / "docs").glob("*.md"))
"""Their Dutch is another file."""
READ_ATTRIBUTES = ("aria-label", "title", "placeholder")
READ_OF_FIGURES = {"text", "hovertext", "hovertemplate", "name", "ticktext", "title"}
PAGES = {
    "overview": {"year": "2025"},
    "events": {"year": "2025"},
    "map": {"year": "2025", "size": "participants", "view": "world"},
    "trainings": {"year": "2025", "by": "level"},
    "projects": {"year": "2025"},
    "people": {"year": "2025", "by": "month"},
    "review": {"year": "2025", "compare": "2024"},
    "changes": {"year": "2025", "since": "2025-01-01"},
    "records": {"tab": "tables", "table": "events"},
    "about": {},
    "meetings": {},
    "publish": {},
}
MORE = {
    "another selection": ("events", {"month": "2025-05", "role": "keynote"}),
    "nothing": ("events", {"year": "1999"}),
    "a number": ("overview", {"year": "2025", "why": "training_participants"}),
    "another number": ("events", {"year": "2025", "why": "contributions"}),
    "an event": ("events", {"event": "ai-in-healthcare-much-ado-about-nothing"}),
    "a project": ("projects", {"project": "dutch-ai-factory"}),
    "a person": ("people", {"person": "job-doornberg"}),
    "definitions": ("records", {"tab": "definitions"}),
    "sources": ("records", {"tab": "sources"}),
    "to do": ("records", {"tab": "todo"}),
    "a search": ("records", {"find": "ααα"}),
    "what is not understood": ("events", {"month": "2025-13", "speaker": "nobody-at-all"}),
}


@pytest.fixture(scope="module")
def greek(tmp_path_factory):
    """The shipped records in Greek letters, served, with settings that name the programme so."""
    home = tmp_path_factory.mktemp("greek")
    make_greek(ROOT / "data", home / "data")
    chosen = (ROOT / "data" / "settings.toml").read_text("utf-8")
    for name in ("Data Science Center in Health", "DASH", "UMCG"):
        chosen = chosen.replace(f'"{name}"', f'"{write_greek(name)}"')
    (home / "data" / "settings.toml").write_text(chosen, "utf-8")
    store = Store(home / "store")
    publish_folder(store, home / "data")
    return home


@pytest.fixture
def opened(greek, tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_HOME", str(greek))
    monkeypatch.setenv("DASHBOARD_STORE", str(greek / "store"))
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))
    monkeypatch.setenv(PSEUDO_VARIABLE, "1")
    caches.clear()

    def open_(page, asked=None, **query):
        test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
        for name, value in {**query, "lang": PSEUDO}.items():
            test.query_params[name] = value
        test.switch_page(f"../../../pages/{page}.py")
        if asked:
            test.session_state["asked_for"] = asked
        test.run()
        assert not test.exception
        return test

    yield open_
    caches.clear()


def find_words(text: str) -> list[str]:
    """The Latin words of a text that stand in no message and are no code."""
    rest = text
    while rest != (rest := MESSAGE.sub(" ", rest)):
        pass
    return [word for word in WORD.findall(CODE.sub(" ", rest)) if word not in NAMES]


def list_texts(test: AppTest) -> Iterator[str]:
    """What a page says: its elements, their attributes, its charts, and Streamlit's elements."""
    for node in iterate_nodes(test):
        own = [child for child in node[3:] if isinstance(child, str)]
        yield from (" ".join(own), *(node[2].get(name, "") for name in READ_ATTRIBUTES))
    for chart in charts(test).values():
        yield chart["sentence"]
        yield from chart["tools"]
        for drawing in ("wide", "narrow", "paper"):
            if chart[drawing]:
                yield from _texts_of_figure(chart[drawing]["figure"])
    for block in (test.main, test.sidebar):
        yield from _texts_of_streamlit(block)


def _texts_of_figure(node: object, name: str = "") -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _texts_of_figure(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from _texts_of_figure(value, name)
    elif isinstance(node, str) and name in READ_OF_FIGURES:
        yield html.unescape(re.sub(r"<[^>]*>|%\{[^}]*\}", " ", node))


def _texts_of_streamlit(block: object) -> Iterator[str]:
    for child in getattr(block, "children", {}).values():
        proto = getattr(child, "proto", None)
        if getattr(child, "type", "") != "bidi_component":
            for name in ("label", "body", "placeholder", "help", "value", "text"):
                said = getattr(proto, name, "")
                if isinstance(said, str):
                    yield re.sub(r"<[^>]*>", " ", said)
            yield from (one for one in getattr(proto, "options", ()) if isinstance(one, str))
        yield from _texts_of_streamlit(child)


def check(test: AppTest, what: str = "") -> None:
    codes = CODES if what in WITH_CODES else frozenset()
    found = {text: set(find_words(text)) - codes for text in list_texts(test)}
    assert [text for text, words in found.items() if words and not _is_of_docs(text)] == []


def _is_of_docs(text: str) -> bool:
    return text.strip()[:60] in DOCUMENTS


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_a_page_stands_outside_a_message(opened, page):
    check(opened(page, **PAGES[page]), page)


@pytest.mark.parametrize("what", MORE)
def test_no_word_of_a_panel_or_a_notice_stands_outside_a_message(opened, what):
    page, query = MORE[what]
    check(opened(page, **query), what)


@pytest.mark.parametrize("asked", [("share", ""), ("take", "")])
def test_no_word_of_a_dialog_stands_outside_a_message(opened, asked):
    check(opened("events", asked=asked, year="2025"))


def test_no_word_of_the_slides_stands_outside_a_message(opened):
    check(opened("overview", year="2025", present="true"))


TEXT_IN_XML = re.compile(r"<(?:[aw]:)?t(?: [^>]*)?>([^<]*)</|(?:descr|title)=\"([^\"]*)\"")


def _texts_of_file(data: bytes) -> Iterator[str]:
    """The texts of a presentation, document or workbook, and what is said of its drawings."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith(".xml") and not re.search(
                "layout|master|theme|docProps", name, re.IGNORECASE
            ):
                for found in TEXT_IN_XML.finditer(package.read(name).decode("utf-8")):
                    yield html.unescape(found[1] or found[2] or "")


def _leave_out(text: str, known: set[str]) -> str:
    """Leave out the lines by which our part of the notes of a slide is known again."""
    for line in known:
        text = text.replace(line, "")
    return text


def build_deck_of_one(shown):
    return build_deck([shown])


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("link", "build"),
    [
        ("/?year=2025", build_deck_of_one),
        ("/events?year=2025", build_deck_of_one),
        ("/projects?year=2025", build_deck_of_one),
        ("/review?year=2025", build_document),
        ("/trainings?year=2025", build_workbook),
        ("/map?year=2025", build_workbook),
    ],
)
def test_no_word_of_a_file_stands_outside_a_message(greek, link, build):
    with speaking(PSEUDO):
        view = open_view(
            Store(greek / "store"),
            settings.load(greek / "data"),
            link,
            date(2026, 1, 20),
            role=Role.VIEWER,
        )
        data = build(Export(view, make_content(view), f"https://example.org{link}", ""))
    known = {line for language in LINES.values() for line in language}
    texts = (_leave_out(text, known) for text in _texts_of_file(data))
    found = {text: set(find_words(text)) - CODES for text in texts}
    assert [text for text, words in found.items() if words] == []
