"""Every named question and every filter; the answers were worked out by hand: see
tests/data/README.md.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copytree

import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

from dashboard.model.filter_links import parse_link
from dashboard.model.filters import APPLIES, FILTER_NAMES, NOT_STATED, Filters
from dashboard.model.quantity import Quantity, sum_quantities
from dashboard.query import questions
from dashboard.query.facets import FACETS, count_facets
from dashboard.query.metrics import METRICS, evaluate, list_records
from dashboard.store import Store, Version
from tests.conftest import served_already

DATA = Path(__file__).parents[1] / "data"
SQL = {
    path.stem: path.read_text("utf-8")
    for path in sorted(Path(questions.__file__).parent.glob("*.sql"))
}
ALL = Filters()


def publish_folder(folder: Path, root: Path) -> Version:
    return served_already(Store(root), folder)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return publish_folder(DATA, tmp_path_factory.mktemp("tiny"))


def with_rows(tmp_path, **lines):
    """The same records with more rows in some tables: with_rows(tmp_path, events="…",
    places="…\\n…").
    """
    folder = copytree(DATA, tmp_path / "data")
    for table, line in lines.items():
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    return publish_folder(folder, tmp_path / "store")


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The same records with some that state next to nothing, that were cancelled or stopped, or a
    held e-learning.
    """
    return with_rows(
        tmp_path_factory.mktemp("bare"),
        terms="training-status,cancelled,Cancelled,Afgelast,4,\nproject-status,stopped,Stopped,Gestopt,5,",
        places="field,The field,,NL,53.1,6.5,city",
        events="meet-up,Meet-up,,2025-06-01,,held,,,,,field,,,,unknown,,",
        event_people="meet-up,carla-smit,chair,1,,",
        event_parties="meet-up,science-fund,partner",
        series="open-hours,Open hours,2025,,,,,,,",
        trainings="lost-course,Lost course,,,course,,cancelled,2025,,,,,unknown,\n"
        "evening-class,Evening class,bachelor,,course,,held,2025,,,,20,at-least,\n"
        "webcast,Webcast,,,e-learning,,held,2025,,education,,90,exact,",
        projects="halted,Halted,project,,,stopped,,,2025,,",
    )


def ask(version, question, columns, filters=ALL, **params):
    """Some columns of the rows of a question; of a single column its plain values."""
    names = columns.split()
    rows = questions.rows(version, question, filters, **params)
    return [
        row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in rows
    ]


# Every question, with no filter chosen
# -------------------------------------------------------------------------------

HELD, PLANNED = {"status": "held"}, {"status": "planned"}
COHORTS, MODULES = (
    {"status": "held", "e_learning": False},
    {"status": "developed", "e_learning": True},
)
OURS, OTHERS = {"ours": True}, {"ours": False}
WORK = {"statuses": ["selected", "running", "completed"], "outputs": False}
RESULTS = WORK | {"outputs": True}
RUNNING = {"stage": "running", "statuses": ["running"]}
COMPLETED = {"stage": "completed", "statuses": ["completed"]}
COMING = {"stage": "coming", "statuses": ["planned", "selected"]}
COUNTS = "value exact about at_least fewer_than unknown disputed"

