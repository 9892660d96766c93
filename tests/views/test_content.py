"""What each page holds, worked out by hand from tests/data and from the shipped records; and that
pages show it.
"""

import csv
import re
from collections import Counter
from datetime import UTC, date, datetime
from functools import cache, partial
from shutil import copytree

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import demo
from dashboard.charts.participation import DIMENSIONS as OF_TRAININGS
from dashboard.model import settings
from dashboard.model.drill_down import parse_drill_down
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.query.facets import count_facets
from dashboard.query.metrics import METRICS
from dashboard.schema.contract import tables
from dashboard.store import Store
from dashboard.views.content import make_arrow_table
from dashboard.views.content.pages import CONTENTS, make_content
from dashboard.views.content.people import DIMENSIONS as OF_PEOPLE
from dashboard.views.content.slides import make_slides
from dashboard.views.view import open_view, split_link
from tests.conftest import ROOT, Kept, publish_folder, replace_in
from tests.support import page_parts

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")
BY_HAND, SHIPPED = ROOT / "tests" / "data", ROOT / "data"


@pytest.fixture(scope="module")
def stores(tmp_path_factory, real, by_hand):
    """The records to check by hand, those that ship, and hostile ones."""
    folder = copytree(BY_HAND, tmp_path_factory.mktemp("contents-hostile") / "data")
    for table, name in HOSTILE_NAMES.items():
        replace_in(folder, table, name, f"{HOSTILE} {name}")
    hostile = Store(tmp_path_factory.mktemp("contents-hostile"))
    publish_folder(hostile, folder)
    return {"hand": by_hand, "shipped": Store(real.folder.parents[1]), "hostile": hostile}


HOSTILE = "<b>*A*</b> [x](y) & `z`"
HOSTILE_NAMES = {
    "events": "Open day",
    "trainings": "Autumn course",
    "projects": "AI lab",
    "organisations": "City Lab",
}


@pytest.fixture(scope="module")
def view(stores):
    answers = Kept()

    def opened(link, of="hand", today=TODAY):
        return open_view(stores[of], SETTINGS, link, today, answers=answers, role=Role.VIEWER)

    return opened


@pytest.fixture(scope="module")
def content(view):
    """What the page of a link holds."""

    @cache
    def held(link, of="hand", today=TODAY):
        return make_content(view(link, of, today))

    return held


def lines(content, heading=""):
    """The lines of the sections under a heading: texts and notes."""
    return [
        (line.text, line.note)
        for s in content.sections
        if s.heading.startswith(heading)
        for line in s.lines
    ]


