"""What a bar, bubble or cell asks for, where a number comes from, and two years in words.

Every mark of every chart must say the number that its link asks for: as the store answers it, as
the independent computation in pandas (independent.py) does, as the records behind it add up, and as
the chart's own rows say.
"""

import csv
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard import demo
from dashboard.charts import Chart, participation, world
from dashboard.charts.contribution_counts import MAX_COLUMNS, MAX_GROUPS
from dashboard.charts.event_counts import read_month_counts
from dashboard.charts.event_timeline import draw_event_timeline
from dashboard.charts.event_words import TimelineLabels
from dashboard.charts.role_matrix import draw_role_matrix
from dashboard.charts.shares import draw_shares
from dashboard.charts.spans import find_chosen_span
from dashboard.charts.theme import make_palette
from dashboard.model.drill_down import NARROWING, DrillDown, format_drill_down, parse_drill_down
from dashboard.model.filter_links import parse_filters
from dashboard.model.filters import FILTER_NAMES, NOT_STATED, Filters
from dashboard.model.quantity import Quantity, make_quantity, sum_quantities
from dashboard.query import engine, metrics, questions
from dashboard.query.comparison import Side, describe_difference, is_running, same_day
from dashboard.query.metrics import METRICS
from dashboard.query.provenance import (
    Evidence,
    collect_evidence,
    format_citation,
    tabulate_evidence,
)
from dashboard.store import Store, Version
from dashboard.views.content.people import DIMENSIONS as OF_PEOPLE
from tests.conftest import ROOT, publish_folder, served_already
from tests.query.test_metrics import BELOW, OddRecords, combinations, occurring
from tests.records import independent

EVERYTHING, YEAR = Filters(), Filters(year=2025)
COLOURS = make_palette({}, dark=False)

# The word in the URL
# ----------------------------------------------------------------------------------------

NAMES = sorted(NARROWING)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
VALUES = {
    "year": st.integers(1900, 2099).map(str),
    "month": st.builds("{}-{:02}".format, st.integers(1900, 2099), st.integers(1, 12)),
    "country": st.from_regex(r"[A-Z]{2}", fullmatch=True),
}
WITHIN = (
    st.lists(st.sampled_from(NAMES), unique=True, max_size=5)
    .filter(lambda names: not {"year", "month"} <= set(names))
    .flatmap(
        lambda names: st.tuples(
            *(st.tuples(st.just(name), VALUES.get(name, IDS)) for name in names)
        )
    )
)
PIECES = st.lists(
    st.sampled_from(
        [
            *METRICS,
            *FILTER_NAMES,
            *"~~~~....",
            "2025",
            "2025-05",
            "job-doornberg",
            "NL",
            "not-stated",
            " ",
            "\u00a0",
            "\n",
            "'",
        ]
    ),
    max_size=9,
).map("".join)


@given(st.sampled_from(sorted(METRICS)), WITHIN)
def test_a_word_gives_back_what_was_asked_also_through_the_address_bar(metric, within):
    word = format_drill_down(metric, *within)
    assert parse_drill_down(word) == DrillDown(metric, within)
    assert str(parse_drill_down(word)) == word
    assert parse_qsl(urlencode({"why": word})) == [("why", word)]


@given(WITHIN)
def test_what_is_asked_narrows_the_selection_of_the_view(within):
    view = Filters(year=1950, speaker=("somebody", "anybody"), line=("elsa",), text="heart")
    narrowed = DrillDown("contributions", within).filters(view)
    assert set(within) <= set(narrowed.query())
    assert set(narrowed.query()) - set(within) <= set(view.query())
    assert parse_filters(narrowed.query()) == (narrowed, [])


@given(st.text(max_size=300) | PIECES)
@example("contributions~month. 2025-05")
@example("contributions~month.2025-05\u00a0")
@example("contributions~speaker. job-doornberg")
@example("contributions~year.2025~month.2025-05")
def test_no_word_raises_and_what_is_understood_selects_what_a_link_could(word):
    asked = parse_drill_down(word)
    if asked is not None:
        assert str(asked) == word
        filters = asked.filters(YEAR)
        assert parse_filters(filters.query()) == (filters, [])
        filters.params()