ANSWERS = [
    (
        "event_numbers",
        {},
        "events_held events_planned events_organised events_organised_unknown",
        [(5, 1, 3, 0)],
    ),
    (
        "event_numbers",
        {},
        "events_home events_home_unknown events_abroad events_abroad_unknown",
        [(2, 1, 1, 1)],
    ),
    (
        "event_numbers",
        {},
        "events_online events_mapped events_unplaced countries countries_unknown",
        [(1, 3, 1, 2, 1)],
    ),
    ("series_count", {}, "value exact", [(2, 2)]),
    # of the top two Anna 3 and, of two with 2 each, Bram
    (
        "contribution_numbers",
        {},
        "contributions keynotes contributions_top_two contributors contributors_once",
        [(7, 1, 5, 3, 0)],
    ),
    (
        "event_part_count_rows",
        {"part": "abroad"},
        "record_id value kind",
        [("open-day", 1, "exact"), ("retreat", None, "unknown")],
    ),
    (
        "texts",
        {},
        "text_id kind date",
        [
            ("study-2024", "highlight", None),
            ("dataset-2025", "highlight", None),
            ("lead-2025", "lead", None),
            ("move-2025", "next", "2026-09"),
            ("network-2025", "next", None),
        ],
    ),
    (
        "results_of_period",
        {},
        "record_id status is_ours text_title",
        [  # kept highlights, money, completed, selected
            ("old-study", "completed", None, "The study is done"),
            ("open-dataset", "completed", None, "The dataset is open"),
            ("hub-grant", None, False, None),
            ("seed-grant", None, True, None),
            ("old-money", None, True, None),
            ("new-network", "selected", None, None),
        ],
    ),
    (
        "what_is_next",
        {"today": date(2026, 2, 5)},
        "record_id status start_date city text_title",
        [
            ("next-programme", "planned", "2026", None, None),
            ("congress", "planned", "2026-02-03", "Antwerp", None),
            (None, None, "2026-09", None, "We move to Ghent"),
            ("new-network", "selected", None, None, "The network starts"),
        ],
    ),
    (
        "contribution_top_count_rows",
        {},
        "record_id",
        ["round-table", "spring-school", "spring-school", "spring-school", "open-day"],
    ),
    ("named_events", {}, "events", [4]),
    (
        "other_work",
        {},
        "person_id table_name record_id role at_events",
        [
            ("anna-berg", "projects", "ai-lab", "lead", True),
            ("dirk-vos", "projects", "old-study", "lead", False),
            ("dirk-vos", "funding", "old-money", "recipient", False),
        ],
    ),
    ("contributor_once_count_rows", {}, "record_id", []),
    (
        "project_stage_numbers",
        {},
        "projects_running projects_completed projects_coming",
        [(1, 2, 2)],
    ),
    (
        "project_stage_count_rows",
        COMPLETED,
        "record_id date value",
        [("old-study", "2023 to ?", 1), ("open-dataset", "2025-01-15 to 2025-06-30", 1)],
    ),
    (
        "event_count_rows",
        HELD,
        "record_id",
        ["round-table", "retreat", "spring-school", "webinar", "open-day"],
    ),
    (
        "event_count_rows",
        PLANNED,
        "table_name record_id label value",
        [("events", "congress", "Congress", 1)],
    ),
    (
        "events",
        {},
        "event_id end_date date_precision status city_id",
        [
            ("round-table", "2024-12-31", "day", "held", "zwolle-nl"),
            ("spring-school", "2025-05-02", "day", "held", "groningen-nl"),
            ("webinar", "2025-05", "month", "held", None),
            ("open-day", "2025-05-14", "day", "held", "antwerp-be"),
            ("visit", "2025-05-20", "day", "cancelled", "groningen-nl"),
            ("retreat", "2025", "year", "held", None),
            ("congress", "2026-02-05", "day", "planned", "antwerp-be"),
        ],
    ),
    (
        "event_people",
        {},
        "event_id name role nr talk_title",
        [
            ("congress", "Carla Smit", "keynote", 1, None),
            ("open-day", "Anna Berg", "chair", 1, None),
            ("open-day", "Zoë Müller", "keynote", 1, "Café statistics"),
            ("round-table", "Bram de Wit", "chair", 1, None),
            ("spring-school", "Anna Berg", "lecture", 1, "Trees"),
            ("spring-school", "Anna Berg", "lecture", 2, "Forests"),
            ("spring-school", "Bram de Wit", "host", 1, None),
            ("webinar", "Zoë Müller", "lecture", 1, None),
        ],
    ),
    ("event_participants", {}, COUNTS, [(200, 1, 1, 1, 1, 1, 1)]),  # 40 + about 100 + at least 60
    (
        "event_participants_rows",
        {},
        "record_id value kind disputed",
        [
            ("open-day", 100, "about", True),
            ("webinar", 60, "at-least", False),
            ("spring-school", 40, "exact", False),
            ("round-table", None, "fewer-than", False),
            ("retreat", None, "unknown", False),
        ],
    ),
    (
        "events_by_month",
        {},
        "month kind events",
        [
            ("2024-12", "meeting", 1),
            ("2025-04", "course", 1),
            ("2025-05", "meeting", 1),
            ("2025-05", "symposium", 1),
        ],
    ),
    (
        "events_counted",
        {},
        "month our_role status pillar events",
        [
            ("2024-12", "contributed", "held", "research", 1),
            ("2025-04", "organised", "held", "education", 1),
            ("2025-05", "contributed", "held", "research", 1),
            ("2025-05", "organised", "cancelled", None, 1),
            ("2025-05", "organised", "held", "education", 1),
            ("2026-02", "contributed", "planned", "research", 1),
        ],
    ),
    ("events_in_scope", {}, "status events", [("cancelled", 1), ("held", 5), ("planned", 1)]),
    ("trainings_in_scope", {}, "trainings", [5]),
    ("series_in_scope", {}, "series", [2]),
    ("projects_in_scope", {}, "projects", [5]),
    ("funding_in_scope", {}, "funding", [5]),
    ("people_in_scope", {}, "people", [5]),
    ("events_without_day", {}, "event_id found", [("webinar", 2), ("retreat", 2)]),
    ("events_without_day", {"limit": 1}, "event_id found", [("webinar", 2)]),
    (
        "events_around",
        {"today": date(2025, 5, 14), "limit": 2},
        "event_id",
        ["round-table", "spring-school", "open-day", "visit"],
    ),
    ("events_around", {"today": date(2025, 5, 15), "limit": 1}, "event_id", ["open-day", "visit"]),
    (
        "events_around",
        {"today": date(2025, 5, 14), "limit": 9},
        "event_id end_date",
        [
            ("round-table", "2024-12-31"),
            ("spring-school", "2025-05-02"),
            ("open-day", "2025-05-14"),
            ("visit", "2025-05-20"),
            ("congress", "2026-02-05"),
        ],
    ),
    (
        "people_of_events",
        {
            "events": ["congress", "webinar", "visit"],
            "first": date(2025, 5, 1),
            "last": date(2026, 2, 3),
        },
        "event_id name role",
        [("congress", "Carla Smit", "keynote"), ("webinar", "Zoë Müller", "lecture")],
    ),
    (
        "people_of_events",
        {"events": ["congress", "webinar"], "first": date(2025, 5, 2), "last": date(2026, 2, 3)},
        "event_id",
        ["congress"],
    ),
    # the visit was cancelled
    ("events_at", {"city": "groningen-nl"}, "event_id found", [("spring-school", 1)]),
    ("events_at", {"city": "online"}, "event_id found", [("webinar", 1)]),
    ("events_at", {"city": "unknown"}, "event_id found", [("retreat", 1)]),
    (
        "events_of_record",
        {"record": "groningen"},
        "event_id found",
        [("spring-school", 2), ("visit", 2)],
    ),
    ("events_of_record", {"record": "evening-talks"}, "event_id found", [("webinar", 1)]),
    (
        "events_of_record",
        {"record": "groningen", "limit": 1},
        "event_id found",
        [("spring-school", 2)],
    ),
    ("undated_events", {}, "event_id found", [("retreat", 1)]),
    ("last_event", {}, "last_day", [date(2025, 5, 14)]),
    (
        "event_places",
        {},
        "city_id city value about",
        [
            ("antwerp-be", "Antwerp", 100, 1),
            ("groningen-nl", "Groningen", 40, 0),
            ("zwolle-nl", "Zwolle", None, 0),
        ],
    ),
    (
        "place_reconciliation",
        {},
        "all_events on_the_map online unknown countries",
        [(5, 3, 1, 1, 2)],
    ),
    (
        "facets",
        {},
        "filter id found",
        [
            ("city", "antwerp-be", 1),
            ("city", "groningen-nl", 1),
            ("city", "zwolle-nl", 1),
            ("country", "BE", 1),
            ("country", "NL", 2),
            ("kind", "course", 1),
            ("kind", "meeting", 3),
            ("kind", "symposium", 1),
            ("line", "ethics", 2),
            ("line", "learning", 1),
            ("line", "not-stated", 2),
            ("month", "2024-12", 1),
            ("month", "2025-04", 1),
            ("month", "2025-05", 2),
            ("organisation", "ghent-university", 1),
            ("organisation", "science-fund", 1),
            ("our_role", "contributed", 2),
            ("our_role", "organised", 3),
            ("pillar", "education", 2),
            ("pillar", "not-stated", 1),
            ("pillar", "research", 2),
            ("status", "cancelled", 1),
            ("status", "held", 5),
            ("status", "planned", 1),
            ("year", "2024", 1),
            ("year", "2025", 4),
        ],
    ),
    (
        "facets_people",
        {},
        "filter id found",
        [
            ("role", "chair", 2),
            ("role", "host", 1),
            ("role", "keynote", 1),
            ("role", "lecture", 2),
            ("speaker", "anna-berg", 2),
            ("speaker", "bram-de-wit", 2),
            ("speaker", "zoe-muller", 2),
        ],
    ),
    (
        "facets_trainings",
        {},
        "filter id found",
        [  # also the module and the planned winter school
            ("discipline", "medicine", 1),
            ("discipline", "not-stated", 4),
            ("format", "course", 3),
            ("format", "curriculum", 1),
            ("format", "e-learning", 1),
            ("level", "bachelor", 1),
            ("level", "not-stated", 4),
            ("line", "ethics", 2),
            ("line", "learning", 1),
            ("line", "not-stated", 2),
            ("month", "2025-10", 1),
            ("month", "2026-01", 1),
            ("pillar", "education", 3),
            ("pillar", "not-stated", 1),
            ("pillar", "research", 1),
            ("year", "2024", 1),
            ("year", "2025", 3),
            ("year", "2026", 1),
        ],
    ),
    (
        "facets_projects",
        {},
        "filter id found",
        [
            ("line", "ethics", 1),
            ("line", "learning", 1),
            ("line", "not-stated", 3),
            ("organisation", "care-group", 1),
            ("organisation", "our-centre", 1),
            ("organisation", "science-fund", 1),
            ("our_role", "contributed", 1),
            ("our_role", "led", 3),
            ("our_role", "not-stated", 1),
            ("pillar", "education", 1),
            ("pillar", "not-stated", 1),
            ("pillar", "research", 3),
            ("speaker", "anna-berg", 1),
            ("speaker", "dirk-vos", 1),
        ],
    ),
    (
        "country_count_rows",
        {},
        "record_id kind",
        [("BE", "exact"), ("NL", "exact"), ("retreat", "unknown")],
    ),
    (
        "contribution_count_rows",
        {},
        "label",
        [
            "Bram de Wit, chair: Round table",
            "Anna Berg, lecture: Trees",
            "Anna Berg, lecture: Forests",
            "Bram de Wit, host: Spring school",
            "Zoë Müller, lecture: Webinar on consent",
            "Anna Berg, chair: Open day",
            "Zoë Müller, keynote: Café statistics",
        ],
    ),
    (
        "contributions",
        {},
        "event_id person_id role nr",
        [
            ("round-table", "bram-de-wit", "chair", 1),
            ("spring-school", "anna-berg", "lecture", 1),
            ("spring-school", "anna-berg", "lecture", 2),
            ("spring-school", "bram-de-wit", "host", 1),
            ("webinar", "zoe-muller", "lecture", 1),
            ("open-day", "anna-berg", "chair", 1),
            ("open-day", "zoe-muller", "keynote", 1),
            ("congress", "carla-smit", "keynote", 1),
        ],
    ),
    (
        "contributions_by",
        {},
        "dimension person_id id contributions",
        [
            ("country", "anna-berg", "BE", 1),
            ("country", "anna-berg", "NL", 2),
            ("country", "bram-de-wit", "NL", 2),
            ("country", "zoe-muller", "BE", 1),
            ("country", "zoe-muller", None, 1),  # the webinar
            ("line", "anna-berg", "ethics", 1),
            ("line", "anna-berg", "learning", 2),
            ("line", "bram-de-wit", "learning", 1),
            ("line", "bram-de-wit", "not-stated", 1),
            ("line", "zoe-muller", "ethics", 2),
            ("month", "anna-berg", "2025-04", 2),
            ("month", "anna-berg", "2025-05", 1),
            ("month", "bram-de-wit", "2024-12", 1),
            ("month", "bram-de-wit", "2025-04", 1),
            ("month", "zoe-muller", "2025-05", 2),
            ("role", "anna-berg", "chair", 1),
            ("role", "anna-berg", "lecture", 2),
            ("role", "bram-de-wit", "chair", 1),
            ("role", "bram-de-wit", "host", 1),
            ("role", "zoe-muller", "keynote", 1),
            ("role", "zoe-muller", "lecture", 1),
            ("year", "anna-berg", "2025", 3),
            ("year", "bram-de-wit", "2024", 1),
            ("year", "bram-de-wit", "2025", 1),
            ("year", "zoe-muller", "2025", 2),
        ],
    ),
    (
        "contributors",
        {},
        "person_id events contributions",
        [("anna-berg", 2, 3), ("bram-de-wit", 2, 2), ("zoe-muller", 2, 2)],
    ),
    ("contributor_count_rows", {}, "label", ["Anna Berg", "Bram de Wit", "Zoë Müller"]),
    (
        "people",
        {},
        "person_id events contributions",
        [
            ("anna-berg", 2, 3),
            ("bram-de-wit", 2, 2),
            ("zoe-muller", 2, 2),
            ("carla-smit", 0, 0),
            ("dirk-vos", 0, 0),
        ],
    ),
    ("person_roles", {"ids": ["zoe-muller"]}, "role", ["keynote", "lecture"]),
    (
        "person_roles",
        {},
        "person_id role contributions",
        [
            ("anna-berg", "lecture", 2),
            ("anna-berg", "chair", 1),
            ("bram-de-wit", "chair", 1),
            ("bram-de-wit", "host", 1),
            ("zoe-muller", "keynote", 1),
            ("zoe-muller", "lecture", 1),
        ],
    ),
    (
        "people_of_event",
        {"event": "spring-school"},
        "name role nr talk_title",
        [
            ("Anna Berg", "lecture", 1, "Trees"),
            ("Anna Berg", "lecture", 2, "Forests"),
            ("Bram de Wit", "host", 1, None),
        ],
    ),
    ("people_of_event", {"event": "congress"}, "person_id", ["carla-smit"]),
    ("people_of_event", {"event": "retreat"}, "person_id", []),
    (
        "person_spellings",
        {"ids": ["zoe-muller", "dirk-vos"]},
        "spelling",
        ["Dirk Vos", "Zoë Müller", "Zoe Mueller"],
    ),
    (
        "person_spellings",
        {},
        "spelling place",
        [
            ("Anna Berg", 0),
            ("Bram de Wit", 0),
            ("Carla Smit", 0),
            ("Dirk Vos", 0),
            ("Zoë Müller", 0),
            ("Zoe Mueller", 1),
        ],
    ),
    (
        "series",
        {},
        "series_id reported_date",
        [("evening-talks", "2024-10"), ("reading-club", "2025")],
    ),
    ("series_count_rows", {}, "record_id", ["evening-talks", "reading-club"]),
    (
        "trainings",
        {},
        "training_id calendar year participants participants_kind",
        [
            ("pilot", "calendar", 2024, None, "unknown"),
            ("first-year", "academic", 2025, 400, "about"),
            ("autumn-course", "calendar", 2025, 30, "exact"),
            ("consent-module", "calendar", 2025, 500, "at-least"),
            ("winter-school", "calendar", 2026, 25, "about"),
        ],
    ),
    (
        "training_numbers",
        {},
        "trainings_held modules_developed modules_in_development",
        [(3, 1, 0)],
    ),
    ("training_count_rows", COHORTS, "record_id", ["pilot", "first-year", "autumn-course"]),
    ("training_count_rows", MODULES, "record_id date", [("consent-module", "2025")]),
    ("training_participants", {}, COUNTS, [(430, 1, 1, 0, 0, 1, 1)]),  # 30 + about 400
    (
        "training_participants_rows",
        {},
        "record_id value kind disputed",
        [
            ("first-year", 400, "about", False),
            ("autumn-course", 30, "exact", True),
            ("pilot", None, "unknown", False),
        ],
    ),
    # 400 of first-year, 30 of autumn-course, ? of pilot
    (
        "trainings_by",
        {},
        "dimension id trainings " + COUNTS,
        [
            ("discipline", "medicine", 1, 400, 0, 1, 0, 0, 0, 0),
            ("discipline", "not-stated", 2, 30, 1, 0, 0, 0, 1, 1),
            ("format", "course", 2, 30, 1, 0, 0, 0, 1, 1),
            ("format", "curriculum", 1, 400, 0, 1, 0, 0, 0, 0),
            ("level", "bachelor", 1, 400, 0, 1, 0, 0, 0, 0),
            ("level", "not-stated", 2, 30, 1, 0, 0, 0, 1, 1),
            ("line", "ethics", 1, 30, 1, 0, 0, 0, 0, 1),
            ("line", "learning", 1, 400, 0, 1, 0, 0, 0, 0),
            ("line", "not-stated", 1, None, 0, 0, 0, 0, 1, 0),
            ("pillar", "education", 2, 430, 1, 1, 0, 0, 0, 1),
            ("pillar", "research", 1, None, 0, 0, 0, 0, 1, 0),
        ],
    ),
    ("training_parts", {}, "title", ["Privacy", "What is a model?", "Hospital game"]),
    ("training_parts", {"ids": ["autumn-course", "pilot"]}, "title", ["Privacy"]),
    (
        "projects",
        {},
        "project_id start_date end_date is_output",
        [
            ("old-study", "2023", None, False),
            ("ai-lab", "2024-03-01", None, False),
            ("new-network", None, None, False),
            ("open-dataset", "2025-01-15", "2025-06-30", True),
            ("next-programme", "2026", "2028", False),
        ],
    ),
    (
        "projects_by_stage",
        {},
        "stage project_id status found",
        [
            ("coming", "new-network", "selected", 2),
            ("completed", "old-study", "completed", 2),
            ("running", "ai-lab", "running", 1),
            ("coming", "next-programme", "planned", 2),
            ("completed", "open-dataset", "completed", 2),
        ],
    ),
    ("project_count", WORK, "value exact", [(3, 3)]),
    ("project_count", RESULTS, "value exact", [(1, 1)]),
    ("project_count_rows", WORK, "record_id", ["old-study", "ai-lab", "new-network"]),
    (
        "project_count_rows",
        RESULTS,
        "record_id date",
        [("open-dataset", "2025-01-15 to 2025-06-30")],
    ),
    ("project_parties", {"ids": ["old-study"]}, "name", ["Dirk Vos", "Science Fund"]),
    (
        "project_parties",
        {},
        "project_id nr role name",
        [
            ("ai-lab", 1, "lead", "Anna Berg"),
            ("ai-lab", 2, "partner", "The Care Group"),
            ("ai-lab", 3, "host", "Our Centre"),
            ("old-study", 1, "lead", "Dirk Vos"),
            ("old-study", 2, "stakeholder", "Science Fund"),
        ],
    ),
    (
        "funding",
        {},
        "funding_id funder recipient amount_eur",
        [
            ("seed-grant", "Science Fund", "Our Centre", 50_000),
            ("old-money", None, "Dirk Vos", 20_000),
            ("top-up", "Science Fund", "Our Centre", None),
            ("hub-grant", None, "The Care Group", 3_000_000),
            ("gift", None, None, None),
        ],
    ),
    ("funding_sum", OURS, COUNTS, [(70_000, 1, 1, 0, 0, 1, 1)]),  # 50,000 + about 20,000
    ("funding_sum", OTHERS, COUNTS, [(3_000_000, 1, 0, 0, 0, 1, 0)]),
    (
        "funding_sum_rows",
        OURS,
        "record_id value disputed",
        [
            ("seed-grant", 50_000, True),
            ("old-money", 20_000, False),
            ("top-up", None, False),
        ],
    ),
    ("award_count", OURS, "value exact", [(3, 3)]),
    ("award_count", OTHERS, "value exact", [(2, 2)]),
    ("partner_count", {}, "value exact", [(3, 3)]),
    ("partner_count_rows", {}, "label", ["City Lab", "Ghent University", "The Care Group"]),
    (
        "partner_activities",
        {},
        "organisation_id role table_name record_id pillar",
        [
            ("city-lab", "partner", "series", "reading-club", "education"),
            ("ghent-university", "co-organiser", "events", "spring-school", "education"),
            ("care-group", "partner", "projects", "ai-lab", "research"),
            ("care-group", "co-organiser", "series", "reading-club", "education"),
        ],
    ),
    (
        "record_parties",
        {"party": "care-group"},
        "table_name record_id role date",
        [
            ("funding", "hub-grant", "recipient", "2025"),
            ("projects", "ai-lab", "partner", "2024-03-01"),
            ("series", "reading-club", "co-organiser", "2025"),
        ],
    ),
    (
        "record_parties",
        {"party": "science-fund"},
        "table_name record_id role date",
        [
            ("events", "open-day", "visitor", "2025-05-14"),
            ("funding", "top-up", "funder", "2024-11"),
            ("funding", "seed-grant", "funder", "2025-02-10"),
            ("projects", "old-study", "stakeholder", "2023"),
        ],
    ),
    (
        "record_parties",
        {"party": "dirk-vos"},
        "table_name record_id role date",
        [
            ("funding", "old-money", "recipient", None),
            ("projects", "old-study", "lead", "2023"),
        ],
    ),
    ("award_count_rows", OURS, "record_id", ["old-money", "seed-grant", "top-up"]),
    (
        "country_claims",
        {"record_ids": ["BE", "NL"]},
        "country record_id stance stated source",
        [
            ("BE", "open-day", "stated", "about 100", "Yearly report"),
            ("BE", "open-day", "differs", "about 120", "Newsletter"),
            ("NL", "round-table", "stated", "withheld (small group)", "Yearly report"),
        ],
    ),
    ("country_claims", {"record_ids": ["NL"]}, "record_id", ["round-table"]),
    (
        "record_claims",
        {"of_table": "events", "record_ids": ["open-day"]},
        "stance field stated source",
        [
            ("stated", None, "about 100", "Yearly report"),
            ("differs", "participants", "about 120", "Newsletter"),
        ],
    ),
    (
        "claims_in_order",
        {},
        "source line label stance",
        [
            ("Newsletter", 3, "Open day", "differs"),
            ("Newsletter", 5, "Autumn course", "differs"),
            ("Newsletter", 8, "Seed grant", "differs"),
            ("Yearly report", 7, "Round table", "stated"),
            ("Yearly report", 10, "Open day", "stated"),
        ],
    ),
    # with such claims: below
    ("claims_of_change", {}, "record_id", []),
    ("highlights", {}, "record_id", []),
    ("targets", {}, "target_id", []),
    ("deviations", {}, "deviation_id", []),  # see test_targets.py
    (
        "recorded",
        {},
        "table_name year records",
        [
            ("contributions", 2024, 1),
            ("contributions", 2025, 6),
            ("events", 2024, 1),
            ("events", 2025, 5),
            ("funding", 2024, 1),
            ("funding", 2025, 2),
            ("projects", 2023, 1),
            ("projects", 2024, 2),
            ("projects", 2025, 4),
            ("series", 2024, 1),
            ("series", 2025, 1),
            ("trainings", 2024, 1),
            ("trainings", 2025, 3),
        ],
    ),
    # By 10 February 2025: the retreat, the first year that ends in August, the consent module, what
    # has the year only
    (
        "undecided",
        {"until": date(2025, 2, 10)},
        "table_name status apart found",
        [
            ("events", "held", False, 1),
            ("funding", None, False, 2),
            ("funding", None, True, 1),
            ("projects", "selected", False, 1),
            ("trainings", "developed", True, 1),
            ("trainings", "held", False, 1),
        ],
    ),
    (
        "undecided",
        {"until": date(2025, 5, 14)},
        "table_name status apart found",
        [
            ("events", "held", False, 2),
            ("funding", None, False, 2),
            ("funding", None, True, 1),
            ("projects", "selected", False, 1),
            ("trainings", "developed", True, 1),
            ("trainings", "held", False, 1),
        ],
    ),
    (
        "undecided",
        {"until": date(2024, 6, 1)},
        "table_name status found",
        [  # the old study was last reported in 2024
            ("completions", "completed", 1),
            ("funding", None, 1),  # undated, of others and of ours
            ("funding", None, 1),
            ("trainings", "held", 1),
        ],
    ),
    (
        "store_facts",
        {"today": date(2026, 1, 1)},
        "default_year generated reported_year",
        [(2025, False, 2025)],
    ),
    ("years", {}, "year", [2023, 2024, 2025, 2026, 2028]),
    (
        "search",
        {"words": ["vos"], "second": ["vos"], "third": ["lab"]},
        "table_name record_id in_label total",
        [
            ("people", "dirk-vos", True, 6),
            ("projects", "ai-lab", True, 6),
            ("organisations", "city-lab", True, 6),
            ("projects", "old-study", False, 6),
            ("funding", "old-money", False, 6),
            ("series", "reading-club", False, 6),
        ],
    ),
    (
        "names",
        {},
        "table_name id name label events",
        [
            ("cities", "antwerp-be", "Antwerp", "Antwerp", 1),
            ("cities", "groningen-nl", "Groningen", "Groningen", 1),
            ("cities", "zwolle-nl", "Zwolle", "Zwolle", 1),
            ("countries", "BE", "BE", "BE", 1),
            ("countries", "NL", "NL", "NL", 2),
            ("organisations", "care-group", "The Care Group", "The Care Group", 0),
            ("organisations", "city-lab", "City Lab", "City Lab", 0),
            ("organisations", "ghent-university", "Ghent University", "Ghent University", 1),
            (
                "organisations",
                "ghent-university",
                "UGent; Universiteit Gent",
                "Ghent University",
                1,
            ),
            ("organisations", "our-centre", "Our Centre", "Our Centre", 0),
            ("organisations", "science-fund", "Science Fund", "Science Fund", 1),
            ("organisations", "science-fund", "Wetenschapsfonds", "Science Fund", 1),
            ("places", "groningen", "Main hall", "Main hall", 1),
            ("projects", "ai-lab", "AI lab", "AI lab", 0),
            ("projects", "new-network", "New network", "New network", 0),
            ("projects", "next-programme", "Next programme", "Next programme", 0),
            ("projects", "old-study", "Old study", "Old study", 0),
            ("projects", "open-dataset", "Open dataset", "Open dataset", 0),
            ("series", "evening-talks", "Evening talks", "Evening talks", 0),
            ("series", "reading-club", "Reading club", "Reading club", 0),
            ("trainings", "autumn-course", "Autumn course", "Autumn course", 0),
            ("trainings", "consent-module", "Consent module", "Consent module", 0),
            ("trainings", "first-year", "First-year curriculum", "First-year curriculum", 0),
            ("trainings", "pilot", "Pilot", "Pilot", 0),
            ("trainings", "winter-school", "Winter school", "Winter school", 0),
            ("people", "anna-berg", "Anna Berg", "Anna Berg", 2),
            ("people", "bram-de-wit", "Bram de Wit", "Bram de Wit", 2),
            ("people", "carla-smit", "Carla Smit", "Carla Smit", 0),
            ("people", "dirk-vos", "Dirk Vos", "Dirk Vos", 0),
            ("people", "zoe-muller", "Zoe Mueller", "Zoë Müller", 2),
            ("people", "zoe-muller", "Zoë Müller", "Zoë Müller", 2),
        ],
    ),
    (
        "titles_with",
        {"word": "sc", "beyond": "sd", "limit": 9},
        "event_id exact",
        [("open-day", False), ("spring-school", False)],  # Science week, its host; Spring school
    ),
    (
        "titles_with",
        {"word": "s", "beyond": "t", "limit": 1},
        "event_id exact",
        [("open-day", False)],
    ),
    (
        "titled_events",
        {"ids": ["webinar", "congress", "open-day", "none"]},
        "event_id host_event start_date city",
        [
            ("congress", None, "2026-02-03", "Antwerp"),
            ("open-day", "Science week", "2025-05-14", "Antwerp"),
            ("webinar", None, "2025-05", None),
        ],
    ),
    (
        "worklist_gaps",
        {"kind": "undated-funding"},
        "table_name record_id column_name",
        [
            ("funding", "gift", "date"),
            ("funding", "old-money", "date"),
        ],
    ),
    (
        "worklist_unstated",
        {"limit": 2},
        "table_name record_id",
        [("events", "congress"), ("events", "retreat")],
    ),
    (
        "worklist_differing",
        {},
        "record_id column_name value value_kind stated source line",
        [
            ("open-day", "participants", "100", "about", "about 120", "Newsletter", 3),
            ("seed-grant", "amount_eur", "50000.0", "exact", "45 thousand euro", "Newsletter", 8),
            ("autumn-course", "participants", "30", "exact", "35 nurses", "Newsletter", 5),
        ],
    ),
    # the webinar by its speaker; the retreat has nobody
    (
        "contacts",
        {"of_table": "events", "record_ids": ["retreat", "spring-school", "webinar"]},
        "record_id way person_id",
        [
            ("spring-school", "contributor", "anna-berg"),
            ("spring-school", "contributor", "anna-berg"),
            ("spring-school", "contributor", "bram-de-wit"),
            ("webinar", "contributor", "zoe-muller"),
        ],
    ),
    (
        "contacts",
        {"of_table": "funding", "record_ids": ["old-money", "seed-grant", "top-up"]},
        "record_id way person_id",
        [
            ("old-money", "recipient", "dirk-vos"),
            ("old-money", "lead", "dirk-vos"),
            ("seed-grant", "lead", "anna-berg"),
        ],
    ),
    (
        "contacts",
        {"of_table": "projects", "record_ids": ["ai-lab", "new-network"]},
        "record_id way person_id",
        [("ai-lab", "lead", "anna-berg")],
    ),
    (
        "worklist_names",
        {"pattern": "(Hospital|Top|Café)"},
        "table_name record_id column_name name",
        [
            ("event_people", "open-day", "talk_title", "Café"),
            ("funding", "top-up", "title", "Top"),
        ],
    ),
    (
        "records_in_scope",
        {
            "events": ["open-day", "webinar"],
            "trainings": ["pilot"],
            "projects": ["ai-lab", "elsewhere"],
            "funding": [],
            "series": ["reading-club"],
        },
        "table_name record_id country",
        [
            ("events", "open-day", "BE"),
            ("events", "webinar", None),
            ("projects", "ai-lab", None),
            ("series", "reading-club", None),
            ("trainings", "pilot", None),
        ],
    ),
    (
        "named_in_records",
        {"events": ["spring-school"], "projects": ["ai-lab"], "series": ["reading-club"]},
        "table_name record_id named_id",
        [
            ("events", "spring-school", "ghent-university"),
            ("events", "spring-school", "anna-berg"),
            ("events", "spring-school", "bram-de-wit"),
            ("projects", "ai-lab", "care-group"),
            ("projects", "ai-lab", "our-centre"),
            ("projects", "ai-lab", "anna-berg"),
            ("series", "reading-club", "care-group"),
            ("series", "reading-club", "city-lab"),
        ],
    ),
    # pairs that are alike are tried in test_quality.py
    ("similar_events", {}, "record_id", []),
    ("similar_trainings", {}, "record_id", []),
    ("similar_people", {}, "record_id", []),
    ("similar_organisations", {}, "record_id", []),
]
ASKED_BELOW = {"labels", "text_words"}
MAY_BE_UNSTATED = ("line", "pillar", "kind", "our_role", "level", "discipline", "format")