def rows_of(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# By hand
# -----------------------------------------------------------------------------------------------------------------


def test_the_map_of_the_small_records(content):
    found = content("/map?year=2025")
    assert found.title == "Events in 2025, on the map"
    assert found.finding == (
        "Where we were: at least 2 places in 2 countries. 1 of 2 events was abroad."
    )
    assert found.blocks["sum"].text == (
        "2 on the map + 1 online + 1 without a stated place = 4 events"
    )
    assert ([p.key for p in found.pictures], [s.key for s in found.sheets]) == (["map"], ["events"])
    assert found.picture("map").note == ""
    assert lines(found, "Without a stated place") == [("Retreat", "2025, date unknown")]


def test_the_people_of_the_small_records(content):
    found = content("/people?year=2025")
    assert found.title == "People in 2025"
    assert found.finding == "3 people made 6 contributions in 2025; Anna Berg made the most (3)."
    assert found.numbers == (
        "contributors",
        "contributions",
        "keynotes",
        "contributions_top_two",
        "contributors_once",
    )
    sheet = found.sheet("people")
    assert (sheet.heading, sheet.links) == (
        "Everybody: 3 people",
        ["person=anna-berg", "person=zoe-muller", "person=bram-de-wit"],
    )
    assert sheet.rows[1] == {
        "Person": "Zoë Müller",
        "Contributions": 2,
        "Events": 2,
        "Roles": "keynote, lecture",
        "Job title": "",
        "Also written": "Zoe Mueller",
    }


# A year that runs beside a whole one, in words; side by side: see test_compare.py


def compared(content, link, *today):
    """What is said of each number in the comparison of a page."""
    (section,) = [
        s for s in content(link, today=date(*today)).sections if "ompared with" in s.heading
    ]
    return section.heading, {line.text: line.note for line in section.lines}


def test_a_year_that_runs_is_compared_up_to_the_same_day_where_the_days_are_known(content):
    heading, trained = compared(content, "/trainings?year=2025", 2025, 11, 28)
    assert heading == "Compared with 2024, both up to 28 November"
    assert trained["E-learning modules ready"] == (
        "1 module so far, to 28 November 2025, 1 more than in 2024 up to the same day (0 modules)"
    )
    # the pilot has the period 2024
    assert trained["Trainings"] == (
        "2 trainings so far, to 28 November 2025; no comparison with 2024 up to the same day,"
        " because of 1 training in 2024 it is not known whether before or after 28 November"
    )


def test_a_year_with_what_is_planned_only_is_not_recorded(content):
    _, trained = compared(content, "/trainings?year=2026", 2026, 3, 1)
    assert trained["Trainings"] == "2026 not recorded"


# The shipped year
# --------------------------------------------------------------------------------------------------------

HELD = [
    row
    for row in rows_of(SHIPPED, "events")
    if row["status"] == "held" and row["start_date"].startswith("2025")
]
YEAR = (
    "29 events held, carried by 11 people in 7 countries; December 2025 was busiest, with 5. About 589 participants in trainings"
    " (from 5 of 12 trainings, of which 1 disputed)."
)
FINDINGS = {
    "": ("DASH in 2025", YEAR),
    "events": ("Events in 2025", ""),
    "map": (
        "Events in 2025, on the map",
        (
            "Where we were: at least 14 places in 7 countries, most often in Groningen (8)."
            " 7 of 22 events were abroad."
        ),
    ),
    "trainings": (
        "Trainings in 2025",
        (
            "About 589 people were trained, two thirds of them first-year medical students. Known for"
            " 5 of 12 trainings; 7 state no number."
        ),
    ),
    "projects": (
        "Projects in 2025",
        (
            "11 projects are running, 4 were completed in 2025 and 2 come next. The amount of our one"
            " grant is not stated."
        ),
    ),
    "people": (
        "People in 2025",
        (
            "Two people made half of the 34 contributions: Job Doornberg and Peter van Ooijen."
            " Four people made 24 of them."
        ),
    ),
    "review": (
        "DASH, 2025 in review",
        (
            "A year of embedding: 29 events and about 589 people trained."
            " Dutch AI Factory has its green light."
        ),
    ),
}


def test_one_year_has_one_count_of_events_wherever_it_is_said(tmp_path):
    """Of demo data of a running year, with planned and cancelled events and some known by the year
    only.
    """
    now = datetime(2026, 11, 28, tzinfo=UTC)
    version = demo.make_demo(Store(tmp_path), demo.Size(years=2, events=800), now).version
    view = open_view(Store(tmp_path), SETTINGS, "/?year=2026", now.date(), role=Role.VIEWER)
    events = questions.rows(version, "events", Filters(year=2026))
    counts = Counter(event["status"] for event in events)
    assert min(counts["held"], counts["planned"], counts["cancelled"]) > 0
    words = f"{counts['held']} events held · {counts['planned']} planned · {counts['cancelled']} cancelled"
    card = view.number("events_held")
    assert card.value == counts["held"]
    (held, *_rest) = make_content(view).tiles
    assert held.quantity == card
    assert (
        count_facets(partial(view.rows, "facets"), view.filters)["year"]["2026"] == counts["held"]
    )
    overview = make_content(view)
    assert overview.finding.startswith(f"{counts['held']} events held, carried by")
    assert overview.pictures[0].chart.sentence.startswith(f"{words}, ")
    marks = [
        trace
        for trace in overview.pictures[0].chart.figure["data"]
        if trace.get("mode") == "markers"
    ]
    dated = [event for event in events if event["date_precision"] == "day"]
    assert sum(len(trace["customdata"]) for trace in marks) == len(dated)
    drawn = Counter(
        symbol for trace in marks if trace["customdata"] for symbol in trace["marker"]["symbol"]
    )
    assert drawn["x"] == sum(event["status"] == "cancelled" for event in dated)
    page = make_content(
        open_view(Store(tmp_path), SETTINGS, "/events?year=2026", now.date(), role=Role.VIEWER)
    )
    assert page.sheet("events").heading == f"Agenda: {words}"
    assert page.picture("timeline").chart.sentence.startswith(f"{words}: ")
    of_months = sum(row["Events held"] for row in page.picture("by-month").chart.table)
    assert of_months == sum(
        event["status"] == "held" and event["month"] is not None for event in events
    )


@pytest.mark.parametrize("page", CONTENTS)
def test_the_titles_and_findings_of_the_report_of_2025(content, page):
    found = content(f"/{page}?year=2025", "shipped")
    assert (found.title, found.finding) == FINDINGS[page]
    assert {sheet.key: len(sheet.rows) for sheet in found.sheets} == {
        "events": {"events": len(HELD)},
        "map": {"events": 29},
        "trainings": {"trainings": 12},
        "people": {"people": 11},
    }.get(page, {})
    for sheet in found.sheets:
        assert len(sheet.links) == len(sheet.rows)
        assert len({tuple(row) for row in sheet.rows}) == 1


# Filters and empty selections
# --------------------------------------------------------------------------------------------


def test_filters_narrow_what_a_page_holds_and_its_title_says_them(content):
    research = "year=2025&pillar=research"
    found = content(f"/?{research}")
    assert (found.title, found.finding) == (
        "DASH: everything under Research in 2025",
        "Everything under Research in 2025: 1 event, 1 country and 1 project finished.",
    )
    assert [row["Event"] for row in content(f"/events?{research}").sheet("events").rows] == [
        "Open day"
    ]
    assert (
        content(f"/map?{research}").finding
        == "Events under Research in 2025: 1 event, in Antwerp, Belgium."
    )
    assert (
        content(f"/trainings?{research}").finding == "Trainings under Research in 2025: none held."
    )
    assert [row["Person"] for row in content(f"/people?{research}").sheet("people").rows] == [
        "Anna Berg",
        "Zoë Müller",
    ]
    assert {s.heading for s in content(f"/review?{research}").sections} == {
        "Highlights",
        "Research",
        "Partner organisation",
    }


def test_a_title_does_not_say_a_filter_that_means_nothing_on_the_page(content):
    assert content("/trainings?year=2025&speaker=anna-berg").title == "Trainings in 2025"
    assert (
        content("/projects?year=2025&speaker=anna-berg").title == "Projects with Anna Berg in 2025"
    )
    assert content("/people?year=2025&level=bachelor").title == "People in 2025"


def test_months_are_shown_beside_the_others_of_their_year_and_what_has_no_month_is_said(content):
    found = content("/events?month=2025-05")
    assert [row["Event"] for row in found.sheet("events").rows] == [
        "Webinar on consent",
        "Open day",
        "Visit",
    ]
    assert (
        found.picture("by-month").chart.sentence
        == "May 2025: 2 events held, of 3 in all months shown"
    )
    assert [row["Events held"] for row in found.picture("by-month").chart.table] == [
        0,
        0,
        0,
        1,
        2,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    ]
    assert lines(found) == [("Retreat", "")]
    assert (
        found.sections[0].heading == "Known by the year only, so left out where months are chosen"
    )


@pytest.mark.parametrize("page", CONTENTS)
@pytest.mark.parametrize("query", ["year=1999", "month=2025-07&country=BE&text=nothing"])
def test_an_empty_selection_holds_no_rows_and_says_so(content, page, query):
    found = content(f"/{page}?{query}")
    assert not any(sheet.rows or sheet.links for sheet in found.sheets)
    assert re.search(r"\b(no|none|nobody|nothing)\b", found.finding)
    for picture in found.pictures:
        go.Figure(picture.chart.figure)
        assert picture.chart.sentence
    assert make_slides(found)


# Links, pictures, bars, plain text
# ---------------------------------------------------------------------------------------

LINKS = [f"/{page}?{query}" for page in CONTENTS for query in ("year=2025", "year=all")]
LINKS += [f"/people?year=all&by={name}" for name in OF_PEOPLE] + [
    f"/trainings?year=all&by={name}" for name in OF_TRAININGS
]
LINKS += [
    "/map?year=all&view=world&size=participants",
    "/map?year=2025&view=netherlands",
    "/review?year=2025&compare=2024",
]


@pytest.fixture(scope="module")
def known(stores):
    """For each store the ids of every table with one key."""
    single = {name: table.key[0] for name, table in tables().items() if len(table.key) == 1}
    return {
        of: {
            name: {row[key] for row in questions.browse(store.open(), name)}
            for name, key in single.items()
        }
        for of, store in stores.items()
    }


def exists(link, ids):
    name, _, value = link.partition("=")
    if name == "why":
        return parse_drill_down(value) is not None and parse_drill_down(value).metric in METRICS
    if name == "record":
        table, _, identity = value.partition(".")
        return identity in ids[table]
    return value in ids[{"event": "events", "project": "projects", "person": "people"}[name]]


@pytest.mark.matrix(16)
@pytest.mark.parametrize("of", ["hand", "shipped"])
@pytest.mark.parametrize("link", LINKS)
def test_everything_that_a_page_links_to_exists_and_its_pictures_are_valid(
    content, known, of, link
):
    found = content(link, of)
    for target in (
        *(line.link for section in found.sections for line in section.lines),
        *(target for sheet in found.sheets for target in sheet.links),
        *(target for picture in found.pictures for _, target in picture.chart.links),
    ):
        assert not target or exists(target, known[of]), target
    assert len({picture.key for picture in found.pictures}) == len(found.pictures)
    assert set(found.metrics) <= set(METRICS)
    for picture in found.pictures:
        go.Figure(picture.chart.figure)
        if picture.chart.figure:
            assert picture.chart.height == picture.chart.figure["layout"]["height"]
        else:
            assert picture.chart.markup
        if bars := picture.chart.bars:
            assert all(len(values) == len(bars.categories) for _, values, _ in bars.series)
            assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for _, _, colour in bars.series)
            assert bars.series


