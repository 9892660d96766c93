"""Events and trainings as linked data, against what the vocabularies ask for, written down by hand."""

import csv
import json
from datetime import date

import pytest

from dashboard.export.as_json import to_json
from dashboard.export.linked_data import CONFORMS_TO, build_graph
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.view import open_view
from tests.conftest import ROOT, publish_folder, served_already

BASE = "https://dash.example.org"
ASKED_FOR = {
    "https://bioschemas.org/profiles/Course/1.0-RELEASE": {
        "@type",
        "@id",
        "name",
        "description",
        "keywords",
        CONFORMS_TO,
    },
    "https://bioschemas.org/profiles/CourseInstance/1.0-RELEASE": {
        "@type",
        "@id",
        "courseMode",
        "location",
        CONFORMS_TO,
    },
}
"""The properties of marginality “minimum”; @context stands once, for the graph."""
MAY_HAVE = {
    "Event": {
        "@type",
        "@id",
        "url",
        "identifier",
        "name",
        "startDate",
        "endDate",
        "eventStatus",
        "eventAttendanceMode",
        "location",
        "performer",
        "organizer",
        "superEvent",
        "audience",
        "keywords",
    },
    "Course": {
        "@type",
        "@id",
        "url",
        "identifier",
        "name",
        "description",
        "keywords",
        "about",
        "educationalLevel",
        "audience",
        "hasCourseInstance",
        CONFORMS_TO,
    },
    "CourseInstance": {
        "@type",
        "@id",
        "url",
        "name",
        "eventStatus",
        "startDate",
        "endDate",
        "courseMode",
        "location",
        CONFORMS_TO,
    },
    "Place": {"@type", "name", "address"},
    "PostalAddress": {"@type", "addressLocality", "addressCountry"},
    "VirtualLocation": {"@type", "name"},
    "PerformanceRole": {"@type", "roleName", "performer"},
    "Person": {"@type", "name"},
    "Organization": {"@type", "name"},
    "Audience": {"@type", "audienceType"},
    "CreativeWork": {"@type", "@id"},
}
"""Properties that schema.org defines for each type, as far as we use them."""


@pytest.fixture(scope="module")
def small_records(tmp_path_factory):
    return served_already(Store(tmp_path_factory.mktemp("ld")), ROOT / "tests" / "data")


def graph(version, table, link="/events?year=all", base=BASE):
    view = open_view(
        Store(version.folder.parents[1]),
        settings.load(ROOT / "data"),
        link,
        date(2026, 1, 15),
        role=Role.VIEWER,
    )
    found = json.loads(to_json(build_graph(view, table, base)))
    assert found["@context"][0] == "https://schema.org/"
    return {node.get("identifier"): node for node in found["@graph"]}


def nodes(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from nodes(one)


@pytest.mark.parametrize("table", ["events", "trainings"])
def test_every_node_has_known_properties_and_nothing_that_is_empty(real, small_records, table):
    for version in (real, small_records):
        found = list(nodes(list(graph(version, table).values())))
        assert len(found) > 8
        for node in found:
            assert set(node) <= MAY_HAVE[node["@type"]], node
            assert not [
                name for name, value in node.items() if value in (None, "", [], {}, "unknown")
            ]


def test_a_node_conforms_to_a_profile_only_with_all_that_it_asks_for(real, small_records):
    for version in (real, small_records):
        for node in nodes(list(graph(version, "trainings").values())):
            if CONFORMS_TO in node:
                assert set(node) >= ASKED_FOR[node[CONFORMS_TO]["@id"]]
            else:
                assert node["@type"] != "Course"


def test_every_event_has_what_search_engines_ask_for_as_far_as_it_is_known(real):
    for node in graph(real, "events").values():
        assert {"@type", "@id", "url", "name", "startDate", "eventStatus"} <= set(node)
        assert node["@id"].startswith(f"{BASE}/events?year=")


def test_an_event_says_what_the_record_says(small_records):
    assert graph(small_records, "events")["open-day"] == {
        "@type": "Event",
        "@id": f"{BASE}/events?year=2025&event=open-day",
        "url": f"{BASE}/events?year=2025&event=open-day&lang=en",
        "identifier": "open-day",
        "name": "Open day",
        "startDate": "2025-05-14",
        "endDate": "2025-05-14",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Antwerp",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Antwerp",
                "addressCountry": "BE",
            },
        },
        "performer": [
            {
                "@type": "PerformanceRole",
                "roleName": "Chair",
                "performer": {"@type": "Person", "name": "Anna Berg"},
            },
            {
                "@type": "PerformanceRole",
                "roleName": "Keynote",
                "performer": {"@type": "Person", "name": "Zoë Müller"},
            },
        ],
        "superEvent": {"@type": "Event", "name": "Science week"},
        "keywords": "Symposium, Ethics, Research",
    }