@pytest.mark.parametrize(("question", "params", "columns", "expected"), ANSWERS)
def test_a_question_has_the_answer_worked_out_by_hand(tiny, question, params, columns, expected):
    assert ask(tiny, question, columns, **params) == expected


def test_the_words_of_the_texts_are_those_of_two_letters_or_more(tmp_path):
    version = with_rows(
        tmp_path,
        people="x-y,Xy Øxyzz,,,",
        projects="koers,Koers30 and 8D xyzzy,project,,,completed,2023,,2024,contributed,",
    )
    words = questions.run(version, "text_words", ALL).to_pylist()
    found = {row["word"]: row["occurrences"] for row in words}
    assert list(found) == sorted(found)
    assert min(map(len, found)) == 2
    named = {word: found.get(word) for word in ("xy", "oxyzz", "xyzzy", "koers30", "8d", "øxyzz")}
    assert named == {"xy": 1, "oxyzz": 1, "xyzzy": 1, "koers30": 1, "8d": None, "øxyzz": None}
    assert found["berg"] == 5  # Anna herself, three contributions, a project


def test_labels_name_what_the_filters_can_hold(tiny):
    labels = questions.read_labels(tiny)
    assert list(labels["speaker"]) == [
        "anna-berg",
        "bram-de-wit",
        "carla-smit",
        "dirk-vos",
        "zoe-muller",
    ]
    assert (list(labels["country"]), list(labels["year"])) == (
        ["BE", "NL"],
        ["2024", "2025", "2026"],
    )
    assert labels["city"] == {
        "antwerp-be": "Antwerp, BE",
        "groningen-nl": "Groningen, NL",
        "zwolle-nl": "Zwolle, NL",
    }
    assert list(labels["pillar"].items())[:2] == [
        ("research", "Research"),
        ("education", "Education"),
    ]
    assert list(labels["level"]) == ["bachelor", "not-stated"]
    assert list(labels["discipline"]) == ["medicine", "not-stated"]
    assert list(labels["format"]) == ["curriculum", "course", "e-learning", "not-stated"]
    assert list(labels["organisation"]) == [
        "city-lab",
        "ghent-university",
        "our-centre",
        "science-fund",
        "care-group",
    ]
    assert set(FILTER_NAMES) - set(labels) == {"month", "from", "to", "text"}