def test_without_profiles_nothing_leads_to_one(stores):
    hidden = settings.Settings(name="N", short_name="N", organisation="", profiles=False)
    found = make_content(
        open_view(stores["hand"], hidden, "/people?year=2025", TODAY, role=Role.VIEWER)
    )
    assert found.sheet("people").links == ["", "", ""]


def told(content, key):
    """The bars of a picture: category to sum of its series, None where nothing is known."""
    bars = content.picture(key).chart.bars
    sums = {}
    for place, category in enumerate(bars.categories):
        values = [values[place] for _, values, _ in bars.series if values[place] is not None]
        sums[category] = sum(values) if values else None
    return sums


@pytest.mark.parametrize(("of", "folder"), [("hand", BY_HAND), ("shipped", SHIPPED)])
def test_the_bars_by_month_are_the_held_events_with_a_known_month(content, of, folder):
    held = [
        row
        for row in rows_of(folder, "events")
        if row["status"] == "held" and row["start_date"][:4] == "2025"
    ]
    expected = Counter(int(row["start_date"][5:7]) for row in held if len(row["start_date"]) >= 7)
    bars = content("/events?year=2025", of).picture("by-month").chart.bars
    assert (bars.horizontal, bars.partial) == (False, False)
    assert bars.categories == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    assert list(told(content("/events?year=2025", of), "by-month").values()) == [
        expected[m] for m in range(1, 13)
    ]


