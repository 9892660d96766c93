"""Pages of more events than can be drawn one by one: what is read, shown, said and taken along."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import demo
from dashboard.charts.timeline import MAX_DRAWN_EVENTS
from dashboard.export import columns
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.store import Store
from dashboard.views.content import events as events_page
from dashboard.views.content.events import MAX_ROWS
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view
from tests.conftest import ROOT

EVENTS = 12_000  # in five years: more than MAX_MARKS in none, and in all of them
YEARS = 3
TODAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    found = Store(tmp_path_factory.mktemp("many") / "store")
    demo.make_demo(found, demo.Size(years=YEARS, events=EVENTS), datetime(2025, 12, 31, tzinfo=UTC))
    return found


@pytest.fixture(scope="module")
def open_link(store):
    chosen = settings.load(ROOT / "data")
    return lambda link: open_view(store, chosen, link, TODAY, role=Role.VIEWER)


@pytest.fixture(scope="module")
def statuses(store):
    """How many events of each status there are in 2025, counted from all rows."""
    return Counter(
        row["status"]
        for row in questions.rows(store.served().version, "events", Filters(year=2025))
    )


@pytest.fixture(scope="module")
def in_a_year(statuses):
    """How many events there are in 2025, counted from all rows."""
    return statuses.total()


@pytest.fixture(scope="module")
def in_words(statuses):
    """The same in words; the demo plans nothing for a year that is over."""
    return f"{statuses['held']:,} events held · {statuses['cancelled']:,} cancelled"


def rows_asked(view, monkeypatch):
    """The most rows that a question of a page gave."""
    most, real = [], questions.rows

    def counted(*given, **params):
        found = real(*given, **params)
        most.append(len(found))
        return found

    monkeypatch.setattr(questions, "rows", counted)
    make_content(view)
    return max(most)


def test_of_too_many_events_the_first_are_shown_and_how_many_there_are_is_said(
    open_link, in_a_year, in_words
):
    assert in_a_year > MAX_DRAWN_EVENTS
    content = make_content(open_link("/events?year=2025"))
    sheet = content.sheet("events")
    assert content.picture("timeline") is None
    assert (len(sheet.rows), len(sheet.links), sheet.more) == (
        MAX_ROWS,
        MAX_ROWS,
        in_a_year - MAX_ROWS,
    )
    assert sheet.heading == f"Agenda: {in_words}"
    assert sheet.note.startswith(f"The first {MAX_ROWS} are shown, and a file holds all of them.")
    assert sheet.rows[0]["Who"]


def test_those_that_are_shown_are_the_first_of_all(store, open_link):
    every = questions.rows(store.served().version, "events", Filters(year=2025))
    shown = make_content(open_link("/events?year=2025")).sheet("events")
    assert list(shown.links) == [f"event={row['event_id']}" for row in every[:MAX_ROWS]]


def test_the_file_holds_all_of_them_each_with_who_was_there(open_link, in_a_year):
    sheet = make_content(open_link("/events?year=2025")).sheet("events")
    rows = list(
        csv.DictReader(io.StringIO(columns.sheet_to_csv(sheet.for_a_file()).lstrip("\ufeff")))
    )
    assert len(rows) == in_a_year
    assert [row["Event"] for row in rows[:MAX_ROWS]] == [row["Event"] for row in sheet.rows]
    assert all(row["Who"] for row in rows)


def test_a_file_that_cannot_hold_all_says_so(open_link, in_a_year, monkeypatch):
    monkeypatch.setattr(events_page, "MAX_ROWS_IN_A_FILE", 700)
    sheet = make_content(open_link("/events?year=2025")).sheet("events")
    assert "a file holds the first 700" in sheet.note
    assert len(sheet.for_a_file().rows) == 700
    assert sheet.for_a_file().more == in_a_year - 700


def test_what_is_known_by_the_year_only_is_counted_though_not_read(store, open_link):
    version = store.served().version
    every = [
        row
        for row in questions.rows(version, "events", Filters(year=2025))
        if row["date_precision"] == "year" and row["status"] != "cancelled"
    ]
    (section,) = make_content(open_link("/events?year=2025")).sections
    assert len(section.lines) + section.more == len(every)
    assert {line.note for line in section.lines} == {"2025"}


@pytest.mark.parametrize("page", ["events", "map", "review", "", "people"])
def test_no_page_reads_all_events(open_link, monkeypatch, page):
    assert rows_asked(open_link(f"/{page}?year=2025"), monkeypatch) <= MAX_DRAWN_EVENTS + 1


@pytest.mark.parametrize("page", [""])
def test_a_picture_of_the_year_says_that_the_events_are_not_in_it(open_link, in_words, page):
    (picture,) = make_content(open_link(f"/{page}?year=2025")).pictures
    assert picture.note == f"{in_words}: too many to draw one by one. Choose a month."
    assert picture.chart.sentence.startswith(f"{in_words}, too many to draw one by one;")


def test_a_month_of_them_is_drawn_and_listed_whole(open_link):
    content = make_content(open_link("/events?month=2025-05"))
    assert content.picture("timeline")
    assert content.sheet("events").more == 0
    assert content.sheet("events").for_a_file() is content.sheet("events")


def test_the_pages_show_it(store, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    page = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    page.query_params["year"] = "2025"
    page.switch_page("../../../pages/events.py").run()
    said = " ".join(caption.value for caption in page.caption)
    assert not page.exception
    assert "These are too many events to draw one by one: choose a month." in said
    assert "more: see the file of the agenda" in said
    assert f"The first {MAX_ROWS} are shown" in said
    page.query_params["place"] = "groningen-nl"
    page.switch_page("../../../pages/map.py").run()
    assert not page.exception
    held = len(
        [
            row
            for row in questions.rows(
                store.served().version, "events", Filters(year=2025, city=("groningen-nl",))
            )
            if row["status"] == "held"
        ]
    )
    assert f"**Groningen, NL: {held} events**" in [text.value for text in page.markdown]
    assert f"and {held - 100:,} more: choose a year or a month" in [
        caption.value for caption in page.caption
    ]