def test_what_no_source_states_stands_last_among_the_labels(tiny):
    labels = questions.read_labels(tiny)
    assert {name for name in FILTER_NAMES if NOT_STATED in labels.get(name, ())} == set(
        MAY_BE_UNSTATED
    )
    assert all(list(labels[name])[-1] == NOT_STATED for name in MAY_BE_UNSTATED)


def test_a_year_with_trainings_only_is_one_to_choose(tmp_path):
    version = with_rows(
        tmp_path, trainings="early,Early course,,,course,,held,2022-2023,,,,,unknown,"
    )
    assert list(questions.read_labels(version)["year"]) == ["2023", "2024", "2025", "2026"]


def test_a_place_without_a_city_is_somewhere_in_its_country(bare):
    assert questions.read_labels(bare)["city"]["somewhere-nl"] == "Somewhere, NL"
    assert ("somewhere-nl", "Somewhere", 1) in ask(bare, "event_places", "city_id city events")


def test_every_question_is_asked_in_this_file():
    assert (
        {question for question, *_ in ANSWERS} | ASKED_BELOW
        == set(SQL)
        == set(questions.list_questions())
    )


# Every filter on every table
# -----------------------------------------------------------------------------------------

LISTS = {  # table of the matrix -> the question that lists its rows, and what identifies one
    "events": ("events", "event_id"),
    "contributions": ("contributions", "person_id"),
    "people": ("people", "person_id"),
    "series": ("series", "series_id"),
    "trainings": ("trainings", "training_id"),
    "projects": ("projects", "project_id"),
    "funding": ("funding", "funding_id"),
    "partners": ("partner_count_rows", "record_id"),
}
FILTERED = {  # the filters as in the URL -> what is left, in the question's own order
    "events": {
        "year=2024": "round-table",
        "year=2025": "spring-school webinar open-day visit retreat",
        "month=2025-05": "webinar open-day visit",
        "month=2024-12&month=2025-04": "round-table spring-school",
        "speaker=anna-berg": "spring-school open-day",
        "speaker=carla-smit&speaker=zoe-muller": "webinar open-day congress",
        "role=keynote": "open-day congress",
        "speaker=anna-berg&role=chair": "open-day",
        "line=ethics": "webinar open-day",
        "pillar=education": "spring-school webinar",
        "kind=symposium": "open-day congress",
        "country=BE": "open-day congress",
        "our_role=contributed": "round-table open-day congress",
        "text=consent": "webinar",
        "text=antwerp": "open-day congress",
        "text=universiteit+gent": "spring-school",
        # the host was Bram
        "year=2025&country=NL": "spring-school visit",
        "speaker=anna-berg&role=host": "",
        "city=groningen-nl": "spring-school visit",
        "city=antwerp-be&city=zwolle-nl": "round-table open-day congress",
        "country=BE&city=groningen-nl": "",
        "line=not-stated": "round-table visit retreat",
        "line=not-stated&line=learning": "round-table spring-school visit retreat congress",
        "pillar=not-stated": "visit retreat",
        "line=not-stated&pillar=research": "round-table",
        "kind=not-stated": "",
        "our_role=not-stated": "",
        "status=planned": "congress",
        "status=held&status=cancelled&month=2025-05": "webinar open-day visit",
        "status=cancelled&country=BE": "",
        # the retreat of 2025 was on a day that nobody knows
        "from=2025-05-01": "webinar open-day visit congress",
        "to=2025-05-20": "round-table spring-school open-day visit",
        "from=2025-05-01&to=2025-05-31": "webinar open-day visit",
        "from=2025-05-02&to=2025-05-31": "open-day visit",
        "from=2025-01-01&to=2025-12-31": "spring-school webinar open-day visit retreat",
        "from=2025-01-02&to=2025-12-31": "spring-school webinar open-day visit",
        "year=2025&from=2025-05-14": "open-day visit",
        "month=2025-04&month=2025-05&to=2025-05-14": "spring-school open-day",
        "organisation=ghent-university": "spring-school",
        "organisation=ghent-university&organisation=science-fund": "spring-school open-day",
        "organisation=ghent-university&from=2025-05-01": "",
        "organisation=care-group": "",
    },
    "contributions": {
        "from=2026-01-01": "carla-smit",
        "to=2024-12-31": "bram-de-wit",
        "organisation=ghent-university": "anna-berg anna-berg bram-de-wit",
        "organisation=ghent-university&role=host": "bram-de-wit",
        "year=2026": "carla-smit",
        "month=2025-05": "zoe-muller anna-berg zoe-muller",
        "speaker=bram-de-wit": "bram-de-wit bram-de-wit",
        "role=lecture": "anna-berg anna-berg zoe-muller",
        "speaker=anna-berg&role=chair": "anna-berg",
        "line=ethics": "zoe-muller anna-berg zoe-muller",
        "pillar=education": "anna-berg anna-berg bram-de-wit zoe-muller",
        "kind=meeting": "bram-de-wit zoe-muller",
        "country=BE": "anna-berg zoe-muller carla-smit",
        "text=consent": "zoe-muller",
        "our_role=organised": "anna-berg anna-berg bram-de-wit zoe-muller",
        "city=antwerp-be": "anna-berg zoe-muller carla-smit",
        "line=not-stated": "bram-de-wit",
        "pillar=not-stated": "",
        "kind=not-stated": "",
        "our_role=not-stated": "",
        "status=planned": "carla-smit",
        "status=held&month=2025-05": "zoe-muller anna-berg zoe-muller",
    },
    "people": {
        "from=2026-01-01": "carla-smit",
        "to=2025-04-29": "bram-de-wit anna-berg",
        "organisation=science-fund": "anna-berg zoe-muller",
        "organisation=care-group": "",
        "year=2025": "anna-berg zoe-muller bram-de-wit",
        "year=2026": "carla-smit",
        "month=2025-04": "anna-berg bram-de-wit",
        "speaker=dirk-vos": "dirk-vos",
        "speaker=dirk-vos&year=2025": "",
        "role=chair": "anna-berg bram-de-wit",
        "line=ethics": "zoe-muller anna-berg",
        "pillar=education": "anna-berg bram-de-wit zoe-muller",
        "kind=meeting": "bram-de-wit zoe-muller",
        "country=BE": "anna-berg zoe-muller carla-smit",
        "our_role=organised": "anna-berg bram-de-wit zoe-muller",
        "text=physician": "anna-berg",
        "text=mueller": "zoe-muller",
        "text=forests": "anna-berg",
        "city=groningen-nl": "anna-berg bram-de-wit",
        "city=zwolle-nl": "bram-de-wit",
        "line=not-stated": "bram-de-wit",
        "pillar=not-stated": "",
        "kind=not-stated": "",
        "our_role=not-stated": "",
        "status=planned": "carla-smit",
        "status=held": "anna-berg bram-de-wit zoe-muller",
        "status=cancelled": "",
    },
    "series": {
        "year=2024": "evening-talks",
        # days that hold all of a year
        "from=2024-02-01": "reading-club",
        "to=2025-12-30": "evening-talks",
        "from=2025-01-01&to=2025-12-31": "reading-club",
        "year=2025&from=2025-01-02": "",
        "organisation=city-lab": "reading-club",
        "organisation=ghent-university": "",
        "line=ethics": "evening-talks",
        "pillar=education": "reading-club",
        "kind=symposium": "evening-talks",
        "our_role=organised": "reading-club",
        "text=lab+city": "reading-club",
        "line=not-stated": "reading-club",
        "line=not-stated&line=ethics": "evening-talks reading-club",
        "pillar=not-stated": "",
        "kind=not-stated": "",
        "our_role=not-stated": "",
    },
    "trainings": {
        "year=2024": "pilot",
        "year=2025": "first-year autumn-course consent-module",
        "month=2025-10": "autumn-course",
        # where the period ends, which nobody told to the day
        "from=2025-09-01": "autumn-course consent-module winter-school",
        "from=2025-03-01&to=2025-10-31": "first-year autumn-course",
        "year=2025&to=2025-12-30": "first-year autumn-course",
        "line=ethics": "autumn-course consent-module",
        "pillar=education": "first-year autumn-course consent-module",
        "text=hospital": "first-year",
        "level=bachelor": "first-year",
        "discipline=medicine": "first-year",
        "level=not-stated": "pilot autumn-course consent-module winter-school",
        "discipline=not-stated": "pilot autumn-course consent-module winter-school",
        "discipline=medicine&discipline=not-stated&year=2025": "first-year autumn-course consent-module",
        "format=course": "pilot autumn-course winter-school",
        "format=e-learning": "consent-module",
        "format=e-learning&format=curriculum": "first-year consent-module",
        "format=not-stated": "",
        "line=not-stated": "pilot winter-school",
        "pillar=not-stated": "winter-school",
        "level=not-stated&format=course&year=2025": "autumn-course",
        "level=bachelor&discipline=not-stated": "",
    },
    "projects": {
        "year=2022": "",
        "year=2023": "old-study",
        "year=2024": "old-study ai-lab",
        "year=2025": "ai-lab new-network open-dataset",
        "year=2026": "ai-lab next-programme",
        "year=2040": "ai-lab",
        "month=2024-02": "old-study",
        "month=2024-03": "old-study ai-lab",
        "month=2022-12&month=2025-07": "ai-lab new-network",
        "from=2025-07-01&to=2025-07-31": "ai-lab new-network",
        "to=2024-02-29": "old-study",
        "from=2028-12-31": "ai-lab next-programme",
        "organisation=care-group": "ai-lab",
        "organisation=our-centre&organisation=science-fund": "old-study ai-lab",
        "speaker=dirk-vos": "old-study",
        "line=learning": "ai-lab",
        "pillar=research": "ai-lab new-network open-dataset",
        "our_role=led": "ai-lab open-dataset next-programme",
        "text=care": "ai-lab",
        "line=not-stated": "new-network open-dataset next-programme",
        "year=2025&line=not-stated": "new-network open-dataset",
        "pillar=not-stated": "next-programme",
        "our_role=not-stated": "new-network",
        "our_role=not-stated&our_role=contributed": "old-study new-network",
    },
    "funding": {
        "year=2023": "old-money",
        "year=2024": "old-money top-up",
        "year=2025": "seed-grant hub-grant",
        "month=2024-11": "top-up",
        "from=2024-11-01&to=2024-11-30": "old-money top-up",
        "from=2024-11-02&to=2024-11-30": "old-money",
        "from=2025-02-10": "seed-grant",
        "to=2025-12-31": "seed-grant old-money top-up hub-grant",
        # who gives, who receives, and who takes part in the project that is paid for
        "organisation=science-fund": "seed-grant old-money top-up",
        "organisation=care-group": "seed-grant hub-grant",
        "speaker=anna-berg": "seed-grant",
        "speaker=dirk-vos": "old-money",
        "line=learning": "seed-grant",
        "pillar=education": "old-money",
        "our_role=supported": "hub-grant",
        "text=wetenschapsfonds": "seed-grant top-up",
        # without a project
        "line=not-stated": "top-up hub-grant gift",
        "pillar=not-stated": "top-up hub-grant gift",
        "line=not-stated&line=ethics": "old-money top-up hub-grant gift",
        "pillar=not-stated&year=2025": "hub-grant",
        "our_role=not-stated": "",
    },
    "partners": {
        "year=2023": "",
        "year=2025": "city-lab ghent-university care-group",
        "month=2024-12": "care-group",
        "month=2025-04": "ghent-university care-group",
        "from=2025-04-01&to=2025-04-30": "ghent-university care-group",
        "from=2025-01-01": "city-lab ghent-university care-group",
        # the chosen ones themselves, and not who takes part beside them
        "organisation=care-group": "care-group",
        "organisation=science-fund": "",
        "line=learning": "ghent-university care-group",
        "pillar=research": "care-group",
        "our_role=led": "care-group",
        "text=reading": "city-lab care-group",
        "line=not-stated": "city-lab care-group",
        "pillar=not-stated": "",
        "our_role=not-stated": "",
    },
}
CASES = [(table, query, ids) for table, cases in FILTERED.items() for query, ids in cases.items()]