def test_the_bars_of_several_years_say_the_year_of_each_month(content):
    sums = told(content("/events?year=all"), "by-month")
    assert (len(sums), next(iter(sums)), list(sums)[-1]) == (24, "January 2024", "December 2025")
    assert {name: number for name, number in sums.items() if number} == {
        "December 2024": 1,
        "April 2025": 1,
        "May 2025": 2,
    }


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("hand", {"Antwerp": 1, "Groningen": 1}),
        (
            "shipped",
            {
                "Groningen": 8,
                "Amsterdam": 2,
                "Leiden": 1,
                "Nieuwegein": 1,
                "Tolbert": 1,
                "Veenendaal": 1,
                "Zwolle": 1,
            },
        ),
    ],
)
def test_the_bars_of_the_map_are_the_events_at_its_places_the_most_first(content, of, expected):
    found = content("/map?year=2025", of)
    sums = told(found, "map")
    assert list(sums.items()) == list(expected.items())
    assert found.picture("map").chart.bars.partial


@pytest.mark.parametrize("dimension", OF_PEOPLE)
def test_the_bars_of_contributions_are_the_contributions_also_those_without_a_known_month_or_country(
    content, dimension
):
    # Anna two lectures and a chair, Bram a host and (at the round table of 2024) a chair, Zoë a
    # keynote and a lecture.
    found = content(f"/people?year=all&by={dimension}")
    assert told(found, "contributions") == {"Anna Berg": 3, "Bram de Wit": 2, "Zoë Müller": 2}
    assert told(found, "by-person") == {"Anna Berg": 3, "Bram de Wit": 2, "Zoë Müller": 2}
    series = {name: values for name, values, _ in found.picture("contributions").chart.bars.series}
    if dimension == "country":  # the webinar of Zoë is in no country
        assert series == {
            "Netherlands": [2, 2, None],
            "Belgium": [1, None, 1],
            "not known": [None, None, 1],
        }
    if dimension == "role":
        assert series["Lecture"] == [2, None, 1]


