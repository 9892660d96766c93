"""Titles and texts of records on pages in two languages: each in the reader's where the record has one,
and marked with its own where it has none.
"""

from datetime import date

import pytest

from dashboard.charts.markup import Element
from dashboard.charts.project_cards import name_project
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.ui.spreads import build_report
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept, replace_in, served_already

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")
TRANSLATED = {"AI Community Symposium": "Symposium van de AI-gemeenschap"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The records that ship, where an event has a Dutch title and one text stands in one language only."""
    folder = tmp_path_factory.mktemp("records")
    for path in (ROOT / "data").glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / "events.csv").read_text("utf-8")
    header, *rows = text.splitlines()
    for english, dutch in TRANSLATED.items():
        rows = [f"{row},{dutch if f',{english},' in row else ''}" for row in rows]
    (folder / "events.csv").write_text("\n".join([f"{header},title_nl", *rows, ""]), "utf-8")
    replace_in(folder, "texts", ",Van model naar praktijk,", ",,")
    found = Store(tmp_path_factory.mktemp("store"))
    served_already(found, folder)
    return found


@pytest.fixture(scope="module")
def see(store):
    answers = Kept()

    def look(link, language):
        with speaking(language):
            view = open_view(store, SETTINGS, link, TODAY, answers=answers, role=Role.VIEWER)
            content = make_content(view)
            return content, build_report(content) if view.page == "review" else None

    return look


def walk(element):
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from walk(child)


def read_marks(content, *more):
    """What stands in a language of its own, by its text."""
    elements = [
        *content.blocks.values(),
        *(picture.chart.markup for picture in content.pictures),
        *more,
    ]
    found = (node for element in elements if element for node in walk(element))
    return {node.text: node.attributes["lang"] for node in found if "lang" in node.attributes}


def test_a_title_without_a_dutch_one_is_marked_on_a_dutch_page_and_alone(see):
    marks = read_marks(see("/events?year=2025", "nl")[0])
    assert marks["AI in Medical Imaging"] == "en"
    assert marks["DASH Connect (first of two)"] == "en"
    assert set(marks.values()) == {"en"}
    assert not [text for text in marks if "Zpannend Zernike" in text]


def test_on_an_english_page_nothing_is_marked_but_a_title_in_another_language(see):
    assert read_marks(see("/events?year=2025", "en")[0]) == {"Zpannend Zernike": "nl"}


def test_an_event_with_a_dutch_title_is_called_by_it_on_a_dutch_page_only(see):
    for language, title in (
        ("nl", "Symposium van de AI-gemeenschap"),
        ("en", "AI Community Symposium"),
    ):
        content, _report = see("/events?year=2025", language)
        assert title in content.blocks["agenda"].text
        assert title in [line.text for section in content.sections for line in section.lines]
        assert title in [cell for row in content.sheets[0].rows for cell in row.values()]
        assert title not in read_marks(content)
        chips = content.blocks["undated"].find("year-chip")
        assert title in [chip.attributes["title"] for chip in chips]


@pytest.mark.parametrize(
    ("link", "marked"),
    [
        ("/projects?year=2025", "Dutch AI Factory"),
        ("/trainings?year=2025", "Technology in Healthcare: eHealth from Concept to Care"),
        ("/map?year=2025", "AI in Medical Imaging"),
        ("/?year=2025", "Digital Healthcare Cafés"),
        ("/review?year=2025", "Smart Care Relay"),
    ],
)
def test_on_every_page_the_titles_are_marked_in_dutch_and_not_in_english(see, link, marked):
    content, report = see(link, "nl")
    assert read_marks(content, report)[marked] == "en"
    content, report = see(link, "en")
    assert set(read_marks(content, report).values()) <= {"nl"}


def test_audiences_are_dutch_and_what_a_training_held_is_marked(see):
    content, _report = see("/trainings?year=2025", "nl")
    cohorts = content.picture("cohorts").chart
    assert "Eerstejaars geneeskunde" in [row["Cohort"] for row in cohorts.table]
    (first,) = [
        row
        for row in cohorts.markup.find("cohort")
        if row.find("cohort-name")[0].text == "Eerstejaars geneeskunde"
    ]
    assert not first.find("cohort-name")[0].attributes.get("lang")
    (parts,) = first.find("cohort-parts")
    assert [child.attributes for child in parts.children] == [{"lang": "en"}]
    assert "eerstejaars geneeskunde" in content.finding


def test_the_texts_of_a_year_are_dutch_and_what_stands_in_one_language_is_marked(see):
    content, report = see("/review?year=2025", "nl")
    research, education, *_others = content.spreads
    assert (education.title, education.title_lang) == ("Van eerste jaar tot promotie", "")
    assert (research.title, research.title_lang) == ("From model to practice", "en")
    assert research.text.startswith("Het jaar draaide van modellen maken")
    assert read_marks(content, report)["From model to practice"] == "en"
    assert report.find("review-lead")[0].text.startswith("Het programma 2022–2025 liep af")
    assert not report.find("review-lead")[0].attributes


def test_a_result_has_a_dutch_note_beside_its_marked_title(see):
    content, _report = see("/?year=2025", "nl")
    results = content.blocks["results"].find("outcome-words")
    notes = [node for result in results for node in result.find("outcome-note")]
    assert "afgerond" in [note.text for note in notes]
    assert not [note for note in notes if note.attributes.get("lang")]
    assert not [result for result in results if result.attributes.get("lang")]


def test_a_project_is_called_by_its_dutch_title_where_the_source_gives_one():
    project = {"title": "Synthetic data", "title_nl": "Synthetische data", "short_title": None}
    assert name_project(project) == "Synthetic data"
    with speaking("nl"):
        assert name_project(project) == "Synthetische data"
