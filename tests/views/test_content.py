"""What each page holds, worked out by hand from tests/data and from the shipped records; and that
pages show it.
"""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from shutil import copytree

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import demo
from dashboard.charts.markup import Element
from dashboard.charts.participation import DIMENSIONS as OF_TRAININGS
from dashboard.model import settings
from dashboard.model.drill_down import parse_drill_down
from dashboard.model.filters import FILTER_NAMES, Filters
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.query.facets import count_facets
from dashboard.query.metrics import METRICS
from dashboard.schema.contract import tables
from dashboard.store import Store
from dashboard.views.actions import follow_act
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
FINDINGS = {
    "": (
        "DASH in 2025",
        (
            "In 2025 DASH was at 29 events in at least 7 countries, trained about 589 people and"
            " finished 4 projects. Two people made half of the contributions."
        ),
    ),
    "events": (
        "Events in 2025",
        (
            "29 events in 2025, 4 of them our own. December was busiest with 5; none is recorded in"
            " July and August."
        ),
    ),
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
    "changes": (
        "What changed since 15 January 2026",
        "These are the first data: there is nothing to compare with yet.",
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
    facets = count_facets(view.rows, "events", view.filters, ["year"])
    assert facets["year"]["2026"] == counts["held"]
    overview = make_content(view)
    assert overview.finding.startswith(f"In 2026 DASH was at {counts['held']} events in ")
    page = make_content(
        open_view(Store(tmp_path), SETTINGS, "/events?year=2026", now.date(), role=Role.VIEWER)
    )
    assert page.sheet("events").heading == f"Agenda: {words}"
    assert {tile.label: tile.quantity for tile in page.tiles}["Events"] == card
    switch = page.blocks["statuses"].text
    assert switch == (
        f"All {len(events)} Planned {counts['planned']} Held {counts['held']}"
        f" Cancelled {counts['cancelled']}"
    )
    started = Counter(
        event["month"] for event in events if event["month"] and event["status"] != "cancelled"
    )
    for picture in (overview.picture("at-a-glance"), page.picture("timeline")):
        assert Counter(row["Status"] for row in picture.chart.table) == counts
        assert list(told(picture.chart.bars).values()) == [
            started[f"2026-{month:02}"] for month in range(1, 13)
        ]
        (note,) = [text for text in drawn_texts(picture.chart) if "In no column" in text]
        dated = [event for event in events if event["date_precision"] in ("day", "month")]
        assert note.startswith(f"8 of {len(dated)} named")


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


def test_chosen_months_are_shown_alone_and_what_has_no_month_is_said(content):
    found = content("/events?month=2025-05")
    assert [row["Event"] for row in found.sheet("events").rows] == [
        "Webinar on consent",
        "Open day",
        "Visit",
    ]
    assert lines(found)[0] == ("Retreat", "")
    assert (
        found.sections[0].heading == "Known by the year only, so left out where months are chosen"
    )


def test_between_chosen_months_nothing_is_said(content):
    chart = content("/events?month=2025-05&month=2025-12", "shipped").picture("timeline").chart
    assert chart.sentence == "Most in December"
    assert told(chart.bars) == {"May": 4, "Dec": 5}
    assert {row["When"].split()[-2] for row in chart.table} == {"May", "December"}


@pytest.mark.parametrize("page", CONTENTS)
@pytest.mark.parametrize("query", ["year=1999", "month=2025-07&country=BE&text=nothing"])
def test_an_empty_selection_holds_no_rows_and_says_so(content, page, query):
    found = content(f"/{page}?{query}")
    assert not any(sheet.rows or sheet.links for sheet in found.sheets)
    assert re.search(r"\b(no|none|nobody|nothing)\b", found.finding)
    assert not [tile for tile in found.tiles if tile.quantity.known]
    # what is next is that of today, whichever year is looked at
    coming = found.blocks["next"].acts() if page == "" and query == "year=1999" else []
    assert [act for act in presses(found) if act.startswith(RECORDS)] == coming
    for picture in found.pictures:
        is_valid(picture.chart)
    assert make_slides(found)


# Links, pictures, bars, plain text
# ---------------------------------------------------------------------------------------

LINKS = [
    f"/{page}?{query}"
    for page in CONTENTS
    for query in ("year=2025", "year=all", "year=2025&pillar=research")
]
LINKS += [f"/people?year=all&by={name}" for name in OF_PEOPLE] + [
    f"/trainings?year=all&by={name}" for name in OF_TRAININGS
]
LINKS += [f"/{page}?month=2025-05&month=2025-12" for page in ("", "events", "map", "people")]
LINKS += [
    "/?year=2025&status=held",
    "/events?year=all&status=planned&status=cancelled",
    "/events?year=2025&speaker=job-doornberg",
    "/events?year=2025&speaker=anna-berg",
    "/events?year=2025&text=a",
    "/map?year=all&view=world&size=participants",
    "/map?year=2025&view=netherlands",
    "/map?year=2025&place=groningen-nl",
    "/map?year=2025&place=online",
    "/map?year=2025&place=unknown",
    "/people?year=2025&speaker=anna-berg&role=lecture",
    "/review?year=2025&compare=2024",
    "/review?year=2024",
]


def elements(value):
    """Every element of a content, however deep."""
    if isinstance(value, Element):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "longer":
                yield from elements(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from elements(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from elements(one)


def drawings(chart):
    """The figures of a chart, wide and narrow."""
    narrow = chart.narrow.figure if chart.narrow else {}
    return [figure for figure in (chart.figure, narrow) if figure]


def drawn_texts(chart):
    return [
        text for figure in drawings(chart) for t in figure["data"] for text in t.get("text", ())
    ]


def presses(content):
    """What each thing that can be pressed on a page asks for: elements, marks, and its tiles."""
    yield from (f"why={number}" for number in content.numbers)
    for element in elements(content):
        yield from element.acts()
    for picture in content.pictures:
        for figure in drawings(picture.chart):
            for trace in figure["data"]:
                yield from (act for act in trace.get("customdata", ()) if act)


def is_valid(chart):
    """Whether a chart can be drawn, wide and narrow, and is told without its picture."""
    assert chart.sentence
    for figure in drawings(chart):
        go.Figure(figure)
    if chart.figure:
        assert chart.height == chart.figure["layout"]["height"]
    else:
        assert chart.markup
    if chart.narrow:
        assert chart.narrow.height == chart.narrow.figure["layout"]["height"]
    if bars := chart.bars:
        assert all(len(values) == len(bars.categories) for _, values, _ in bars.series)
        assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for _, _, colour in bars.series)


RECORDS = ("event=", "project=", "person=", "record=")
PLACES = {"online", "unknown"}


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
    """Whether what a link opens is in the records; a filter or another parameter opens nothing."""
    name, _, value = link.partition("=")
    if name == "why":
        return parse_drill_down(value) is not None and parse_drill_down(value).metric in METRICS
    if name == "record":
        table, _, identity = value.partition(".")
        return identity in ids[table]
    if name == "place":
        return value in PLACES or value.rpartition("-")[2].isalpha()
    if f"{name}=" in RECORDS:
        return value in ids[{"event": "events", "project": "projects", "person": "people"}[name]]
    return True


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
        *presses(found),
    ):
        assert not target or exists(target, known[of]), target
    assert len({picture.key for picture in found.pictures}) == len(found.pictures)
    assert set(found.metrics) <= set(METRICS)
    for picture in found.pictures:
        is_valid(picture.chart)
        assert not picture.chart.bars or picture.chart.bars.series


def opens(view, act, open_link):
    """Whether a press leads to a view whose link opens the same, with nothing left out."""
    target = follow_act(view, act)
    assert target, act
    there = open_link(target.address)
    extras = {name: value for name, value in target.extras.items() if value}
    assert (there.page, there.filters, dict(there.extras)) == (target.page, target.filters, extras)
    assert there.notices == (), act
    return target


@pytest.mark.matrix(24)
@pytest.mark.parametrize("of", ["hand", "shipped"])
@pytest.mark.parametrize("link", LINKS)
def test_every_press_is_understood_and_leads_to_a_view_that_opens(content, view, of, link):
    """Elements, marks of charts wide and narrow, tiles, lines and rows alike."""
    found, here = content(link, of), view(link, of)
    asked = set(presses(found))
    asked |= {line.link for section in found.sections for line in section.lines if line.link}
    asked |= {target for sheet in found.sheets for target in sheet.links if target}
    asked |= {target for picture in found.pictures for _, target in picture.chart.links if target}
    assert len(asked) >= len(found.tiles)
    for act in sorted(asked):
        opens(here, act, lambda address: view(address, of))


@pytest.mark.parametrize("of", ["hand", "shipped"])
@pytest.mark.parametrize("page", CONTENTS)
def test_the_second_press_on_a_filter_takes_it_back(content, view, of, page):
    here = view(f"/{page}?year=2025", of)
    chosen = [a for a in set(presses(content(f"/{page}?year=2025", of))) if FILTER.match(a)]
    for act in sorted(chosen):
        there = view(opens(here, act, lambda address: view(address, of)).address, of)
        assert there.filters != here.filters
        assert opens(there, act, lambda address: view(address, of)).filters == here.filters, act
    assert chosen or page not in ("", "events")


FILTER = re.compile(rf"(?:{'|'.join(FILTER_NAMES)})=")


@pytest.mark.parametrize(
    "query",
    [
        "year=all",
        pytest.param("year=2025", marks=pytest.mark.long),
        pytest.param("year=2025&speaker=anna-berg", marks=pytest.mark.long),
    ],
)
@pytest.mark.parametrize("page", CONTENTS)
def test_without_profiles_nothing_leads_to_one(stores, content, page, query):
    hidden = settings.Settings(name="N", short_name="N", organisation="", profiles=False)
    link = f"/{page}?{query}"
    found = make_content(open_view(stores["hand"], hidden, link, TODAY, role=Role.VIEWER))
    acts = [
        *presses(found),
        *(line.link for section in found.sections for line in section.lines),
        *(target for sheet in found.sheets for target in sheet.links),
        *(target for picture in found.pictures for _, target in picture.chart.links),
    ]
    assert not [act for act in acts if act.startswith(("person=", "record=people."))]
    if page == "people":
        assert not any(found.sheet("people").links)
        assert any(act.startswith("person=") for act in presses(content(link)))


def told(bars):
    """The bars of a chart: category to sum of its series, None where nothing is known."""
    sums = {}
    for place, category in enumerate(bars.categories):
        values = [values[place] for _, values, _ in bars.series if values[place] is not None]
        sums[category] = sum(values) if values else None
    return sums


@pytest.mark.parametrize("link", ["/?year=2025", "/events?year=2025"])
@pytest.mark.parametrize(("of", "folder"), [("hand", BY_HAND), ("shipped", SHIPPED)])
def test_the_bars_of_a_timeline_are_the_events_that_start_in_a_known_month(
    content, link, of, folder
):
    dated = [
        row
        for row in rows_of(folder, "events")
        if row["status"] in ("held", "planned")
        and row["start_date"][:4] == "2025"
        and len(row["start_date"]) >= 7
    ]
    expected = Counter(int(row["start_date"][5:7]) for row in dated)
    own = Counter(
        int(row["start_date"][5:7])
        for row in dated
        if row["status"] == "held" and row["our_role"] in ("organised", "co-organised")
    )
    (picture,) = [p for p in content(link, of).pictures if p.key in ("at-a-glance", "timeline")]
    bars = picture.chart.bars
    assert bars.categories == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    assert list(told(bars).values()) == [expected[m] for m in range(1, 13)]
    series = {name: values for name, values, _ in bars.series}
    assert series["Organised by us"] == [own[m] for m in range(1, 13)]


def test_the_bars_of_several_years_stand_for_years(content):
    # the round table of 2024; spring school, webinar and open day of 2025; the congress that is
    # planned. The visit was cancelled, and the month of the retreat is not known
    bars = content("/events?year=all").picture("timeline").chart.bars
    assert told(bars) == {"2024": 1, "2025": 3, "2026": 1}
    assert {name: values for name, values, _ in bars.series} == {
        "Organised by us": [0, 2, 0],
        "Contributed": [1, 1, 0],
        "Planned": [0, 0, 1],
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
    sums = told(found.picture("map").chart.bars)
    assert list(sums.items()) == list(expected.items())


@pytest.mark.parametrize("dimension", OF_PEOPLE)
def test_the_bars_of_contributions_are_the_contributions_also_those_without_a_known_month_or_country(
    content, dimension
):
    # Anna two lectures and a chair, Bram a host and (at the round table of 2024) a chair, Zoë a
    # keynote and a lecture.
    found = content(f"/people?year=all&by={dimension}")
    assert told(found.picture("contributions").chart.bars) == {
        "Anna Berg": 3,
        "Bram de Wit": 2,
        "Zoë Müller": 2,
    }
    assert told(found.picture("by-person").chart.bars) == {
        "Anna Berg": 3,
        "Bram de Wit": 2,
        "Zoë Müller": 2,
    }
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
        assert list(told(found.picture(key).chart.bars).values()) == sorted(
            expected.values(), reverse=True
        )


OURS = re.compile(
    r"\*\*|:[a-z-]+\[|:material/|</?[a-z]+[ >]|&(?:amp|lt|gt|quot|#)|\\[\[\]*_.()-]|\]\(|`"
)
"""Markdown, directives, HTML and escapes as our pages write them."""


def texts_of_element(element):
    """What an element says, also to those who hear it."""
    yield from (of for name, of in element.attributes.items() if name in ("aria-label", "title"))
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from texts_of_element(child)


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
    for element in elements(content):
        yield from texts_of_element(element)
    for tile in content.tiles:
        yield from (tile.label, tile.qualifier, tile.trend)
    for spread in content.spreads:
        yield from (spread.name, spread.title, spread.text)
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
    assert bool(mine) == (page not in ("people", "changes"))


# Cells, slides
# -----------------------------------------------------------------------------------------------------------


def test_a_content_finds_its_pictures_and_tables_by_name(content):
    found = content("/events?year=2025")
    assert found.picture("timeline").key == "timeline"
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