def test_the_bars_of_the_shipped_contributions_add_up_to_the_rows_of_the_file(content):
    ids = {row["event_id"] for row in HELD}
    expected = Counter(
        row["person_id"] for row in rows_of(SHIPPED, "event_people") if row["event_id"] in ids
    )
    found = content("/people?year=2025", "shipped")
    for key in ("by-person", "contributions"):
        assert list(told(found, key).values()) == sorted(expected.values(), reverse=True)


OURS = re.compile(
    r"\*\*|:[a-z-]+\[|:material/|</?[a-z]+[ >]|&(?:amp|lt|gt|quot|#)|\\[\[\]*_.()-]|\]\(|`"
)
"""Markdown, directives, HTML and escapes as our pages write them."""


def texts(content):
    """Every text of a content outside its figures."""
    yield from (content.title, *(text for text, _ in content.lead))
    for picture in content.pictures:
        yield from (
            picture.note,
            picture.chart.sentence,
            *(words for words, _ in picture.chart.links),
        )
        yield from (
            str(value) for row in picture.chart.table for pair in row.items() for value in pair
        )
        if bars := picture.chart.bars:
            yield from (*bars.categories, *(name for name, _, _ in bars.series))
    for sheet in content.sheets:
        yield from (
            sheet.heading,
            *(str(value) for row in sheet.rows for pair in row.items() for value in pair),
        )
    for section in content.sections:
        yield from (
            section.heading,
            section.group,
            *(text for line in section.lines for text in (line.text, line.note)),
        )


@pytest.mark.matrix(9)
@pytest.mark.parametrize("link", LINKS)
def test_what_a_page_holds_is_plain_text(content, link):
    for text in texts(content(link, "shipped")):
        assert not OURS.search(text), text


@pytest.mark.parametrize("page", CONTENTS)
def test_texts_of_the_records_stand_as_they_were_written(content, page):
    found = content(f"/{page}?year=2025", "hostile")
    mine = [
        text for text in texts(found) if HOSTILE[4:] in text or "&lt;b" in text or "\\*" in text
    ]
    assert all(HOSTILE in text for text in mine)
    assert not any(OURS.search(text.replace(HOSTILE, "")) for text in mine)
    assert bool(mine) == (page != "people")


# Cells, slides
# -----------------------------------------------------------------------------------------------------------


def test_a_content_finds_its_pictures_and_tables_by_name(content):
    found = content("/events?year=2025")
    assert found.picture("by-month").key == "by-month"
    assert (found.picture("map"), found.picture("")) == (None, None)
    with pytest.raises(KeyError):
        found.sheet("people")


# Pages show it
# -----------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("page", CONTENTS)
def test_a_page_shows_what_it_holds(stores, content, monkeypatch, page):
    monkeypatch.setenv("DASHBOARD_STORE", str(stores["hand"].root))
    monkeypatch.setattr("dashboard.server.responses.read_today", lambda: TODAY)
    test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    test.query_params["year"] = "2025"
    if page:
        test.switch_page(f"../../../pages/{page}.py")
    test.run()
    assert not test.exception
    found = content(f"/{page}?year=2025")
    assert page_parts.headline(test) == " ".join(found.finding.split())
    if page != "review":  # its numbers stand in its spreads
        assert list(page_parts.numbers(test)) == [tile.label for tile in found.tiles]
    drawn, said = page_parts.charts(test), page_parts.whole_text(test)
    for picture in found.pictures:
        assert bool(picture.chart.figure) == (picture.key in drawn)
        assert not picture.chart.markup or picture.chart.markup.text in said
        assert picture.heading in said
    for block in found.blocks.values():
        assert not block or block.text in said


def test_a_link_of_a_line_opens_on_the_same_page(view):
    found = view("/review?year=2025")
    page, pairs = split_link(found.link(event="open-day"))
    assert (page, dict(pairs)) == ("review", {"year": "2025", "event": "open-day"})
    assert found.filters == Filters(year=2025)


def test_a_table_for_a_grid_keeps_kinds_and_writes_out_what_is_mixed():
    rows = [
        {"Date": date(2025, 5, 1), "Who": "Anna", "Number": 2, "Mixed": 3},
        {"Date": None, "Who": "", "Number": None, "Mixed": "about 3"},
    ]
    found = make_arrow_table(rows)
    assert [str(kind) for kind in found.schema.types] == [
        "date32[day]",
        "string",
        "int64",
        "string",
    ]
    assert found.to_pylist() == [rows[0] | {"Mixed": "3"}, rows[1]]
    assert make_arrow_table([]).num_rows == 0