def chosen(query):
    filters, notices = parse_link(f"/events?{query}")
    assert not notices
    return filters


def listed(version, table, query=""):
    """What identifies the rows of a table under filters as in the URL."""
    return ask(version, *LISTS[table], chosen(query))


@pytest.mark.matrix(40)
@pytest.mark.parametrize(("table", "query", "ids"), CASES)
def test_a_filter_leaves_the_rows_that_the_matrix_says(tiny, table, query, ids):
    assert listed(tiny, table, query) == ids.split()


@pytest.mark.parametrize("table", LISTS)
def test_every_filter_that_applies_to_a_table_is_tried(table):
    assert {name for query in FILTERED[table] for name in chosen(query).chosen} == APPLIES[table]


@pytest.mark.parametrize(
    ("query", "running", "completed", "coming"),
    [
        ("year=2023", "", "", ""),
        # the old study ends with the year in which it was last reported
        ("year=2024", "ai-lab", "old-study", ""),
        # the programme of 2026 was announced in 2025
        ("year=2025", "ai-lab", "open-dataset", "new-network next-programme"),
        ("year=2026", "ai-lab", "", "next-programme"),
        ("month=2025-06", "ai-lab", "open-dataset", "new-network next-programme"),
        ("month=2024-12", "ai-lab", "", ""),  # when in 2024 the study ended is not known
        ("pillar=education", "", "old-study", ""),
        ("organisation=care-group", "ai-lab", "", ""),
        ("from=2025-06-30&to=2025-06-30", "ai-lab", "open-dataset", "new-network"),
        ("from=2024-06-01", "ai-lab", "open-dataset", "new-network next-programme"),
        ("to=2024-12-31", "ai-lab", "old-study", ""),
    ],
)
def test_a_project_stands_at_one_stage_of_the_period(tiny, query, running, completed, coming):
    for stage, ids in ((RUNNING, running), (COMPLETED, completed), (COMING, coming)):
        found = ask(tiny, "project_stage_count_rows", "record_id", chosen(query), **stage)
        assert found == ids.split()
        listed_there = ask(tiny, "projects_by_stage", "stage project_id", chosen(query))
        assert {i for of, i in listed_there if of == stage["stage"]} == set(found)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("month=2025-05", "retreat"),
        ("month=2024-12", ""),
        ("from=2025-05-02", "retreat webinar"),
        ("from=2025-05-01", "retreat"),
        ("to=2025-05-30", "retreat webinar"),
        ("from=2025-05-10&to=2025-05-12", "retreat webinar"),
        ("from=2025-01-01&to=2025-12-31", ""),
        ("from=2026-01-01", ""),
        ("month=2025-05&to=2025-05-14", "retreat webinar"),
        ("from=2025-05-02&organisation=care-group", ""),
    ],
)
def test_what_may_lie_in_the_period_and_is_not_counted_in_it_is_named(tiny, query, ids):
    assert ask(tiny, "undated_events", "event_id", chosen(query)) == ids.split()