@pytest.mark.parametrize(
    "word",
    [
        "",
        "~",
        ".",
        "Events",
        "events_held~",
        "events_held~month",
        "events_held~month.",
        "events_held~month.2025-13",
        "events_held~text.heart",
        "events_held~month.2025-05.06",
        "events_held~v.1",
        "events_held~country.nl",
        "events_held~kind.symposium'--",
        "a" * 61,
        "events_held~kind." + "a" * 100_000,
        "events_held~year.2025~month.2025-05",
        "events_held~year.２０２５",
        "../../etc/passwd",
        "events_held~<script>.x",
        "events_held\x00",
    ],
)
def test_a_word_that_is_not_understood_asks_for_nothing(word):
    assert parse_drill_down(word) is None


def test_a_month_takes_the_place_of_the_year_and_a_value_that_of_its_alternatives():
    asked = parse_drill_down("contributions~speaker.job-doornberg~month.2025-05")
    view = Filters(year=2024, speaker=("job-doornberg", "wim-smit"), country=("NL",))
    assert asked.filters(view) == Filters(
        month=("2025-05",), speaker=("job-doornberg",), country=("NL",)
    )


# Every bar, bubble and cell
# ---------------------------------------------------------------------------------


@dataclass(eq=False)
class Records:
    """Data to draw, and the selections to draw; nothing is asked twice."""

    version: Version
    tables: independent.Tables
    views: Sequence[Filters]
    all_links: bool

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        return questions.read_labels(self.version)

    @cached_property
    def claims(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        """The claims about each record as they are published: what would give a small group away is
        left out.
        """
        found: dict[tuple[str, str], list[dict[str, str]]] = {}
        with (self.version.folder / "records" / "claims.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            for claim in csv.DictReader(file):
                found.setdefault((claim["table_name"], claim["record_id"]), []).append(claim)
        return found

    @cache  # noqa: B019  # there are three of these
    def rows(self, question: str, filters: Filters) -> list[dict[str, Any]]:
        return questions.rows(self.version, question, filters)

    @cache  # noqa: B019
    def answers(self, metric: str, filters: Filters) -> dict[str, Quantity]:
        """The number, the sum of its records, and the independent number."""
        records = metrics.list_records(self.version, METRICS[metric], filters)
        return {
            "number": metrics.evaluate(self.version, METRICS[metric], filters),
            "its records": sum_quantities(quantity for _, quantity in records),
            "independent": independent.number(self.tables, metric, filters),
        }


@dataclass(frozen=True)
class Drawn:
    """A chart with the quantity that its rows give to each thing asked, the selection of these
    rows, what its labels say of a quantity, and whether every group of records has its mark.
    """

    chart: Chart
    quantities: dict[str, Quantity]
    scope: Filters
    say: Callable[[Quantity, DrillDown], str]
    complete: bool = True


def _real(folder: Path) -> tuple[Version, independent.Tables]:
    return served_already(Store(folder / "store"), ROOT / "data"), independent.read(
        ROOT / "data", BELOW
    )


def _demo(folder: Path) -> tuple[Version, independent.Tables]:
    size = demo.Size(years=2, events=150, seed=5)
    version = demo.make_demo(
        Store(folder / "store"), size, now=datetime(2026, 6, 30, tzinfo=UTC)
    ).version
    return version, independent.read(version.folder / "records", BELOW)


def _odd(folder: Path) -> tuple[Version, independent.Tables]:
    OddRecords(random.Random(5)).write(folder)
    return publish_folder(Store(folder / "store"), folder).version, independent.read(folder, BELOW)


MAKERS = {"real": _real, "demo": _demo, "odd": _odd}


@pytest.fixture(scope="module", params=list(MAKERS))
def data(request, tmp_path_factory) -> Iterator[Records]:
    """The shipped records, demo records, and odd ones in which every optional cell is sometimes
    empty.
    """
    version, tables = MAKERS[request.param](tmp_path_factory.mktemp(request.param))
    yield Records(version, tables, list(views(tables)), all_links=request.param == "real")
    engine.close(version.database)


def views(tables: independent.Tables) -> Iterator[Filters]:
    """Selections of every sort: none, periods, each filter by itself, several together, one of
    nothing.
    """
    yield from (
        EVERYTHING,
        YEAR,
        Filters(month=("2025-05",)),
        Filters(month=("2024-12", "2025-05", "2026-01")),
    )
    yield Filters(month=tuple(f"{2025 + nr // 12}-{nr % 12 + 1:02}" for nr in range(2, 18)))
    values = occurring(tables)
    draw = random.Random(4)
    frequent = tables["event_people"]["person_id"].value_counts().index
    yield Filters(speaker=tuple(frequent[:1]))
    yield Filters(speaker=tuple(frequent[:3]), year=2025)
    for name in ("role", "country", "city", *independent.MAY_BE_UNSTATED):
        yield Filters(**{name: (draw.choice(values[name]),)})
    for name in independent.MAY_BE_UNSTATED:
        yield Filters(year=2025, **{name: (NOT_STATED, values[name][0])})
    spoken = tables["people"]["person_id"].isin(frequent)
    job_titles = " ".join(tables["people"]["job_title"][spoken]).split()
    yield from (Filters(text=word) for word in (draw.choice(values["text"]), *job_titles[:1]))
    yield from combinations(tables, values, draw, 6)
    yield Filters(year=1950)


def by_speaker(data: Records, view: Filters) -> Drawn:
    return _by_speaker(data, view)


def speakers_beside_the_chosen(data: Records, view: Filters) -> Drawn:
    """As the People page draws them: everybody, the chosen speakers stand out."""
    return _by_speaker(data, view.with_(speaker=()), chosen=view.speaker)


def _by_speaker(data: Records, scope: Filters, chosen: Sequence[str] = ()) -> Drawn:
    rows = data.rows("contributors", scope)
    numbers = {
        format_drill_down("contributions", ("speaker", r["person_id"])): r["contributions"]
        for r in rows
        if r["contributions"]
    }
    chart = draw_shares(rows, COLOURS, chosen=chosen, profiles=False, limit=len(rows))

    def say(quantity: Quantity, _: DrillDown) -> str:
        return f": {quantity.words('contributions')}"

    return Drawn(
        chart, _exact(numbers), scope, say, complete=not scope.text
    )  # a text chooses people by their own texts


def places_by_events(data: Records, view: Filters) -> Drawn:
    rows = data.rows("event_places", view)
    numbers = {
        format_drill_down("events_held", ("city", row["city_id"])): row["events"] for row in rows
    }
    chart = world.draw_region_map(rows, "world", COLOURS)
    return Drawn(chart, _exact(numbers), view, lambda q, _: f": {q.words('events')}")


def places_by_attendances(data: Records, view: Filters) -> Drawn:
    rows = data.rows("event_places", view)
    sums = {
        format_drill_down("event_participants", ("city", row["city_id"])): _quantity(row)
        for row in rows
    }
    chart = world.draw_region_map(rows, "world", COLOURS, size="participants")
    return Drawn(chart, sums, view, lambda q, _: f": {q.words('attendances')}")


def trainings_by(dimension: str) -> Callable[[Records, Filters], Drawn]:
    def draw(data: Records, view: Filters) -> Drawn:
        rows = data.rows("trainings_by", view)
        sums = {
            format_drill_down("training_participants", (dimension, row["id"])): _quantity(row)
            for row in rows
            if row["dimension"] == dimension
        }
        chart = participation.draw_participation(rows, dimension, data.labels[dimension], COLOURS)
        return Drawn(chart, sums, view, _say_participants)

    return draw


def _say_participants(quantity: Quantity, asked: DrillDown) -> str:
    if not quantity.known:
        return f": number not known, {quantity.total} {'training' if quantity.total == 1 else 'trainings'}"
    covered = f", {quantity.coverage('trainings')}" if quantity.not_known else ""
    return f": {quantity.words('participants')}{covered}"


def contributions_by(dimension: str) -> Callable[[Records, Filters], Drawn]:
    def draw(data: Records, view: Filters) -> Drawn:
        rows = data.rows("contributions_by", view)
        labels = data.labels.get(dimension, {})
        chart = draw_role_matrix(rows, labels, COLOURS, dimension=dimension)
        drawn = "year" if any("~year." in link for _, link in chart.links) else dimension
        mine = [row for row in rows if row["dimension"] == drawn and row["id"] is not None]
        numbers: Counter[str] = Counter()
        for row in mine:
            numbers[
                format_drill_down(
                    "contributions", ("speaker", row["person_id"]), (drawn, row["id"])
                )
            ] += row["contributions"]
        most = MAX_GROUPS if dimension in ("line", "country") else MAX_COLUMNS
        fits = len({r["id"] for r in mine}) <= most
        return Drawn(chart, _exact(numbers), view, lambda q, _: f": {q.value}", complete=fits)

    return draw


def _exact(numbers: dict[str, int]) -> dict[str, Quantity]:
    return {word: Quantity(number, exact=number) for word, number in numbers.items()}


def _quantity(row: dict[str, Any]) -> Quantity:
    """The quantity of a row; where it does not say how many are disputed, those are not compared."""
    return Quantity(
        *(
            row.get(name, 0)
            for name in "value exact about at_least fewer_than unknown disputed".split()
        )
    )


CHARTS: dict[str, Callable[[Records, Filters], Drawn]] = (
    {
        function.__name__: function
        for function in (
            by_speaker,
            speakers_beside_the_chosen,
            places_by_events,
            places_by_attendances,
        )
    }
    | {
        f"trainings_by_{dimension}": trainings_by(dimension)
        for dimension in participation.DIMENSIONS
    }
    | {f"contributions_by_{dimension}": contributions_by(dimension) for dimension in OF_PEOPLE}
)


METRIC_OF = {
    "places_by_events": "events_held",
    "places_by_attendances": "event_participants",
}


def metric_of(chart: str) -> str:
    return METRIC_OF.get(
        chart, "training_participants" if chart.startswith("trainings") else "contributions"
    )


def differences(data: Records, view: Filters, drawn: Drawn, most: int) -> Iterator[str]:
    """Where a mark's label, its row in the chart and the records of its group differ; and, for
    `most` marks drawn by lot, the number that its link asks for.
    """
    links = [
        (label, parse_drill_down(link.removeprefix("why="))) for label, link in drawn.chart.links
    ]
    followed = set(random.Random(6).sample(range(len(links)), min(most, len(links))))
    groups: dict[tuple[str, ...], dict[tuple[str, ...], Quantity]] = {}
    for nr, (label, asked) in enumerate(links):
        names, key = (
            tuple(name for name, _ in asked.within),
            tuple(value for _, value in asked.within),
        )
        if names not in groups:
            groups[names] = independent.parts(data.tables, asked.metric, drawn.scope, *names)
        group = groups[names].get(key, Quantity(0))
        found = {"row": drawn.quantities.get(str(asked), Quantity(0)), "independent group": group}
        found |= data.answers(asked.metric, asked.filters(view)) if nr in followed else {}
        if asked.metric == "event_participants":  # event_places does not say how many are disputed
            found = {name: replace(quantity, disputed=0) for name, quantity in found.items()}
        if len(set(found.values())) > 1 or not label.endswith(drawn.say(group, asked)):
            lines = [f"    {name}: {quantity}" for name, quantity in found.items()]
            yield "\n".join([f"  {label!r} ({asked}) in {view.query()}", *lines])
    asked_for = {tuple(value for _, value in asked.within) for _, asked in links}
    for names, values in groups.items() if drawn.complete else ():
        yield from (
            f"  no mark for {names} = {key} in {view.query()}" for key in set(values) - asked_for
        )


def all_say_what_their_links_ask_for(data, name, views):
    asked, found = 0, []
    distinct = {independent.effective(metric_of(name), view): view for view in views}
    for nr, view in enumerate(distinct.values()):
        drawn = CHARTS[name](data, view)
        asked += len(drawn.chart.links)
        found += differences(data, view, drawn, most=500 if nr < 2 and data.all_links else 2)
    assert asked
    assert not found, f"{len(found)} differ, of {asked} marks:\n" + "\n".join(found[:6])


@pytest.mark.matrix(5)
@pytest.mark.parametrize("name", list(CHARTS))
def test_every_bar_bubble_and_cell_says_the_number_that_its_link_asks_for(data, name):
    """Under all selections of the shipped records; of the others, under every third (all: make
    test-long).
    """
    all_say_what_their_links_ask_for(data, name, data.views if data.all_links else data.views[::3])


@pytest.mark.long
@pytest.mark.parametrize("name", list(CHARTS))
@pytest.mark.parametrize("data", ["demo", "odd"], indirect=True)
def test_every_bar_bubble_and_cell_says_so_for_demo_and_odd_records_under_every_selection(
    data, name
):
    all_say_what_their_links_ask_for(data, name, data.views)


@pytest.mark.matrix(12)
@pytest.mark.parametrize("name", list(CHARTS))
def test_a_mark_that_opens_a_number_in_the_picture_can_be_asked_about_below_it_too(data, name):
    for view in data.views[:2]:
        chart = CHARTS[name](data, view).chart
        marks = {
            link
            for trace in chart.figure.get("data", ())
            for link in trace.get("customdata", ())
            if link
        } | set(chart.markup.acts() if chart.markup else ())
        assert {link for link in marks if link.startswith("why=")} <= {
            link for _, link in chart.links
        }


def counted(data: Records, view: Filters) -> Chart | None:
    """The events of a selection by month, as of too many to be drawn one by one."""
    counts = read_month_counts(data.rows("events_counted", view))
    span = find_chosen_span(counts, view.years(), view.month)
    labels = TimelineLabels.read(data.labels, [])
    return span and draw_event_timeline(
        [], span, labels, COLOURS, today=date(2026, 11, 28), counts=counts
    )


OUR_ROLES = {
    "organised": "organised by us",
    "co-organised": "organised by us",
    "contributed": "contributed",
}


def say_events(data: Records, scope: Filters) -> str:
    """What is said of the events of a month or year: those held by our role, and those planned."""
    numbers = dict.fromkeys([*OUR_ROLES.values(), "role not stated", "planned"], 0)
    for status in {"held", "planned"} & set(scope.status or ("held", "planned")):
        rows = independent.events(data.tables, scope, status)
        for role in rows[rows["month"].fillna("") != ""]["our_role"].fillna(""):
            is_held = status == "held"
            numbers[OUR_ROLES.get(role, "role not stated") if is_held else "planned"] += 1
    return "".join(f" · {number:,} {words}" for words, number in numbers.items() if number)


def test_every_column_of_a_counted_timeline_says_what_the_month_or_year_holds_to_which_it_leads(
    data,
):
    asked = 0
    for view in data.views:
        chart = counted(data, view)
        for label, link in chart.links if chart else ():
            chosen, notices = parse_filters(parse_qsl(link))
            assert not notices
            scope = view.with_(month=chosen.month, year=chosen.year)
            assert label.partition(" · ")[1:] == say_events(data, scope).partition(" · ")[1:], (
                label,
                view.query(),
            )
            asked += 1
    assert asked > 100


def bubbles(folder: Path, store: Path) -> list[tuple[dict[str, Any], Quantity]]:
    """The rows of the map, each with the number that its bubble asks for."""
    version = publish_folder(Store(store), folder).version
    rows = questions.rows(version, "event_places", EVERYTHING)
    return [
        (row, metrics.evaluate(version, METRICS["events_held"], Filters(city=(row["city_id"],))))
        for row in rows
    ]


def test_a_bubble_counts_the_events_of_its_city_whose_venue_has_no_coordinates(
    records, edit, tmp_path
):
    edit("places", "UMCG,Groningen,NL,53.21917,6.56667", "UMCG,Groningen,NL,,")
    found = bubbles(records, tmp_path / "store")
    assert [
        (row["city"], row["events"], number.value)
        for row, number in found
        if row["events"] != number.value
    ] == []


def test_two_spellings_of_a_city_are_one_bubble(records, edit, tmp_path):
    edit("places", "UMCG,Groningen,NL", "UMCG,Gröningen,NL")
    found = bubbles(records, tmp_path / "store")
    assert [
        (row["city"], row["events"], number.value)
        for row, number in found
        if row["events"] != number.value
    ] == []


# Where a number comes from
# ----------------------------------------------------------------------------------

PERIODS = (
    EVERYTHING,
    YEAR,
    Filters(month=("2025-05",)),
    Filters(year=2025, line=(NOT_STATED,)),
    Filters(year=1950),
)
PEOPLE_TRAINED = METRICS["training_participants"]


@pytest.mark.matrix(14)
@pytest.mark.parametrize("metric", list(METRICS))
def test_the_evidence_of_a_number_adds_up_to_it(data, metric):
    for view in PERIODS:
        found = collect_evidence(data.version, DrillDown(metric), view)
        expected = independent.number(data.tables, metric, view)
        assert (
            sum_quantities(e.quantity for e in found)
            == expected
            == metrics.evaluate(data.version, METRICS[metric], view)
        )


def test_the_evidence_of_a_part_is_that_part(data):
    speaker, month = next(
        iter(independent.parts(data.tables, "contributions", YEAR, "speaker", "month"))
    )
    asked = DrillDown("contributions", (("speaker", speaker), ("month", month)))
    expected = independent.parts(data.tables, "contributions", YEAR, "speaker", "month")[
        speaker, month
    ]
    assert (
        sum_quantities(e.quantity for e in collect_evidence(data.version, asked, YEAR)) == expected
    )


@pytest.mark.matrix(14)
@pytest.mark.parametrize("metric", list(METRICS))
def test_a_record_behind_a_number_stands_with_all_claims_about_it_and_no_other(data, metric):
    for view in (EVERYTHING, YEAR):
        for found in collect_evidence(data.version, DrillDown(metric), view):
            expected = Counter(
                (claim["stance"], claim["field"], claim["line"], claim["stated"])
                for record in _records_of(data, found, view)
                for claim in data.claims.get(record, [])
            )
            shown = Counter(
                (c["stance"], c["field"] or "", str(c["line"] or ""), c["stated"] or "")
                for c in found.claims
            )
            assert shown == expected, f"{found.row['table_name']} {found.row['record_id']}"


def _records_of(data: Records, found: Evidence, view: Filters) -> Iterable[tuple[str, str]]:
    """The record whose claims are shown; of a country the held events in it."""
    table, identity = found.row["table_name"], found.row["record_id"]
    if table != "countries":
        return [(table, identity)]
    return [
        ("events", event)
        for event in independent.events(data.tables, view.with_(country=(identity,)))["event_id"]
    ]


def test_every_record_behind_a_shipped_number_is_stated_by_a_source(real):
    """None is left without: in data/ each event, person, organisation, series, training, project
    and grant is claimed.
    """
    unstated = {
        (found.row["table_name"], found.row["record_id"])
        for metric in METRICS
        for found in collect_evidence(real, DrillDown(metric), EVERYTHING)
        if not found.stated
    }
    assert unstated == set()


def test_it_is_said_where_a_record_is_stated_and_what_differs(real):
    disputed = [
        e
        for e in collect_evidence(real, DrillDown("training_participants"), YEAR)
        if e.quantity.disputed
    ]
    assert [(e.row["record_id"], e.stated, e.differing) for e in disputed] == [
        (
            "medicine-first-year",
            "2025 in Review, Embedding digital health and AI in education programmes, line 93",
            "2025 in Review differs on participants: “Over 400 first-year medical students” (Key highlights, line 135)",
        )
    ]


def test_what_a_source_says_twice_is_named_once_and_a_place_may_be_missing():
    claim = {
        "source": "Report",
        "stance": "stated",
        "section": "May",
        "line": 3,
        "field": None,
        "stated": "x",
    }
    bare = claim | {"section": None, "line": None}
    found = Evidence(
        {}, Quantity(1, exact=1), [claim, claim, bare, claim | {"stance": "added", "line": 9}]
    )
    assert found.stated == "Report, May, line 3; Report"
    assert found.differing == ""


def test_the_records_of_a_number_can_be_downloaded_with_their_sources(real):
    found = collect_evidence(real, DrillDown("training_participants"), YEAR)
    table = tabulate_evidence(found)
    assert [(row["id"], row["value"], row["kind"], row["stated in"]) for row in table] == [
        (e.row["record_id"], e.row["value"], e.row["kind"], e.stated) for e in found
    ]
    known = [
        make_quantity(row["value"], row["kind"], disputed=bool(row["differs"]))
        for row in table
        if row["value"]
    ]
    assert sum(q.value for q in known) == metrics.evaluate(real, PEOPLE_TRAINED, YEAR).value


@pytest.mark.parametrize("metric", list(METRICS))
def test_of_many_records_behind_a_number_the_first_are_collected(real, metric):
    listed = collect_evidence(real, DrillDown(metric), YEAR, limit=3)
    whole = collect_evidence(real, DrillDown(metric), YEAR)
    assert [e.row for e in listed] == [e.row for e in whole[:3]]


@pytest.mark.parametrize(
    ("quantity", "number"),
    [
        (
            Quantity(589, exact=3, about=2, unknown=7),
            "about 589 participants (from 5 of 12 trainings)",
        ),
        (Quantity(30, exact=1), "30 participants"),
        (Quantity(None, unknown=2), "unknown (unknown for all 2 trainings)"),
    ],
)
def test_a_citation_holds_the_number_its_coverage_the_version_the_date_and_the_address(
    real, quantity, number
):
    cited = format_citation(
        PEOPLE_TRAINED,
        quantity,
        selection="trainings in 2025",
        publisher="DASH (UMCG)",
        version=real,
        published=date(2026, 1, 15),
        address="http://localhost:8501/trainings?year=2025",
    )
    assert cited == (
        f"DASH (UMCG), dashboard. Participants in trainings, trainings in 2025: {number}."
        f" Data version {real.id} of 2026-01-15. http://localhost:8501/trainings?year=2025"
    )


# Two years in words
# -----------------------------------------------------------------------------------------

EXACTLY_100, ABOUT_100 = Quantity(100, exact=4), Quantity(100, exact=1, about=3)
REFUSED = "no comparison, because for"


@pytest.mark.parametrize(
    ("metric", "now", "before", "said"),
    [
        (
            "trainings_held",
            Quantity(12, exact=12),
            Quantity(10, exact=10),
            "12 trainings, 2 more than in 2024 (10 trainings)",
        ),
        (
            "trainings_held",
            Quantity(1, exact=1),
            Quantity(2, exact=2),
            "1 training, 1 fewer than in 2024 (2 trainings)",
        ),
        (
            "trainings_held",
            Quantity(0),
            Quantity(3, exact=3),
            "0 trainings, 3 fewer than in 2024 (3 trainings)",
        ),
        (
            "funding_received",
            Quantity(Decimal(3_000_000), exact=2),
            Quantity(Decimal("2000000.50"), exact=1),
            "3 million euro, 999,999.50 more than in 2024 (2,000,000.50 euro)",
        ),
        (
            "training_participants",
            ABOUT_100,
            Quantity(60, exact=2),
            "about 100 participants, about 40 more than in 2024 (60 participants)",
        ),
        (
            "training_participants",
            EXACTLY_100,
            Quantity(160, about=2),
            "100 participants, about 60 fewer than in 2024 (about 160 participants)",
        ),
        (
            "training_participants",
            EXACTLY_100,
            Quantity(100, exact=1),
            "100 participants, as many as in 2024",
        ),
        (
            "trainings_held",
            Quantity(12, exact=12),
            Quantity(0),
            "12 trainings, 12 more than in 2024 (0 trainings)",
        ),
        ("trainings_held", Quantity(0), Quantity(0), "0 trainings, as many as in 2024"),
        (
            "training_participants",
            Quantity(100, exact=4, unknown=1),
            EXACTLY_100,
            f"100 participants; {REFUSED} this year: from 4 of 5 trainings",
        ),
        (
            "training_participants",
            EXACTLY_100,
            Quantity(60, about=1, fewer_than=2),
            f"100 participants; {REFUSED} 2024: from 1 of 3 trainings",
        ),
        (
            "training_participants",
            Quantity(None, unknown=2),
            EXACTLY_100,
            f"unknown; {REFUSED} this year: unknown for all 2 trainings",
        ),
        (
            "countries",
            Quantity(7, exact=7, unknown=3),
            Quantity(5, exact=5),
            f"7 countries; {REFUSED} this year: 3 events without a known place",
        ),
        (
            "event_participants",
            Quantity(100, at_least=1),
            EXACTLY_100,
            f"at least 100 attendances; {REFUSED} this year: only a lower bound is known",
        ),
        (
            "event_participants",
            EXACTLY_100,
            Quantity(100, exact=1, at_least=1),
            f"100 attendances; {REFUSED} 2024: only a lower bound is known",
        ),
    ],
)
def test_two_years_are_compared_in_words_where_both_are_known(metric, now, before, said):
    assert describe_difference(METRICS[metric], Side(2025, now), Side(2024, before)) == said


@pytest.mark.parametrize("before", [Quantity(0), EXACTLY_100])
def test_a_year_of_which_nothing_is_recorded_is_a_gap_and_not_a_zero(before):
    there, gone = Side(2025, ABOUT_100), Side(2024, before, recorded=False)
    assert (
        describe_difference(PEOPLE_TRAINED, there, gone)
        == "about 100 participants; 2024 not recorded"
    )
    assert describe_difference(PEOPLE_TRAINED, gone, there) == "2024 not recorded"
    assert (
        describe_difference(PEOPLE_TRAINED, gone, Side(2023, before, recorded=False))
        == "2024 and 2023 not recorded"
    )


@pytest.mark.parametrize(
    ("now", "before"), [(ABOUT_100, EXACTLY_100), (EXACTLY_100, ABOUT_100), (ABOUT_100, ABOUT_100)]
)
def test_approximate_numbers_that_look_the_same_are_about_as_many(now, before):
    assert "about as many as in 2024" in describe_difference(
        PEOPLE_TRAINED, Side(2025, now), Side(2024, before)
    )


RUNS = Side(2026, Quantity(2, exact=2), date(2026, 11, 28), so_far=True)
BESIDE = Side(2025, Quantity(62, exact=62), date(2025, 11, 28))


def test_a_year_that_runs_is_said_to_be_so_far_and_the_other_up_to_the_same_day():
    held = METRICS["events_held"]
    assert describe_difference(held, RUNS, BESIDE) == (
        "2 events so far, to 28 November 2026, 60 fewer than in 2025 up to the same day (62 events)"
    )
    assert (
        describe_difference(held, BESIDE, RUNS)
        == "62 events up to 28 November 2025, 60 more than in 2026 so far (2 events)"
    )
    unsure = replace(BESIDE, undecided="5 events")
    assert describe_difference(held, RUNS, unsure) == (
        "2 events so far, to 28 November 2026; no comparison with 2025 up to the same day, because of 5 events in 2025 it is"
        " not known whether before or after 28 November"
    )


@pytest.mark.parametrize(
    ("year", "today", "day", "runs"),
    [
        (2025, date(2026, 11, 28), date(2025, 11, 28), False),
        (2026, date(2026, 11, 28), date(2026, 11, 28), True),
        (2027, date(2028, 2, 29), date(2027, 2, 28), False),
        (2026, date(2026, 12, 31), date(2026, 12, 31), False),
    ],
)
def test_the_same_day_of_another_year(year, today, day, runs):
    assert (same_day(year, today), is_running(year, today)) == (day, runs)