def test_dates_are_as_precise_as_they_are_known(small_records):
    found = graph(small_records, "events")
    assert [
        (i, found[i]["startDate"], found[i].get("endDate"))
        for i in ("spring-school", "webinar", "retreat")
    ] == [
        ("spring-school", "2025-04-29", "2025-05-02"),
        ("webinar", "2025-05", None),
        ("retreat", "2025", None),
    ]


def test_online_is_a_place_of_its_own_and_mixed_is_both(small_records):
    found = graph(small_records, "events")
    online = {"@type": "VirtualLocation", "name": "Online"}
    assert found["webinar"]["location"] == online
    assert found["webinar"]["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert found["round-table"]["location"][1] == online
    assert found["round-table"]["location"][0]["address"]["addressLocality"] == "Zwolle"
    assert "location" not in found["retreat"]


def test_only_what_we_organised_has_us_as_organizer_and_cancelled_is_cancelled(small_records):
    found = graph(small_records, "events")
    assert {i for i, node in found.items() if "organizer" in node} == {
        "spring-school",
        "webinar",
        "retreat",
        "visit",
    }
    assert found["visit"]["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_course_on_the_web_conforms_and_one_of_which_nobody_says_where_does_not(real):
    found = graph(real, "trainings")
    conforming = {i for i, node in found.items() if CONFORMS_TO in node["hasCourseInstance"][0]}
    modules = {i for i, node in found.items() if "E-learning" in node["keywords"]}
    assert conforming == modules
    assert modules
    assert not [n for node in found.values() for n in nodes(node) if "maximumAttendeeCapacity" in n]


def test_a_year_is_no_start_and_a_day_is_start_and_end(small, tmp_path):
    expected = {
        "2025": (None, None),
        "2025-05": ("2025-05", None),
        "2025-05-14": ("2025-05-14", "2025-05-14"),
        "2024-2025": (None, None),
    }
    path = small / "trainings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    of_period = dict(zip(expected, rows, strict=False))
    for period, row in of_period.items():
        row["period"] = period
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = graph(publish_folder(Store(tmp_path / "store"), small).version, "trainings")
    for period, row in of_period.items():
        instance = found[row["training_id"]]["hasCourseInstance"][0]
        assert (instance.get("startDate"), instance.get("endDate")) == expected[period]
    of_an_academic_year = found[of_period["2024-2025"]["training_id"]]
    assert "academic year 2024–2025" in of_an_academic_year["description"]


def test_without_an_address_ids_are_relative_and_there_is_no_url(small_records):
    node = graph(small_records, "events", base="")["open-day"]
    assert (node["@id"], "url" in node) == ("#events.open-day", False)


def test_an_id_leads_to_the_record_in_the_dashboard(small_records):
    store, chosen = Store(small_records.folder.parents[1]), settings.load(ROOT / "data")
    for table, name in (("events", "event"), ("trainings", "record")):
        for node in graph(small_records, table).values():
            view = open_view(store, chosen, node["@id"], date(2026, 1, 15), role=Role.VIEWER)
            assert (view.page, view.notices) == (table, ())
            assert view.extras[name].endswith(node["identifier"])