def test_a_partner_stands_with_its_own_activities_where_it_is_chosen(tiny):
    found = "organisation_id table_name record_id"
    assert ask(tiny, "partner_activities", found, chosen("organisation=care-group")) == [
        ("care-group", "projects", "ai-lab"),
        ("care-group", "series", "reading-club"),
    ]


def test_work_beside_events_goes_by_the_period_and_the_person(tiny):
    found = "person_id record_id at_events"
    # the study ended in 2024, and with it the grant that has no date of its own
    assert ask(tiny, "other_work", found, chosen("year=2025")) == [("anna-berg", "ai-lab", True)]
    assert ask(tiny, "other_work", found, chosen("month=2025-09")) == [
        ("anna-berg", "ai-lab", False)  # who was named in April and May
    ]
    assert ask(tiny, "other_work", found, chosen("year=2025&country=BE&role=keynote")) == [
        ("anna-berg", "ai-lab", True)  # whatever is chosen of events
    ]
    assert ask(tiny, "other_work", "record_id", chosen("speaker=dirk-vos")) == [
        "old-study",
        "old-money",
    ]
    assert ask(tiny, "other_work", found, chosen("pillar=education")) == [
        ("dirk-vos", "old-study", False),
        ("dirk-vos", "old-money", False),
    ]


def test_who_is_named_by_a_source_only_stands_in_its_year(tmp_path):
    version = with_rows(
        tmp_path,
        people="eva-bos,Eva Bos,Data scientist,,",
        claims="people-eva-bos-1,people,eva-bos,,report,stated,Team,,Eva Bos",
    )
    found = "person_id table_name role job_title"
    eva = ("eva-bos", "people", None, "Data scientist")
    assert eva in ask(version, "other_work", found, chosen("year=2025"))
    assert eva in ask(version, "other_work", found, ALL)
    assert eva in ask(version, "other_work", found, chosen("from=2025-01-01"))
    for link in (
        "year=2024",
        "month=2025-05",
        "from=2025-02-01",
        "pillar=research",
        "text=eva",
        "organisation=care-group",
    ):
        assert eva not in ask(version, "other_work", found, chosen(link)), link


def test_what_came_of_a_year_is_its_own_results_and_the_money_of_it(tiny):
    def found(query):
        return ask(tiny, "results_of_period", "record_id", chosen(query))

    assert found("year=2024") == ["old-study", "old-money"]
    assert found("year=2025&pillar=research")[0] == "open-dataset"
    assert "old-study" not in found("year=2025")
    assert found("year=2023") == ["old-money"]


def test_what_is_next_is_not_what_was(tiny):
    ahead = ask(tiny, "what_is_next", "record_id", chosen("year=2025"), today=date(2029, 1, 1))
    assert ahead == [None, "new-network"]  # the congress and the programme are over


@pytest.mark.parametrize(
    ("link", "ahead"),
    [
        ("year=2025&pillar=research", ["congress", None, "new-network"]),
        ("year=2025&text=nothing", []),
        ("year=2025&text=network", ["new-network"]),
        ("year=2025&speaker=zoe-muller", []),
        # projects are in no country: the filter means nothing for them
        ("year=2025&country=BE", ["next-programme", "congress", "new-network"]),
        ("year=2025&country=NL", ["next-programme", "new-network"]),
        ("year=2025&organisation=science-fund", []),
        ("year=2025&level=master", ["next-programme", "congress", "new-network"]),
    ],
)
def test_texts_of_what_is_next_tell_nothing_of_what_is_chosen_unless_it_is_found(tiny, link, ahead):
    day = date(2026, 1, 15)
    assert ask(tiny, "what_is_next", "record_id", chosen(link), today=day) == ahead


def test_who_is_named_once_depends_on_the_selection(tiny):
    assert ask(tiny, "contributor_once_count_rows", "record_id", chosen("month=2025-05")) == [
        "anna-berg"  # who chaired, while Zoë spoke twice
    ]


def test_without_a_home_country_no_event_is_known_to_be_at_home_or_abroad(tmp_path):
    folder = copytree(DATA, tmp_path / "data")
    terms = (folder / "terms.csv").read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in terms if not line.startswith("home-country"))
    (folder / "terms.csv").write_text(kept, "utf-8")
    version = publish_folder(folder, tmp_path / "store")
    for name in ("events_home", "events_abroad"):
        found = evaluate(version, METRICS[name], ALL)
        assert (found.value, found.unknown) == (None, 4)  # all but the one that was online


def test_a_number_of_held_events_is_filtered_by_everything_but_the_status(tiny):
    assert APPLIES["held_events"] == APPLIES["events"] - {"status"}
    assert APPLIES["held_contributions"] == APPLIES["contributions"] - {"status"}
    planned = chosen("status=planned")
    assert evaluate(tiny, METRICS["events_held"], planned).value == 5
    assert evaluate(tiny, METRICS["events_planned"], chosen("status=held")).value == 1
    assert planned.ignored_by(METRICS["events_held"].table) == ["status"]


def test_people_of_planned_events_stand_with_their_planned_contributions(tiny):
    people = ask(tiny, "people", "person_id events contributions", chosen("status=planned"))
    assert people == [("carla-smit", 1, 1)]
    assert ask(tiny, "person_roles", "person_id role", chosen("status=planned")) == [
        ("carla-smit", "keynote")
    ]
    named = ask(tiny, "people", "person_id events", chosen("speaker=carla-smit"))
    assert named == [("carla-smit", 0)]  # of held events, where no status is chosen


@pytest.mark.parametrize("table", LISTS)
def test_every_value_that_may_be_unstated_is_asked_for(table):
    asked = [chosen(query) for query in FILTERED[table]]
    tried = {
        name for name in MAY_BE_UNSTATED for filters in asked if NOT_STATED in filters.value(name)
    }
    assert tried == APPLIES[table] & set(MAY_BE_UNSTATED)


UNSTATED = [  # under more records, of which some state next to nothing
    ("events", "kind=not-stated", "meet-up"),
    ("events", "our_role=not-stated", "meet-up"),
    ("events", "kind=not-stated&kind=course", "spring-school meet-up"),
    ("events", "city=somewhere-nl", "meet-up"),
    ("events", "pillar=not-stated&kind=meeting", "visit retreat"),
    ("contributions", "pillar=not-stated", "carla-smit"),
    ("contributions", "kind=not-stated", "carla-smit"),
    ("contributions", "our_role=not-stated", "carla-smit"),
    ("people", "pillar=not-stated", "carla-smit"),
    ("people", "kind=not-stated", "carla-smit"),
    ("people", "our_role=not-stated", "carla-smit"),
    ("people", "city=somewhere-nl", "carla-smit"),
    ("series", "line=not-stated", "open-hours reading-club"),
    ("series", "pillar=not-stated", "open-hours"),
    ("series", "kind=not-stated", "open-hours"),
    ("series", "our_role=not-stated", "open-hours"),
    ("trainings", "level=bachelor&discipline=not-stated", "evening-class"),
    ("trainings", "pillar=not-stated&level=not-stated", "lost-course winter-school"),
    ("projects", "pillar=not-stated", "halted next-programme"),
    ("partners", "pillar=not-stated", "science-fund"),
    ("partners", "our_role=not-stated", "science-fund"),
]


@pytest.mark.matrix(8)
@pytest.mark.parametrize(("table", "query", "ids"), UNSTATED)
def test_not_stated_finds_the_records_that_state_no_value(bare, table, query, ids):
    assert listed(bare, table, query) == ids.split()


OF_TRAININGS = "level=bachelor&discipline=medicine&format=course"
IGNORED = {
    "events": OF_TRAININGS,
    "contributions": OF_TRAININGS,
    "people": OF_TRAININGS,
    "series": f"speaker=anna-berg&role=host&country=BE&city=zwolle-nl&status=held&{OF_TRAININGS}",
    "trainings": "speaker=anna-berg&role=host&kind=course&country=BE&city=zwolle-nl&organisation=care-group&our_role=led&status=held",
    "projects": f"role=host&kind=not-stated&country=BE&city=zwolle-nl&status=held&{OF_TRAININGS}",
    "funding": f"role=host&kind=course&country=BE&city=zwolle-nl&status=held&{OF_TRAININGS}",
    "partners": f"speaker=bram-de-wit&role=host&kind=course&country=BE&city=zwolle-nl&status=held&{OF_TRAININGS}",
}


@pytest.mark.parametrize("table", LISTS)
def test_every_filter_means_something_for_a_table_or_is_ignored(table):
    # in the matrix a month means nothing for a series, but it chooses its year
    year_of_a_month = {"month"}
    assert APPLIES[table] | set(chosen(IGNORED[table]).chosen) | year_of_a_month == set(
        FILTER_NAMES
    )


@pytest.mark.parametrize(("table", "query"), IGNORED.items())
def test_a_filter_that_means_nothing_for_a_table_leaves_its_rows_and_is_named(tiny, table, query):
    assert chosen(query).ignored_by(table) == [pair.split("=")[0] for pair in query.split("&")]
    assert chosen(query).applying_to(table) == ALL
    assert listed(tiny, table, query) == listed(tiny, table)


@pytest.mark.matrix(5)
@pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))
def test_a_number_and_its_rows_add_up_under_every_filter(tiny, metric):
    for query in ("", *FILTERED[metric.records]):
        rows = list_records(tiny, metric, chosen(query))
        assert sum_quantities(quantity for _, quantity in rows) == evaluate(
            tiny, metric, chosen(query)
        ), query


# What the rules mean
# -------------------------------------------------------------------------------------------------


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
    assert ask(tiny, "person_roles", "person_id role", chosen("year=2024")) == [
        ("bram-de-wit", "chair")
    ]


