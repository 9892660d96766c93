"""Every named question and every filter; the answers were worked out by hand: see tests/data/README.md."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

from dashboard import queries
from dashboard.filters import APPLIES, Filters, parse_link
from dashboard.intake.check import open_candidate
from dashboard.intake.files import read_folder
from dashboard.metrics import METRICS, behind, evaluate
from dashboard.quantity import Quantity, total
from dashboard.store import Store, Version, publish

DATA = Path(__file__).parent / "data"
SQL = {path.stem: path.read_text("utf-8") for path in sorted(Path(queries.__file__).parent.glob("*.sql"))}
ALL = Filters()


def publish_folder(folder: Path, root: Path) -> Version:
    candidate, now = open_candidate(read_folder(folder)), datetime(2026, 1, 1, tzinfo=UTC)
    return publish(Store(root), candidate, author="test", message="test", now=now, small_groups_below=5).version


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return publish_folder(DATA, tmp_path_factory.mktemp("tiny"))


def with_rows(tmp_path, **lines):
    """The same records with one more row in some tables: with_rows(tmp_path, events="…", places="…")."""
    folder = copytree(DATA, tmp_path / "data")
    for table, line in lines.items():
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    return publish_folder(folder, tmp_path / "store")


def ask(version, question, columns, filters=ALL, **params):
    """Some columns of the rows of a question; of a single column its plain values."""
    names = columns.split()
    rows = queries.rows(version, question, filters, **params)
    return [row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in rows]


# Every question, with no filter chosen -------------------------------------------------------------------------------

HELD, PLANNED, CANCELLED = {"status": "held"}, {"status": "planned"}, {"status": "cancelled"}
COHORTS, MODULES = {"status": "held", "e_learning": False}, {"status": "developed", "e_learning": True}
OURS, OTHERS = {"ours": True}, {"ours": False}
WORK = {"statuses": ["selected", "running", "completed"], "outputs": False}
RESULTS = WORK | {"outputs": True}
COUNTS = "value exact about at_least fewer_than unknown disputed"

ANSWERS = [
    ("event_count", HELD, "value exact", [(5, 5)]), ("event_count", PLANNED, "value exact", [(1, 1)]),
    ("event_count", CANCELLED, "value exact", [(1, 1)]), ("series_count", {}, "value exact", [(2, 2)]),
    ("contribution_count", {}, "value exact", [(7, 7)]), ("contributor_count", {}, "value exact", [(3, 3)]),
    ("event_count_rows", HELD, "record_id", ["round-table", "retreat", "spring-school", "webinar", "open-day"]),
    ("event_count_rows", PLANNED, "table_name record_id label value", [("events", "congress", "Congress", 1)]),
    ("events", {}, "event_id end_date date_precision status country", [
        ("round-table", "2024-12-31", "day", "held", "NL"), ("spring-school", "2025-05-02", "day", "held", "NL"),
        ("webinar", "2025-05", "month", "held", None), ("open-day", "2025-05-14", "day", "held", "BE"),
        ("visit", "2025-05-20", "day", "cancelled", "NL"), ("retreat", "2025", "year", "held", None),
        ("congress", "2026-02-05", "day", "planned", "BE"),
    ]),
    ("event_people", {}, "event_id name role nr talk_title", [
        ("congress", "Carla Smit", "keynote", 1, None), ("open-day", "Anna Berg", "chair", 1, None),
        ("open-day", "Zoë Müller", "keynote", 1, "Café statistics"), ("round-table", "Bram de Wit", "chair", 1, None),
        ("spring-school", "Anna Berg", "lecture", 1, "Trees"), ("spring-school", "Anna Berg", "lecture", 2, "Forests"),
        ("spring-school", "Bram de Wit", "host", 1, None), ("webinar", "Zoë Müller", "lecture", 1, None),
    ]),
    ("event_participants", {}, COUNTS, [(200, 1, 1, 1, 1, 1, 1)]),  # 40 + about 100 + at least 60
    ("event_participants_rows", {}, "record_id value kind disputed", [
        ("open-day", 100, "about", True), ("webinar", 60, "at-least", False), ("spring-school", 40, "exact", False),
        ("round-table", None, "fewer-than", False), ("retreat", None, "unknown", False),
    ]),
    ("events_by_month", {}, "month kind events", [
        ("2024-12", "meeting", 1), ("2025-04", "course", 1), ("2025-05", "meeting", 1), ("2025-05", "symposium", 1),
    ]),
    ("undated_events", {}, "event_id", ["retreat"]), ("last_event", {}, "last_day", [date(2025, 5, 14)]),
    ("next_events", {"today": date(2026, 2, 5)}, "event_id", ["congress"]),
    ("next_events", {"today": date(2026, 2, 6)}, "event_id", []),
    ("event_places", {}, "city value about", [("Antwerp", 100, 1), ("Groningen", 40, 0), ("Zwolle", None, 0)]),
    ("place_reconciliation", {}, "all_events on_the_map online unknown countries", [(5, 3, 1, 1, 2)]),
    ("facets", {}, "filter id events", [
        ("country", "BE", 1), ("country", "NL", 2), ("kind", "course", 1), ("kind", "meeting", 3),
        ("kind", "symposium", 1), ("line", "ethics", 2), ("line", "learning", 1), ("month", "2024-12", 1),
        ("month", "2025-04", 1), ("month", "2025-05", 2), ("our_role", "contributed", 2), ("our_role", "organised", 3),
        ("pillar", "education", 2), ("pillar", "research", 2), ("role", "chair", 2), ("role", "host", 1),
        ("role", "keynote", 1), ("role", "lecture", 2), ("speaker", "anna-berg", 2), ("speaker", "bram-de-wit", 2),
        ("speaker", "zoe-muller", 2), ("year", "2024", 1), ("year", "2025", 4),
    ]),
    ("country_count", {}, "value exact unknown", [(2, 2, 1)]),
    ("country_count_rows", {}, "record_id kind", [("BE", "exact"), ("NL", "exact"), ("retreat", "unknown")]),
    ("contribution_count_rows", {}, "label", [
        "Bram de Wit, chair: Round table", "Anna Berg, lecture: Trees", "Anna Berg, lecture: Forests",
        "Bram de Wit, host: Spring school", "Zoë Müller, lecture: Webinar on consent", "Anna Berg, chair: Open day",
        "Zoë Müller, keynote: Café statistics",
    ]),
    ("contributions", {}, "event_id person_id role nr", [
        ("round-table", "bram-de-wit", "chair", 1), ("spring-school", "anna-berg", "lecture", 1),
        ("spring-school", "anna-berg", "lecture", 2), ("spring-school", "bram-de-wit", "host", 1),
        ("webinar", "zoe-muller", "lecture", 1), ("open-day", "anna-berg", "chair", 1),
        ("open-day", "zoe-muller", "keynote", 1), ("congress", "carla-smit", "keynote", 1),
    ]),
    ("contributor_count_rows", {}, "label", ["Anna Berg", "Bram de Wit", "Zoë Müller"]),
    ("people", {}, "person_id events contributions", [
        ("anna-berg", 2, 3), ("bram-de-wit", 2, 2), ("zoe-muller", 2, 2), ("carla-smit", 0, 0), ("dirk-vos", 0, 0),
    ]),
    ("person_roles", {}, "person_id role contributions", [
        ("anna-berg", "lecture", 2), ("anna-berg", "chair", 1), ("bram-de-wit", "chair", 1), ("bram-de-wit", "host", 1),
        ("zoe-muller", "keynote", 1), ("zoe-muller", "lecture", 1),
    ]),
    ("person_spellings", {}, "spelling place", [
        ("Anna Berg", 0), ("Bram de Wit", 0), ("Carla Smit", 0), ("Dirk Vos", 0), ("Zoë Müller", 0), ("Zoe Mueller", 1),
    ]),
    ("series", {}, "series_id reported_date", [("evening-talks", "2024-10"), ("reading-club", "2025")]),
    ("series_count_rows", {}, "record_id", ["evening-talks", "reading-club"]),
    ("trainings", {}, "training_id calendar year participants participants_kind", [
        ("pilot", "calendar", 2024, None, "unknown"), ("first-year", "academic", 2025, 400, "about"),
        ("autumn-course", "calendar", 2025, 30, "exact"), ("consent-module", "calendar", 2025, 500, "at-least"),
        ("winter-school", "calendar", 2026, 25, "about"),
    ]),
    ("training_count", COHORTS, "value exact", [(3, 3)]), ("training_count", MODULES, "value exact", [(1, 1)]),
    ("training_count_rows", COHORTS, "record_id", ["pilot", "first-year", "autumn-course"]),
    ("training_count_rows", MODULES, "record_id date", [("consent-module", "2025")]),
    ("training_participants", {}, COUNTS, [(430, 1, 1, 0, 0, 1, 1)]),  # 30 + about 400
    ("training_participants_rows", {}, "record_id value kind disputed", [
        ("first-year", 400, "about", False), ("autumn-course", 30, "exact", True), ("pilot", None, "unknown", False),
    ]),
    ("training_parts", {}, "title", ["Privacy", "What is a model?", "Hospital game"]),
    ("projects", {}, "project_id start_date end_date", [
        ("old-study", "2023", None), ("ai-lab", "2024-03-01", None), ("new-network", None, None),
        ("open-dataset", "2025-01-15", "2025-06-30"), ("next-programme", "2026", "2028"),
    ]),
    ("project_count", WORK, "value exact", [(3, 3)]), ("project_count", RESULTS, "value exact", [(1, 1)]),
    ("project_count_rows", WORK, "record_id", ["old-study", "ai-lab", "new-network"]),
    ("project_count_rows", RESULTS, "record_id date", [("open-dataset", "2025-01-15 to 2025-06-30")]),
    ("project_parties", {}, "project_id nr role name", [
        ("ai-lab", 1, "lead", "Anna Berg"), ("ai-lab", 2, "partner", "The Care Group"),
        ("ai-lab", 3, "host", "Our Centre"), ("old-study", 1, "lead", "Dirk Vos"),
        ("old-study", 2, "stakeholder", "Science Fund"),
    ]),
    ("funding", {}, "funding_id funder recipient amount_eur", [
        ("seed-grant", "Science Fund", "Our Centre", 50_000), ("old-money", None, "Dirk Vos", 20_000),
        ("top-up", "Science Fund", "Our Centre", None), ("hub-grant", None, "The Care Group", 3_000_000),
        ("gift", None, None, None),
    ]),
    ("funding_sum", OURS, COUNTS, [(70_000, 1, 1, 0, 0, 1, 1)]),  # 50,000 + about 20,000
    ("funding_sum", OTHERS, COUNTS, [(3_000_000, 1, 0, 0, 0, 1, 0)]),
    ("funding_sum_rows", OURS, "record_id value disputed", [
        ("seed-grant", 50_000, True), ("old-money", 20_000, False), ("top-up", None, False),
    ]),
    ("award_count", OURS, "value exact", [(3, 3)]), ("award_count", OTHERS, "value exact", [(2, 2)]),
    ("partner_count", {}, "value exact", [(3, 3)]),
    ("partner_count_rows", {}, "label", ["City Lab", "Ghent University", "The Care Group"]),
    ("award_count_rows", OURS, "record_id", ["old-money", "seed-grant", "top-up"]),
    ("record_claims", {"of_table": "events", "record_ids": ["open-day"]}, "stance field stated source", [
        ("stated", None, "about 100", "Yearly report"), ("differs", "participants", "about 120", "Newsletter"),
    ]),
    ("store_facts", {}, "default_year generated reported_year", [(2025, False, 2025)]),
]  # fmt: skip
ASKED_BELOW = {"labels"}


@pytest.mark.parametrize(("question", "params", "columns", "expected"), ANSWERS)
def test_a_question_has_the_answer_worked_out_by_hand(tiny, question, params, columns, expected):
    assert ask(tiny, question, columns, **params) == expected


def test_labels_name_what_the_filters_can_hold(tiny):
    labels = queries.labels(tiny)
    assert list(labels["speaker"]) == ["anna-berg", "bram-de-wit", "carla-smit", "dirk-vos", "zoe-muller"]
    assert (list(labels["country"]), list(labels["year"])) == (["BE", "NL"], ["2024", "2025", "2026"])
    assert labels["pillar"] == {"research": "Research", "education": "Education"}


def test_every_question_is_asked_in_this_file():
    assert {question for question, *_ in ANSWERS} | ASKED_BELOW == set(SQL) == set(queries.names())


# Every filter on every table -----------------------------------------------------------------------------------------

LISTS = {  # table of the matrix -> the question that lists its rows, and what identifies one
    "events": ("events", "event_id"), "contributions": ("contributions", "person_id"),
    "people": ("people", "person_id"), "series": ("series", "series_id"), "trainings": ("trainings", "training_id"),
    "projects": ("projects", "project_id"), "funding": ("funding", "funding_id"),
    "partners": ("partner_count_rows", "record_id"),
}  # fmt: skip
FILTERED = {  # the filters as in the URL -> what is left, in the question's own order
    "events": {
        "year=2024": "round-table", "year=2025": "spring-school webinar open-day visit retreat",
        "month=2025-05": "webinar open-day visit", "month=2024-12&month=2025-04": "round-table spring-school",
        "speaker=anna-berg": "spring-school open-day",
        "speaker=carla-smit&speaker=zoe-muller": "webinar open-day congress", "role=keynote": "open-day congress",
        "speaker=anna-berg&role=chair": "open-day", "line=ethics": "webinar open-day",
        "pillar=education": "spring-school webinar", "kind=symposium": "open-day congress",
        "country=BE": "open-day congress", "our_role=contributed": "round-table open-day congress",
        "text=consent": "webinar", "text=antwerp": "open-day congress", "text=universiteit+gent": "spring-school",
        "year=2025&country=NL": "spring-school visit", "speaker=anna-berg&role=host": "",  # the host was Bram
    },
    "contributions": {
        "year=2026": "carla-smit", "month=2025-05": "zoe-muller anna-berg zoe-muller",
        "speaker=bram-de-wit": "bram-de-wit bram-de-wit", "role=lecture": "anna-berg anna-berg zoe-muller",
        "speaker=anna-berg&role=chair": "anna-berg", "line=ethics": "zoe-muller anna-berg zoe-muller",
        "pillar=education": "anna-berg anna-berg bram-de-wit zoe-muller", "kind=meeting": "bram-de-wit zoe-muller",
        "country=BE": "anna-berg zoe-muller carla-smit", "text=consent": "zoe-muller",
        "our_role=organised": "anna-berg anna-berg bram-de-wit zoe-muller",
    },
    "people": {
        "year=2025": "anna-berg zoe-muller bram-de-wit", "year=2026": "carla-smit",
        "month=2025-04": "anna-berg bram-de-wit", "speaker=dirk-vos": "dirk-vos", "speaker=dirk-vos&year=2025": "",
        "role=chair": "anna-berg bram-de-wit", "line=ethics": "zoe-muller anna-berg",
        "pillar=education": "anna-berg bram-de-wit zoe-muller", "kind=meeting": "bram-de-wit zoe-muller",
        "country=BE": "anna-berg zoe-muller carla-smit", "our_role=organised": "anna-berg bram-de-wit zoe-muller",
        "text=physician": "anna-berg", "text=mueller": "zoe-muller", "text=forests": "anna-berg",
    },
    "series": {
        "year=2024": "evening-talks", "line=ethics": "evening-talks", "pillar=education": "reading-club",
        "kind=symposium": "evening-talks", "our_role=organised": "reading-club", "text=lab+city": "reading-club",
    },
    "trainings": {
        "year=2024": "pilot", "year=2025": "first-year autumn-course consent-module", "month=2025-10": "autumn-course",
        "line=ethics": "autumn-course consent-module", "pillar=education": "first-year autumn-course consent-module",
        "text=hospital": "first-year",
    },
    "projects": {
        "year=2022": "", "year=2023": "old-study", "year=2024": "old-study ai-lab",
        "year=2025": "ai-lab new-network open-dataset", "year=2026": "ai-lab next-programme", "year=2040": "ai-lab",
        "month=2024-02": "old-study", "month=2024-03": "old-study ai-lab",
        "month=2022-12&month=2025-07": "ai-lab new-network", "speaker=dirk-vos": "old-study", "line=learning": "ai-lab",
        "pillar=research": "ai-lab new-network open-dataset", "our_role=led": "ai-lab open-dataset next-programme",
        "text=care": "ai-lab",
    },
    "funding": {
        "year=2023": "old-money", "year=2024": "old-money top-up", "year=2025": "seed-grant hub-grant",
        "month=2024-11": "top-up", "speaker=anna-berg": "seed-grant", "speaker=dirk-vos": "old-money",
        "line=learning": "seed-grant", "pillar=education": "old-money", "our_role=supported": "hub-grant",
        "text=wetenschapsfonds": "seed-grant top-up",
    },
    "partners": {
        "year=2023": "", "year=2025": "city-lab ghent-university care-group", "month=2024-12": "care-group",
        "month=2025-04": "ghent-university care-group", "line=learning": "ghent-university care-group",
        "pillar=research": "care-group", "our_role=led": "care-group", "text=reading": "city-lab care-group",
    },
}  # fmt: skip
CASES = [(table, query, ids) for table, cases in FILTERED.items() for query, ids in cases.items()]


def chosen(query):
    filters, notices = parse_link(f"/events?{query}")
    assert not notices
    return filters


def listed(version, table, query=""):
    """What identifies the rows of a table under filters as in the URL."""
    return ask(version, *LISTS[table], chosen(query))


@pytest.mark.parametrize(("table", "query", "ids"), CASES)
def test_a_filter_leaves_the_rows_that_the_matrix_says(tiny, table, query, ids):
    assert listed(tiny, table, query) == ids.split()


@pytest.mark.parametrize("table", APPLIES)
def test_every_filter_that_applies_to_a_table_is_tried(table):
    assert {name for query in FILTERED[table] for name in chosen(query).chosen} == APPLIES[table]


IGNORED = {
    "series": "speaker=anna-berg&role=host&country=BE",
    "trainings": "speaker=anna-berg&role=host&kind=course&country=BE&our_role=led",
    "projects": "role=host&kind=course&country=BE", "funding": "role=host&kind=course&country=BE",
    "partners": "speaker=bram-de-wit&role=host&kind=course&country=BE",
}  # fmt: skip


@pytest.mark.parametrize(("table", "query"), IGNORED.items())
def test_a_filter_that_means_nothing_for_a_table_leaves_its_rows_and_is_named(tiny, table, query):
    assert chosen(query).ignored_by(table) == [pair.split("=")[0] for pair in query.split("&")]
    assert listed(tiny, table, query) == listed(tiny, table)


@pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))
def test_a_number_and_its_rows_add_up_under_every_filter(tiny, metric):
    for query in ("", *FILTERED[metric.table]):
        rows = behind(tiny, metric, chosen(query))
        assert total(quantity for _, quantity in rows) == evaluate(tiny, metric, chosen(query)), query


# What the rules mean -------------------------------------------------------------------------------------------------


def test_an_event_belongs_to_the_month_in_which_it_starts(tiny):
    assert "spring-school" in listed(tiny, "events", "month=2025-04")
    assert "spring-school" not in listed(tiny, "events", "month=2025-05")


def test_a_month_never_matches_an_event_known_by_the_year_only(tiny):
    every_month = "&".join(f"month=2025-{month:02}" for month in range(1, 13))
    assert listed(tiny, "events", every_month) == ["spring-school", "webinar", "open-day", "visit"]


def test_everybody_at_an_event_is_named_whoever_was_asked_for(tiny):
    found = ask(tiny, "event_people", "name role", chosen("speaker=bram-de-wit&year=2025"))
    assert found == [("Anna Berg", "lecture"), ("Anna Berg", "lecture"), ("Bram de Wit", "host")]


def test_what_is_counted_of_a_person_is_what_is_in_scope(tiny):
    asked = chosen("speaker=anna-berg&month=2025-04")
    assert ask(tiny, "people", "events contributions", asked) == [(1, 2)]  # two talks at one event
    assert ask(tiny, "person_roles", "person_id role", chosen("year=2024")) == [("bram-de-wit", "chair")]


def test_an_online_event_is_in_no_country_and_its_place_is_not_missing(tiny, tmp_path):
    assert ask(tiny, "country_count", "value unknown", chosen("month=2025-05")) == [(1, 0)]  # open-day and webinar
    stream = "stream,Stream,,2025-06-01,,held,online,meeting,,,oslo,contributed,,,unknown,,"
    streamed = with_rows(tmp_path, places="oslo,,Oslo,NO,59.9,10.7,city", events=stream)
    assert ask(streamed, "country_count", "value unknown") == [(2, 1)]


def test_a_small_group_is_nowhere_in_the_published_version(tiny):
    assert ask(tiny, "events", "participants participants_kind", chosen("year=2024")) == [(None, "fewer-than")]
    texts = [path.read_text("utf-8") for path in (tiny.folder / "records").glob("*.csv")]
    assert not any("three participants" in text or "contributed,,3," in text for text in texts)


def test_an_academic_year_counts_once_in_the_year_in_which_it_ends(tiny):
    assert ask(tiny, "training_count", "value", chosen("year=2024"), **COHORTS) == [1]  # pilot
    assert ask(tiny, "training_count", "value", chosen("year=2025"), **COHORTS) == [2]  # first-year, autumn-course
    assert listed(tiny, "trainings", "month=2024-10") == []


def test_parts_and_parties_are_those_of_the_records_in_scope(tiny):
    assert ask(tiny, "training_parts", "title", chosen("month=2025-10")) == ["Privacy"]
    assert ask(tiny, "project_parties", "name", chosen("year=2023")) == ["Dirk Vos", "Science Fund"]


def test_a_project_without_start_is_in_scope_until_it_ends(tmp_path):
    version = with_rows(tmp_path, projects="survey,Survey,project,,,completed,,2023,2025,,")
    assert "survey" in listed(version, "projects", "year=2023")
    assert "survey" not in listed(version, "projects", "year=2024")


def test_what_is_cancelled_or_planned_has_no_partners_yet(tmp_path):
    cancelled, planned = "visit,science-fund,partner", "next-programme,1,,our-centre,partner"
    version = with_rows(tmp_path, event_parties=cancelled, project_parties=planned)
    assert listed(version, "partners") == ["city-lab", "ghent-university", "care-group"]


def test_a_dispute_about_a_number_that_is_not_known_is_not_one_of_the_sum(tmp_path):
    version = with_rows(tmp_path, claims="round-table-2,events,round-table,participants,newsletter,differs,News,4,nine")
    assert ask(version, "event_participants", "value fewer_than disputed") == [(200, 1, 1)]  # that of open-day


def test_a_series_is_reported_for_a_year_which_a_month_chooses(tiny):
    assert listed(tiny, "series", "month=2025-05") == ["reading-club"]
    assert listed(tiny, "series", "month=2023-12&month=2025-01") == ["reading-club"]  # not that of 2024 between them
    assert chosen("month=2025-05").ignored_by("series") == ["month"]


def test_a_month_never_matches_funding_without_month(tiny):
    assert listed(tiny, "funding", "month=2025-01&month=2023-01") == []  # hub-grant: 2025; old-money: undated


def test_a_facet_says_how_many_events_would_be_left(tiny):
    for asked in (ALL, chosen("country=BE"), chosen("speaker=anna-berg&role=chair"), chosen("month=2025-05")):
        for name, value, events in ask(tiny, "facets", "filter id events", asked):
            narrowed = asked.with_(**{name: int(value), "month": ()} if name == "year" else {name: (value,)})
            assert ask(tiny, "event_count", "value", narrowed, **HELD) == [events], (asked, name, value)


def test_unknown_is_never_zero_and_nothing_is_exactly_zero(tiny):
    received = METRICS["funding_received"]
    assert evaluate(tiny, received, chosen("month=2024-11")) == Quantity(None, unknown=1)
    assert evaluate(tiny, received, chosen("year=2040")) == Quantity(0)


TEXTS = {
    "cafe": "open-day", "CAFÉ": "open-day", "Cafe\u0301": "open-day",  # the last: accent by itself
    "school spring": "spring-school", "school open": "",
    "MULLER zoë": "webinar open-day", "mueller": "webinar open-day",  # her name, and its other spelling
    "%": "", "' or 1=1 --": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "ids"), TEXTS.items())
def test_a_text_finds_all_its_words_in_any_order_whatever_the_accents(tiny, text, ids):
    assert ask(tiny, "events", "event_id", Filters(text=text)) == ids.split()


def test_a_title_finds_itself_whatever_signs_it_holds(tmp_path):
    version = with_rows(tmp_path, events="co2-day,CO₂ day,,2025-06-01,,held,,,,,,,,,unknown,,")
    assert ask(version, "events", "event_id", Filters(text="CO₂ day")) == ["co2-day"]


# Paging --------------------------------------------------------------------------------------------------------------


def test_a_page_has_its_number_of_rows_from_where_it_starts(tiny):
    assert ask(tiny, "events", "event_id", limit=2, offset=1) == ["spring-school", "webinar"]
    assert ask(tiny, "events", "event_id", limit=2, offset=6) == ["congress"]
    assert ask(tiny, "events", "event_id", limit=2, offset=7) == []


PAGED = [case[:2] for case in ANSWERS if case[0].endswith("_rows") or case[0] in dict(LISTS.values())]


@pytest.mark.parametrize(("question", "params"), PAGED)
def test_pages_put_together_are_the_whole(tiny, question, params):
    whole = queries.rows(tiny, question, ALL, **params)
    pages = [queries.rows(tiny, question, ALL, limit=2, offset=start, **params) for start in range(0, 10, 2)]
    assert [row for page in pages for row in page] == whole


# The SQL keeps to what other engines understand ----------------------------------------------------------------------


@pytest.mark.parametrize("question", SQL)
def test_a_query_is_one_static_statement_that_other_engines_understand(question):
    (statement,) = sqlglot.parse(SQL[question], dialect="duckdb")
    assert not list(statement.find_all(exp.Lambda))
    assert not re.search(r"[{}]|%s|%\(", SQL[question])
    spark = statement.sql("spark", unsupported_level=ErrorLevel.RAISE)
    assert sqlglot.parse_one(spark, dialect="spark")


def test_a_query_gives_each_scope_its_arguments_in_order():
    scope = Path(queries.__file__).parents[1].joinpath("scope.sql").read_text("utf-8")
    macros = dict(re.findall(r"create macro (scope_\w+)\(([^)]*)\)", scope))
    assert set(macros) == {f"scope_{table}" for table in APPLIES}
    for question, sql in SQL.items():
        calls = sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Anonymous)
        for call in (call for call in calls if call.name in macros):
            for name, given in zip(macros[call.name].split(","), call.expressions, strict=True):
                assert not isinstance(given, exp.Placeholder) or given.name == name.strip(), question


def test_the_rows_behind_every_number_have_the_same_columns(tiny):
    for question, params in (case for case in PAGED if case[0].endswith("_rows")):
        columns = queries.run(tiny, question, ALL, **params).column_names
        assert columns[:6] == ["table_name", "record_id", "label", "date", "value", "kind"], question
