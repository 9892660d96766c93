"""Pages of more events than can be drawn one by one: what is read, shown, said and taken along."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import demo
from dashboard.export import columns
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.store import Store
from dashboard.views.content import events as events_page
from dashboard.views.content.events import MAX_AGENDA, MAX_EVENTS
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view
from tests.conftest import ROOT
from tests.support import page_parts

EVENTS = 12_000  # about 4,000 a year: too many of a year to be read, of a month not
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
    """Of each question of a page, how many rows it gave and how many events these name."""
    most, real = {}, questions.rows

    def counted(version, question, *given, **params):
        found = real(version, question, *given, **params)
        events = {row["event_id"] for row in found if "event_id" in row}
        before = most.get(question, (0, 0))
        most[question] = max(before[0], len(found)), max(before[1], len(events))
        return found

    monkeypatch.setattr(questions, "rows", counted)
    make_content(view)
    return most


def test_of_too_many_events_the_first_are_listed_and_how_many_there_are_is_said(
    open_link, in_a_year, in_words
):
    assert in_a_year > MAX_EVENTS
    content = make_content(open_link("/events?year=2025"))
    sheet, agenda = content.sheet("events"), content.blocks["agenda"]
    assert (len(sheet.rows), len(sheet.links), sheet.more) == (
        MAX_EVENTS,
        MAX_EVENTS,
        in_a_year - MAX_EVENTS,
    )
    assert sheet.heading == f"Agenda: {in_words}"
    assert sheet.note.startswith(f"The first {MAX_EVENTS} are shown, and a file holds all of them.")
    assert sheet.rows[0]["Who"]
    titles = [row.text for row in agenda.find("agenda-title")]
    assert titles == [row["Event"] for row in sheet.rows[:MAX_AGENDA]]
    assert agenda.text.endswith(
        f"and {in_a_year - MAX_AGENDA:,} more: choose a month, or take the table along"
    )


def test_the_timeline_of_too_many_counts_every_event_with_a_known_month_once(store, open_link):
    """By month, role and status, as all rows say; cancelled ones start in no month."""
    every = questions.rows(store.served().version, "events", Filters(year=2025))
    dated = [row for row in every if row["month"] and row["status"] != "cancelled"]
    chart = make_content(open_link("/events?year=2025")).picture("timeline").chart
    months = Counter(row["month"] for row in dated)
    assert [row["Events"] for row in chart.table] == [
        months[f"2025-{nr:02}"] for nr in range(1, 13)
    ]
    held = Counter(row["our_role"] for row in dated if row["status"] == "held")
    parts = ("Organised by us", "Contributed", "Role not stated", "Planned")
    assert [sum(row[name] for row in chart.table) for name in parts] == [
        held["organised"] + held["co-organised"],
        held["contributed"],
        held[None],
        len(dated) - held.total(),
    ]
    assert [label.split(" · ")[0] for label, _ in chart.links][::11] == [
        "January 2025",
        "December 2025",
    ]
    assert {link for _, link in chart.links} == {f"month=2025-{nr:02}" for nr in range(1, 13)}


def test_the_columns_are_as_high_as_the_months_are_full(store, open_link):
    """What is drawn, on a wide page and on a phone, is what is counted: no column stands for nothing."""
    every = questions.rows(store.served().version, "events", Filters(year=2025))
    months = Counter(row["month"] for row in every if row["month"] and row["status"] != "cancelled")
    chart = make_content(open_link("/events?year=2025")).picture("timeline").chart
    for figure in (chart.figure, chart.narrow.figure):
        texts = [text for trace in figure["data"] for text in trace.get("text", ())]
        numbers = [f"<b>{months[f'2025-{nr:02}']:,}</b>" for nr in range(1, 13)]
        assert [text for text in texts if text in numbers] == numbers
        go.Figure(figure)
    names = [text for trace in chart.figure["data"] for text in trace.get("text", ())]
    dated = sum(row["month"] is not None for row in every)
    assert f"{dated:,} events, all counted, none by name." in names


def test_those_that_are_shown_are_the_first_of_all(store, open_link):
    every = questions.rows(store.served().version, "events", Filters(year=2025))
    shown = make_content(open_link("/events?year=2025")).sheet("events")
    assert list(shown.links) == [f"event={row['event_id']}" for row in every[:MAX_EVENTS]]


def test_the_file_holds_all_of_them_each_with_who_was_there(open_link, in_a_year):
    sheet = make_content(open_link("/events?year=2025")).sheet("events")
    rows = list(
        csv.DictReader(io.StringIO(columns.sheet_to_csv(sheet.for_a_file()).lstrip("\ufeff")))
    )
    assert len(rows) == in_a_year
    assert [row["Event"] for row in rows[:MAX_EVENTS]] == [row["Event"] for row in sheet.rows]
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
    content = make_content(open_link("/events?year=2025"))
    (section,) = content.sections
    assert len(section.lines) + section.more == len(every)
    assert {line.note for line in section.lines} == {"2025"}
    chips = content.blocks["undated"]
    assert chips.text.endswith(f"and {len(every) - 12:,} more")
    assert chips.acts() == [line.link for line in section.lines[:12]]


@pytest.mark.parametrize("page", ["events", "map", "review", "", "people", "trainings", "projects"])
def test_no_page_reads_all_events(open_link, monkeypatch, in_a_year, page):
    asked = rows_asked(open_link(f"/{page}?year=2025"), monkeypatch)
    assert asked
    for question, (rows, events) in asked.items():
        assert events <= MAX_EVENTS + 1, question
        assert rows < in_a_year / 1.5, question


def test_the_year_at_a_glance_counts_them_too(open_link):
    of_the_year = make_content(open_link("/?year=2025")).picture("at-a-glance").chart
    of_the_events = make_content(open_link("/events?year=2025")).picture("timeline").chart
    assert of_the_year.table == of_the_events.table
    assert of_the_year.bars == of_the_events.bars
    assert of_the_year.sentence == f"The year at a glance: {lower(of_the_events.sentence)}"


def lower(sentence):
    return sentence[:1].lower() + sentence[1:]


def test_a_month_of_them_is_drawn_and_listed_whole(open_link):
    content = make_content(open_link("/events?month=2025-05"))
    sheet, chart = content.sheet("events"), content.picture("timeline").chart
    assert sheet.more == 0
    assert sheet.for_a_file() is sheet
    assert [row["Event"] for row in chart.table] == [row["Event"] for row in sheet.rows]
    agenda = content.blocks["agenda"].text
    assert agenda.endswith(
        f"and {len(sheet.rows) - MAX_AGENDA} more: choose a month, or take the table along"
    )


def test_the_pages_show_it(store, monkeypatch, in_a_year):
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    page = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    page.query_params["year"] = "2025"
    page.switch_page("../../../pages/events.py").run()
    said = page_parts.whole_text(page)
    assert not page.exception
    assert list(page_parts.charts(page)) == ["timeline"]
    assert f"and {in_a_year - MAX_AGENDA:,} more: choose a month, or take the table along" in said
    page.query_params["place"] = "groningen-nl"
    page.switch_page("../../../pages/map.py").run()
    assert not page.exception
    scope = Filters(year=2025, city=("groningen-nl",))
    rows = questions.rows(store.served().version, "events", scope)
    held = len([row for row in rows if row["status"] == "held"])
    assert f"Groningen: {held} events" in page_parts.whole_text(page)
    assert f"and {held - MAX_AGENDA:,} more: choose a month" in page_parts.whole_text(page)