def test_an_online_event_is_in_no_country_and_its_place_is_not_missing(tiny, tmp_path):
    # open-day and webinar
    assert ask(tiny, "event_numbers", "countries countries_unknown", chosen("month=2025-05")) == [
        (1, 0)
    ]
    stream = "stream,Stream,,2025-06-01,,held,online,meeting,,,oslo,contributed,,,unknown,,"
    streamed = with_rows(tmp_path, places="oslo,,Oslo,NO,59.9,10.7,city", events=stream)
    assert ask(streamed, "event_numbers", "countries countries_unknown") == [(2, 1)]


def test_a_small_group_is_nowhere_in_the_published_version(tiny):
    assert ask(tiny, "events", "participants participants_kind", chosen("year=2024")) == [
        (None, "fewer-than")
    ]
    texts = [path.read_text("utf-8") for path in (tiny.folder / "records").glob("*.csv")]
    assert not any("three participants" in text or "contributed,,3," in text for text in texts)


def test_an_academic_year_counts_once_in_the_year_in_which_it_ends(tiny):
    assert ask(tiny, "training_numbers", "trainings_held", chosen("year=2024")) == [1]  # pilot
    # first-year, autumn-course
    assert ask(tiny, "training_numbers", "trainings_held", chosen("year=2025")) == [2]
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
    assert ask(version, "partner_activities", "record_id") == [
        "reading-club",
        "spring-school",
        "ai-lab",
        "reading-club",
    ]


def test_a_dispute_about_a_number_that_is_not_known_is_not_one_of_the_sum(tmp_path):
    version = with_rows(
        tmp_path,
        claims="round-table-2,events,round-table,participants,newsletter,differs,News,4,nine",
    )
    # that of open-day
    assert ask(version, "event_participants", "value fewer_than disputed") == [(200, 1, 1)]


def test_a_series_is_reported_for_a_year_which_a_month_chooses(tiny):
    assert listed(tiny, "series", "month=2025-05") == ["reading-club"]
    # not that of 2024 between them
    assert listed(tiny, "series", "month=2023-12&month=2025-01") == ["reading-club"]
    assert chosen("month=2025-05").ignored_by("series") == ["month"]


def test_a_month_never_matches_funding_without_month(tiny):
    # hub-grant: 2025; old-money: undated
    assert listed(tiny, "funding", "month=2025-01&month=2023-01") == []


def test_unknown_is_never_zero_and_nothing_is_exactly_zero(tiny):
    received = METRICS["funding_received"]
    assert evaluate(tiny, received, chosen("month=2024-11")) == Quantity(None, unknown=1)
    assert evaluate(tiny, received, chosen("year=2040")) == Quantity(0)


TEXTS = {
    "cafe": "open-day",
    "CAFÉ": "open-day",
    "Cafe\u0301": "open-day",  # the last: accent by itself
    "school spring": "spring-school",
    "school open": "",
    # her name, and its other spelling
    "MULLER zoë": "webinar open-day",
    "mueller": "webinar open-day",
    "%": "",
    "' or 1=1 --": "",
}


@pytest.mark.parametrize(("text", "ids"), TEXTS.items())
def test_a_text_finds_all_its_words_in_any_order_whatever_the_accents(tiny, text, ids):
    assert ask(tiny, "events", "event_id", Filters(text=text)) == ids.split()


def test_a_title_finds_itself_whatever_signs_it_holds(tmp_path):
    version = with_rows(tmp_path, events="co2-day,CO₂ day,,2025-06-01,,held,,,,,,,,,unknown,,")
    assert ask(version, "events", "event_id", Filters(text="CO₂ day")) == ["co2-day"]


# Facets
# --------------------------------------------------------------------------------------------------------------

# table -> the statuses that its facets do not count
UNCOUNTED = {"events": {"planned", "cancelled"}, "trainings": {"cancelled"}, "projects": set()}
FACETED = {
    "events": (
        "",
        "country=BE",
        "city=zwolle-nl&our_role=contributed",
        "speaker=anna-berg&role=chair",
        "month=2025-05",
        "year=2025&line=not-stated",
        "our_role=not-stated",
        "status=planned",
        "status=held&status=cancelled&month=2025-05",
    ),
    "trainings": (
        "",
        "year=2025&format=course",
        "month=2025-10",
        "level=not-stated&pillar=education",
        "line=not-stated",
        "discipline=medicine",
        "level=bachelor&format=course",
        "text=hospital",
    ),
    "projects": (
        "",
        "year=2025&line=not-stated",
        "month=2025-02",
        "speaker=dirk-vos",
        "pillar=research&our_role=led",
        "our_role=not-stated",
        "text=care",
    ),
}


@pytest.mark.matrix(6)
@pytest.mark.parametrize(
    ("table", "query"), [(name, query) for name in FACETED for query in FACETED[name]]
)
def test_a_facet_says_how_many_records_each_value_would_leave(bare, table, query):
    names, uncounted = frozenset().union(*FACETS[table].values()), UNCOUNTED[table]
    asked, labels = chosen(query), questions.read_labels(bare)
    counts = count_facets(partial(questions.rows, bare), table, asked)
    found = {
        (name, value): number for name, values in counts.items() for value, number in values.items()
    }
    # months have no labels
    known = {(name, value) for name in names for value in labels.get(name, ())}
    assert {name for name, _ in found} <= names
    for name, value in found.keys() | known:
        left = [
            status
            for status in ask(bare, table, "status", asked.within(name, value))
            if status not in uncounted or name == "status" or asked.status
        ]
        assert len(left) == found.get((name, value), 0), (name, value)


def test_a_facet_offers_the_months_of_the_chosen_year_only(tiny):
    def months(table, query):
        counts = count_facets(partial(questions.rows, tiny), table, chosen(query))
        return list(counts.get("month", {}))

    assert (
        months("events", "year=2025") == months("events", "month=2025-04") == ["2025-04", "2025-05"]
    )
    assert months("trainings", "year=2026") == ["2026-01"]
    assert months("trainings", "year=2024") == []  # the pilot is known by its year only


def test_a_cancelled_training_is_in_no_facet_and_a_stopped_project_is(bare):
    # not lost-course
    assert ("pillar", "not-stated", 2) in ask(bare, "facets_trainings", "filter id found")
    # next-programme, halted
    assert ("pillar", "not-stated", 2) in ask(bare, "facets_projects", "filter id found")


# Parts of a number
# ---------------------------------------------------------------------------------------------------

OF_PARTICIPANTS, OF_CONTRIBUTIONS = (
    "level discipline format line pillar",
    "role month line country year",
)


def as_quantity(row):
    return Quantity(row["value"], *(row[name] for name in COUNTS.split()[1:]))


@pytest.mark.matrix(7)
@pytest.mark.parametrize("query", ["", *FILTERED["trainings"]])
def test_each_dimension_of_the_trainings_adds_up_to_their_participants(bare, query):
    rows = questions.rows(bare, "trainings_by", chosen(query))
    (cohorts,) = ask(bare, "training_numbers", "trainings_held", chosen(query))
    for dimension in OF_PARTICIPANTS.split():
        mine = [row for row in rows if row["dimension"] == dimension]
        assert sum_quantities(map(as_quantity, mine)) == evaluate(
            bare, METRICS["training_participants"], chosen(query)
        )
        assert sum(row["trainings"] for row in mine) == cohorts, dimension


@pytest.mark.matrix(7)
@pytest.mark.parametrize("query", ["", *FILTERED["trainings"]])
def test_a_part_of_the_trainings_is_what_its_value_as_a_filter_leaves(bare, query):
    rows = questions.rows(bare, "trainings_by", chosen(query))
    assert {row["dimension"] for row in rows} in ({*OF_PARTICIPANTS.split()}, set())
    for row in rows:
        narrowed = chosen(query).within(row["dimension"], row["id"])
        assert as_quantity(row) == evaluate(bare, METRICS["training_participants"], narrowed), row[
            "id"
        ]


def test_the_participants_of_a_part_are_told_apart_by_how_well_they_are_known(bare):
    columns = "dimension id value exact_value about_value at_least_value"
    rows = {row[:2]: row[2:] for row in ask(bare, "trainings_by", columns)}
    # first-year, and at least 20 of evening-class
    assert rows["level", "bachelor"] == (420, None, 400, 20)
    assert rows["pillar", "education"] == (430, 30, 400, None)
    assert rows["pillar", "research"] == (None, None, None, None)  # pilot
    assert all((value or 0) == sum(filter(None, parts)) for value, *parts in rows.values())


@pytest.mark.matrix(6)
@pytest.mark.parametrize("query", ["", *FILTERED["contributions"]])
def test_each_dimension_of_the_contributions_adds_up_to_their_number(bare, query):
    rows = ask(bare, "contributions_by", "dimension contributions", chosen(query))
    (number,) = ask(bare, "contribution_numbers", "contributions", chosen(query))
    for dimension in OF_CONTRIBUTIONS.split():
        assert sum(part for name, part in rows if name == dimension) == number, dimension


@pytest.mark.parametrize(
    "query", ["", "year=2025", "line=not-stated", "month=2025-05", "role=lecture", "city=zwolle-nl"]
)
def test_a_cell_of_the_contributions_is_what_its_person_and_value_as_filters_leave(bare, query):
    rows = ask(bare, "contributions_by", "person_id dimension id contributions", chosen(query))
    assert {dimension for _, dimension, *_ in rows} == set(OF_CONTRIBUTIONS.split())
    for person, dimension, value, number in (row for row in rows if row[2] is not None):
        if dimension == "year" and chosen(query).month:
            # a year in place of chosen months is another selection; the chart does not draw it then
            continue
        narrowed = chosen(query).within("speaker", person).within(dimension, value)
        assert ask(bare, "contribution_numbers", "contributions", narrowed) == [number], (
            person,
            value,
        )


def test_a_contribution_without_a_known_month_stands_under_none(tmp_path):
    version = with_rows(tmp_path, event_people="retreat,dirk-vos,chair,1,,")
    found = ask(
        version, "contributions_by", "dimension id contributions", chosen("speaker=dirk-vos")
    )
    assert found == [
        ("country", None, 1),
        ("line", "not-stated", 1),
        ("month", None, 1),
        ("role", "chair", 1),
        ("year", "2025", 1),
    ]


@pytest.mark.parametrize(
    "query", ["", "year=2025", "kind=meeting", "city=antwerp-be", "speaker=anna-berg"]
)
def test_a_city_on_the_map_is_what_it_leaves_as_a_filter(tiny, query):
    for city, events in ask(tiny, "event_places", "city_id events", chosen(query)):
        assert ask(tiny, "event_numbers", "events_held", chosen(query).within("city", city)) == [
            events
        ], city


