"""What a question reads, which is the same on every machine: a filter that is not chosen must not
cost anything.

With five million events a scan too many is seconds; `make bench` shows those, this finds them
before.
"""

import json
import re
from collections import Counter
from datetime import date
from functools import partial

import duckdb
import pytest

from dashboard import demo
from dashboard.model.filters import Filters
from dashboard.query import duck, questions
from dashboard.store import Store
from tests.conftest import NOW
from tests.query.test_questions import ANSWERS

PARAMS = {name: params for name, params, *_ in reversed(ANSWERS)}
MAY = Filters(month=("2025-05",))
DAYS = Filters(from_day=date(2025, 5, 1), to_day=date(2025, 5, 31))
PARTIES = frozenset({"event_parties", "series_parties", "project_parties"})
SPEAKER, WORDS = MAY.with_(speaker=("job-doornberg",)), MAY.with_(text="ai")
READ = {
    "events": {"events": 1, "places": 1},
    "events_in_scope": {"events": 1, "places": 1},
    "events_by_month": {"events": 1, "places": 1},
    "undated_events": {"events": 1, "places": 1},
    "event_places": {"events": 1, "places": 1},
    "facets": {"events": 1, "places": 1, "event_parties": 1},
    "facets_people": {"events": 1, "places": 1, "event_people_by_day": 1},
    "event_people": {"events": 1, "places": 1, "event_people_by_day": 1, "people": 1},
    "contributors": {"events": 1, "places": 1, "event_people_by_day": 1, "people": 1},
}
"""The tables that a question of the Events page and the map may read for a month, each as often."""


def steps_of(database, question, filters):
    """The steps that a question took, each with what is written about it and how many rows it read."""
    text = questions.sql(question)
    given = questions.bind(filters) | PARAMS.get(question, {})
    names = duck._parse_statement(text).named_parameters
    with duck._open_cursor(database) as cursor:
        (told,) = cursor.execute(
            f"explain (analyze, format json) {text}", {n: given[n] for n in names}
        ).fetchall()
    steps, waiting = [], json.loads(told[1])["operator"]
    while waiting:
        step = waiting.pop()
        waiting += step.get("children", [])
        steps.append(step["extra_info"] | {"rows": step.get("rows_scanned", 0)})
    return steps


@pytest.fixture(scope="module")
def plans(real):
    return partial(steps_of, real.database)


GROUP = 2048
"""Rows that DuckDB reads together at least; in a store it keeps 122,880 together, so that a small
one would not show what is left out.
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """12,000 events of three years in the order in which a store keeps them, in groups of few rows."""
    folder = tmp_path_factory.mktemp("scans")
    store = Store(folder / "store")
    demo.make_demo(store, demo.Size(years=3, events=12_000), NOW)
    with duckdb.connect() as made:
        made.execute(
            f"attach '{store.open().database}' as source (read_only); attach '{folder}/many.duckdb' as many (row_group_size {GROUP})"
        )
        for (name,) in made.execute(
            "select table_name from duckdb_tables() where database_name = 'source'"
        ).fetchall():
            made.execute(f'create table many."{name}" as from source."{name}"')
    return folder / "many.duckdb"


def tables(steps):
    """The tables that were scanned, each as often."""
    return Counter(step["Table"].rpartition(".")[2] for step in steps if "Table" in step)


@pytest.mark.parametrize("question", READ)
def test_a_month_reads_each_table_once_and_none_for_filters_that_are_not_chosen(plans, question):
    assert +(tables(plans(question, MAY)) - Counter(READ[question])) == Counter()
    assert +(tables(plans(question, DAYS)) - Counter(READ[question])) == Counter()


@pytest.mark.parametrize(
    "question",
    [
        name
        for name in questions.list_questions()
        if "$words" in questions.sql(name) and not name.startswith("search")
    ],
)
def test_texts_are_searched_only_when_words_are_given(plans, question):
    assert tables(plans(question, MAY))["search_texts"] == 0


def test_words_and_people_are_looked_for_when_they_are_given(plans):
    """The eyes of the tests above."""
    assert tables(plans("events", WORDS))["search_texts"] == 1
    assert tables(plans("events", SPEAKER))["event_people_by_day"] == 1


@pytest.mark.parametrize(
    "question",
    [
        name
        for name in questions.list_questions()
        if "$organisations" in questions.sql(name)
        and not re.search("_parties|_partners", questions.sql(name))
    ],
)
def test_parties_are_looked_at_only_when_an_organisation_is_chosen(plans, question):
    assert not PARTIES & tables(plans(question, MAY)).keys()


@pytest.mark.parametrize("question", ["events", "people", "series", "projects", "funding"])
def test_parties_are_looked_at_when_an_organisation_is_chosen(plans, question):
    """The eyes of the test above."""
    assert PARTIES & tables(plans(question, Filters(organisation=("hanze",)))).keys()


@pytest.mark.parametrize("question", ["contributors", "event_people", "facets_people"])
def test_who_was_named_is_read_for_the_days_of_the_month_only(plans, question):
    (step,) = (
        step for step in plans(question, MAY) if "event_people_by_day" in step.get("Table", "")
    )
    assert "event_day >= '2025-05-01'" in str(step["Filters"])


@pytest.mark.parametrize("question", READ)
def test_of_the_tables_with_days_only_the_group_of_the_month_is_read(many, question):
    """May lies in one group; what is known by the year only is looked for in the three that hold a
    part of the year.
    """
    found = [
        (step["Table"].rpartition(".")[2], step["rows"])
        for step in steps_of(many, question, MAY)
        if "Table" in step
    ]
    read = {table: rows for table, rows in found if table in ("events", "event_people_by_day")}
    assert read
    assert set(read.values()) == {3 * GROUP if question == "undated_events" else GROUP}
    everything = steps_of(many, "events", Filters())
    assert (
        sum(step["rows"] for step in everything if step.get("Table", "").endswith(".events"))
        == 12_000
    )
