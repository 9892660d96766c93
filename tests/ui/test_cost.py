"""What a click costs, in figures that are the same on every machine; seconds are for make bench.

Whoever needs more than these raises them here, and says in docs/performance.md what it is good for.
"""

from datetime import date

import pytest
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.testing.v1 import AppTest

from dashboard.model import settings
from dashboard.model.drill_down import DrillDown
from dashboard.model.filters import NO_FILTERS
from dashboard.model.roles import Role
from dashboard.query import engine, questions
from dashboard.query.provenance import collect_evidence
from dashboard.store import Store
from dashboard.ui import ask_field, caches
from dashboard.views.view import open_view
from tests.conftest import ROOT
from tests.support.page_parts import choose
from tests.support.sessions import session
from tests.ui.conftest import url

QUESTIONS, MESSAGES, ELEMENTS, BYTES = 7, 24, 16, 36_000
"""Of the Events page on the records that ship, when a month is chosen for the first time."""

TODAY = date(2026, 1, 15)
SIDEBAR = RootContainer.SIDEBAR
"""The first number of the path of what Streamlit draws in the sidebar."""


@pytest.fixture
def asked(monkeypatch):
    """The statements that are run."""
    found = []

    def counted(ask):
        def run(database, sql, params):
            found.append((sql, str(params)))
            return ask(database, sql, params)

        return run

    for name in ("rows", "query"):
        monkeypatch.setattr(engine, name, counted(getattr(engine, name)))
    return found


def test_a_month_that_is_chosen_costs_a_few_questions_and_none_when_it_is_chosen_again(
    real, asked, monkeypatch
):
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    caches.clear()
    page = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    page.query_params["year"] = "2025"
    page.switch_page("../../../pages/events.py").run()
    assert asked
    for month, most in (("2025-05", QUESTIONS), ("2025-12", QUESTIONS), ("2025-05", 0)):
        asked.clear()
        choose(page, "month", month)
        assert not page.exception
        assert url(page)["month"] == month
        print(f"{month}: {len(asked)} questions")
        assert len(asked) <= most, asked
        assert len(set(asked)) == len(asked), "the same question twice"


def test_the_example_in_the_field_costs_one_question_a_year(real, asked):
    store = Store(real.folder.parents[1])

    def example(link):
        view = open_view(
            store, settings.load(), link, TODAY, role=Role.VIEWER, answers=caches.CACHED_ANSWERS
        )
        asked.clear()
        return ask_field.suggest_example(view), len(asked)

    caches.clear()
    assert example("/events?year=2025") == ("Ask: How many keynotes in 2025?", 1)
    assert example("/events?month=2025-05&speaker=job-doornberg")[1] == 0
    assert example("/projects?year=2025")[1] == 0


def opened(page, **query):
    test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    for name, value in query.items():
        test.query_params[name] = value
    return test.switch_page(f"../../../pages/{page}.py").run()


def test_take_along_counts_when_it_opens_and_makes_no_file(real, fetched, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    page = opened("events", year="2025")
    fetched.clear()
    page.session_state["asked_for"] = "take"
    page.run()
    assert [button.label for button in page.get("download_button")][-3:] == [
        "PowerPoint",
        "Excel",
        "Calendar (ICS)",
    ]
    assert sorted(fetched) == [("events_in_scope", 1), ("events_without_day", 1)]


@pytest.mark.parametrize(
    ("opens", "question"),
    [
        ({"person": "rozemarijn-vliegenthart"}, "person_spellings"),
        ({"project": "dash-programme-2022-2025"}, "project_parties"),
        ({"record": "trainings.medicine-first-year"}, "training_parts"),
    ],
)
def test_a_panel_reads_what_belongs_to_its_record_and_not_to_all(
    real, fetched, monkeypatch, opens, question
):
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    everything = len(questions.rows(real, question, NO_FILTERS))
    fetched.clear()
    assert not opened("records", **opens).exception
    (read,) = (rows for name, rows in fetched if name == question)
    assert 0 < read < everything / 2


def test_the_records_behind_countries_are_explained_with_one_question_for_all_of_them(
    real, fetched
):
    countries = [
        one
        for one in collect_evidence(real, DrillDown("countries"), NO_FILTERS)
        if one.row["table_name"] == "countries"
    ]
    assert len(countries) > 3
    assert all(one.claims for one in countries)
    assert [name for name, _ in fetched] == [
        "country_count_rows",
        "record_claims",
        "country_claims",
    ]


def test_a_change_sends_a_few_small_messages_and_less_for_what_is_known(shipped_address):
    with session(shipped_address) as reader:
        reader.ask("year=2025", page="events")
        reader.finished()
        sent = []
        for month in ("2025-05", "2025-12", "2025-05"):
            before = reader.received
            reader.ask(f"month={month}", page="events")
            number = reader.finished()
            sent.append(reader.received - before)
            print(f"{month}: {number} messages, {sent[-1]:,} bytes")
            assert number <= MESSAGES
        assert max(sent) <= BYTES, sent


def test_the_bar_is_sent_first_then_the_page_in_one_part_with_its_charts(shipped_address):
    """The browser draws first what comes first; a page in one part is drawn at once."""
    with session(shipped_address) as reader:
        reader.ask("month=2025-05", page="events")
        reader.finished()
    deltas = [message for message in reader.messages if message.WhichOneof("type") == "delta"]
    elements = [message.delta.new_element for message in deltas]
    kinds = [element.WhichOneof("type") or "block" for element in elements]
    sent = [
        element.bidi_component.id.rpartition("-part-")[2]
        for element in elements
        if element.bidi_component.component_name == "dashboard.page"
    ]
    print(len(deltas), kinds, sent)
    assert not [one for one in deltas if one.metadata.delta_path[0] == SIDEBAR]
    assert sent == ["bar", "page"]
    page = max(
        nr for nr, kind in enumerate(kinds) if elements[nr].bidi_component.id.endswith("-part-page")
    )
    boxes = [nr for nr, kind in enumerate(kinds) if kind in ("text_input", "button")]
    assert max(boxes) < page
    assert "plotly_chart" not in kinds
    assert len(deltas) <= ELEMENTS