def test_venues_of_one_city_are_one_place_and_a_city_abroad_of_the_same_name_is_another(tmp_path):
    places = "academy,Academy,Groningen,NL,53.3,6.5,city\ngroningen-be,,Groningen,BE,51.0,4.0,city"
    events = "\n".join(
        f"at-{place},Talk,,2025-09-01,,held,,,,,{place},,,,unknown,,"
        for place in ("academy", "groningen-be")
    )
    version = with_rows(tmp_path, places=places, events=events)
    assert ask(version, "event_places", "city_id events latitude longitude")[:1] == [
        ("groningen-nl", 2, 53.2, 6.5)
    ]
    assert listed(version, "events", "city=groningen-nl") == [
        "spring-school",
        "visit",
        "at-academy",
    ]
    assert listed(version, "events", "city=groningen-be") == ["at-groningen-be"]


def test_an_online_event_is_in_no_city(tmp_path):
    version = with_rows(
        tmp_path, events="stream,Stream,,2025-06-01,,held,online,,,,zwolle,,,,unknown,,"
    )
    assert listed(version, "events", "city=zwolle-nl") == ["round-table"]
    assert ("city", "zwolle-nl", 1) in ask(version, "facets", "filter id found")


@pytest.mark.parametrize("query", ["", *FILTERED["partners"]])
def test_the_activities_of_the_partners_name_the_partners_that_are_counted(bare, query):
    named = ask(bare, "partner_activities", "organisation_id", chosen(query))
    assert list(dict.fromkeys(named)) == listed(bare, "partners", query)


@pytest.mark.parametrize("query", ["", *FILTERED["partners"]])
def test_the_activities_of_the_partners_are_records_in_scope(bare, query):
    for table, record in ask(bare, "partner_activities", "table_name record_id", chosen(query)):
        assert record in listed(bare, table, query)


# Claims
# --------------------------------------------------------------------------------------------------------------


def test_a_claim_of_change_is_of_a_training_in_scope_and_says_how_it_changed(tmp_path):
    version = with_rows(
        tmp_path,
        claims="pilot-1,trainings,pilot,,report,stated,Training,5,Doubled compared to 2023\n"
        "pilot-2,trainings,pilot,,report,stated,Summary,2,participation doubled\n"
        "autumn-course-2,trainings,autumn-course,participants,newsletter,differs,News,9,more than in 2024\n"
        "first-year-1,trainings,first-year,,report,stated,Training,6,redoubled its efforts\n"
        "winter-school-1,trainings,winter-school,,report,stated,Training,8,more than 20\n"
        "pilot-3,events,pilot,,report,stated,May,11,visitors doubled",
        events="pilot,An event with the id of a training,,2024,,held,,,,,,,,,unknown,,",
    )
    columns = "record_id participants stated line source"
    doubled = [
        ("pilot", None, "participation doubled", 2, "Yearly report"),
        ("pilot", None, "Doubled compared to 2023", 5, "Yearly report"),
    ]
    more = [("autumn-course", 30, "more than in 2024", 9, "Newsletter")]
    assert ask(version, "claims_of_change", columns) == more + doubled
    assert ask(version, "claims_of_change", columns, chosen("year=2024")) == doubled
    assert (
        ask(version, "claims_of_change", columns, chosen("line=ethics&discipline=not-stated"))
        == more
    )


def test_claims_stand_in_the_order_of_the_lines_and_those_of_a_gazetteer_after_the_reports(
    tmp_path,
):
    version = with_rows(
        tmp_path,
        terms="source-kind,gazetteer,Gazetteer,Plaatsnamen,2,\nclaim-stance,adds,Adds,Vult aan,3,",
        sources="atlas,Atlas,,2020,gazetteer,",
        claims="zwolle-1,places,zwolle,latitude,atlas,adds,,1,52.5\n"
        "ai-lab-1,projects,ai-lab,,newsletter,stated,,,the lab\n"
        "retreat-1,events,retreat,,newsletter,stated,News,4,retreat",
    )
    found = ask(version, "claims_in_order", "source line label field")
    assert found == [
        ("Newsletter", 3, "Open day", "participants"),
        ("Newsletter", 4, "Retreat", None),
        ("Newsletter", 5, "Autumn course", "participants"),
        ("Newsletter", 8, "Seed grant", "amount_eur"),
        ("Newsletter", None, "AI lab", None),
        ("Yearly report", 7, "Round table", None),
        ("Yearly report", 10, "Open day", None),
        ("Atlas", 1, "Zwolle", "latitude"),
    ]


def test_a_highlight_is_what_a_source_names_under_such_a_heading(tmp_path):
    version = with_rows(
        tmp_path,
        claims="pilot-1,trainings,pilot,,report,stated,Key highlights,9,a pilot\n"
        "pilot-2,trainings,pilot,,report,stated,Key highlights,2,our pilot\n"
        "autumn-course-2,trainings,autumn-course,participants,report,differs,Key highlights,3,over 30 nurses\n"
        "retreat-1,events,retreat,,report,stated,HIGHLIGHTS of 2025,4,a retreat\n"
        "webinar-1,events,webinar,,report,stated,Meetings,1,a webinar\n"
        "seed-grant-2,funding,seed-grant,,report,stated,,1,a highlight",
    )
    found = ask(version, "highlights", "table_name record_id label line source")
    assert found == [
        ("trainings", "pilot", "Pilot", 2, "Yearly report"),
        ("trainings", "autumn-course", "Autumn course", 3, "Yearly report"),
        ("events", "retreat", "Retreat", 4, "Yearly report"),
    ]


# Paging
# --------------------------------------------------------------------------------------------------------------


def test_a_page_has_its_number_of_rows_from_where_it_starts(tiny):
    assert ask(tiny, "events", "event_id", limit=2, offset=1) == ["spring-school", "webinar"]
    assert ask(tiny, "events", "event_id", limit=2, offset=6) == ["congress"]
    assert ask(tiny, "events", "event_id", limit=2, offset=7) == []


PAGED = [
    case[:2]
    for case in ANSWERS
    if case[0].endswith("_rows") or case[0] in {*dict(LISTS.values()), "claims_in_order"}
]


@pytest.mark.matrix(8)
@pytest.mark.parametrize(("question", "params"), PAGED)
def test_pages_put_together_are_the_whole(tiny, question, params):
    whole = questions.rows(tiny, question, ALL, **params)
    pages = [
        questions.rows(tiny, question, ALL, limit=2, offset=start, **params)
        for start in range(0, 10, 2)
    ]
    assert [row for page in pages for row in page] == whole


# The SQL keeps to what other engines understand
# ----------------------------------------------------------------------


@pytest.mark.parametrize("question", SQL)
def test_a_query_is_one_static_statement_that_other_engines_understand(question):
    (statement,) = sqlglot.parse(SQL[question], dialect="duckdb")
    assert not list(statement.find_all(exp.Lambda))
    assert not re.search(r"[{}]|%s|%\(", SQL[question])
    spark = statement.sql("spark", unsupported_level=ErrorLevel.RAISE)
    assert sqlglot.parse_one(spark, dialect="spark")


def test_a_query_gives_each_scope_its_arguments_in_order():
    scope = Path(questions.__file__).parents[1].joinpath("scope.sql").read_text("utf-8")
    macros = dict(re.findall(r"create macro (scope_\w+)\(([^)]*)\)", scope))
    assert set(macros) == {f"scope_{table}" for table in LISTS}
    for question, sql in SQL.items():
        calls = sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Anonymous)
        for call in (call for call in calls if call.name in macros):
            for name, given in zip(macros[call.name].split(","), call.expressions, strict=True):
                assert not isinstance(given, exp.Placeholder) or given.name == name.strip(), (
                    question
                )


def test_the_rows_behind_every_number_have_the_same_columns(tiny):
    for question, params in (case for case in PAGED if case[0].endswith("_rows")):
        columns = questions.run(tiny, question, ALL, **params).column_names
        assert columns[:6] == ["table_name", "record_id", "label", "date", "value", "kind"], (
            question
        )


@pytest.mark.matrix(6)
@pytest.mark.parametrize("query", ["", *FILTERED["contributions"]])
def test_the_contributors_make_all_contributions_and_are_the_people_counted(bare, query):
    rows = ask(bare, "contributors", "person_id contributions", chosen(query))
    assert (
        sum(number for _, number in rows)
        == ask(bare, "contribution_numbers", "contributions", chosen(query))[0]
    )
    assert {person for person, _ in rows} == set(
        ask(bare, "contributor_count_rows", "record_id", chosen(query))
    )


def test_an_event_at_a_venue_without_coordinates_is_on_the_map_where_its_city_is(tmp_path):
    annex, visit = (
        "annex,Annex,Groningen,NL,,,city",
        "guest-day,Guest day,,2025-06-01,,held,onsite,meeting,,,annex,organised,,,unknown,,",
    )
    version = with_rows(tmp_path, places=annex, events=visit)
    assert ask(version, "event_places", "city_id events", chosen("city=groningen-nl")) == [
        ("groningen-nl", 2)
    ]
    assert ask(version, "place_reconciliation", "all_events on_the_map online unknown") == [
        (6, 4, 1, 1)
    ]


def test_one_question_is_asked_by_many_readers_at_once(tiny):
    months = ["2024-12", "2025-04", "2025-05"] * 20
    with ThreadPoolExecutor(8) as readers:
        found = list(
            readers.map(
                lambda month: questions.rows(tiny, "events", Filters(month=(month,))), months
            )
        )
    assert [sorted({row["month"] for row in rows}) for rows in found] == [
        [month] for month in months
    ]


def test_a_period_that_is_cut_holds_what_had_begun_by_then(tiny):
    def held(metric, *until):
        return evaluate(tiny, METRICS[metric], Filters(year=2025, until=date(*until))).value

    # the retreat had, perhaps
    assert [held("events_held", 2025, 4, 28), held("events_held", 2025, 4, 29)] == [1, 2]
    assert [held("trainings_held", 2025, 9, 30), held("trainings_held", 2025, 10, 1)] == [1, 2]
    assert [held("funding_received", 2025, 2, 9), held("funding_received", 2025, 2, 10)] == [
        0,
        50_000,
    ]
    assert [held("results", 2025, 1, 14), held("results", 2025, 1, 15)] == [0, 1]
    assert (
        evaluate(
            tiny, METRICS["events_held"], Filters(month=("2025-05",), until=date(2025, 5, 13))
        ).value
        == 1
    )
