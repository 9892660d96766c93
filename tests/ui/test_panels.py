"""“Why this number?” and the panels of records: what a reader sees of the rows behind a number."""

import pytest

from dashboard.language.messages import Said, speaking
from dashboard.model.quantity import make_quantity, sum_quantities
from dashboard.query.metrics import METRICS
from dashboard.query.provenance import Evidence
from dashboard.ui.dialogs import drill_down
from dashboard.ui.dialogs.evidence_rows import (
    MAX_ROWS,
    build_evidence,
    describe_places,
    explain_kind,
    format_dates,
)
from dashboard.ui.dialogs.record_fields import find_title
from dashboard.ui.dialogs.record_parts import build_note
from tests.support.page_parts import acts, find, press, read_text, texts
from tests.ui.conftest import url

pytestmark = pytest.mark.filterwarnings("default")
ONE_OF_EACH = (
    "1 of the 2 is an estimate, so the sum is one. 1 of the 2 is a lower bound, so the sum is one."
)
PEOPLE, EVENTS = METRICS["training_participants"], METRICS["events_held"]


def claim(line=95, stance="stated", source="2025 in Review", stated="100", field=None):
    return {
        "stance": stance,
        "source": source,
        "section": "Education",
        "line": line,
        "stated": stated,
        "field": field,
    }


def record(name, value=None, kind="exact", *claims, disputed=False, table="trainings"):
    row = {
        "table_name": table,
        "record_id": name.lower(),
        "label": name,
        "date": "2025",
        "value": value,
        "kind": kind,
    }
    return Evidence(row, make_quantity(value, kind, disputed), claims or (claim(),))


OVER = claim(135, "differs", stated="Over 400", field="participants")
COHORTS = [
    record("Medicine", 400, "about", claim(93), OVER, disputed=True),
    record("PhD", 100, "about", claim(95), claim(136)),
    record("Dentistry", 44),
    record("Bootcamp", None, "unknown"),
    record("Patients", None, "fewer-than"),
]


def built(metric, records):
    """What stands under the definition: (rows as lists of cells, the other lines)."""
    quantity = sum_quantities(one.quantity for one in records)
    elements = list(build_evidence(metric, quantity, records))
    rows = [
        [cell.text for cell in row.children]
        for part in elements[0].children[1:]
        for row in part.children
    ]
    return rows, [one.text for one in elements[1:]]


def test_the_rows_add_up_to_the_sum_with_its_coverage_and_what_is_not_known_is_named():
    rows, gaps = built(PEOPLE, COHORTS)
    assert rows == [
        ["Medicine 2025", "≈ 400", "line 93; line 135 says “Over 400”"],
        ["PhD 2025", "≈ 100", "lines 95 and 136"],
        ["Dentistry 2025", "44", "line 95"],
        ["Sum", "≈ 544", "from 3 of 5 trainings, of which 1 disputed"],
    ]
    assert gaps == ["not known Bootcamp", "withheld Patients"]


def test_a_number_that_counts_its_records_says_when_they_were_and_not_that_each_is_one():
    rows, gaps = built(
        EVENTS, [record("Café", 1, table="events"), record("Day", 1, table="events")]
    )
    assert rows == [["Café", "2025", "line 95"], ["Day", "2025", "line 95"], ["Sum", "2", ""]]
    assert gaps == []


def test_of_many_records_fifty_are_listed_and_the_others_counted():
    rows, _gaps = built(EVENTS, [record(f"E{nr}", 1) for nr in range(60)])
    assert (len(rows), rows[MAX_ROWS]) == (52, ["and 10 more, in the table beneath"])
    assert rows[-1] == ["Sum", "60", ""]


def test_of_many_that_are_not_known_twelve_are_named():
    _rows, (gap,) = built(PEOPLE, [record(f"T{nr}", None, "unknown") for nr in range(15)])
    assert gap.startswith("not known T0 , T1 ")
    assert gap.endswith("T11 and 3 more")


def test_nothing_at_all_is_exactly_zero():
    quantity = sum_quantities([])
    (line,) = build_evidence(EVENTS, quantity, [])
    assert line.text == "No records: the number is exactly zero."


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("exact", "exact"), ""),
        (("about", "about"), ""),
        (("about", "exact"), "1 of the 2 is an estimate, so the sum is one."),
        (("about", "about", "exact"), "2 of the 3 are estimates, so the sum is one."),
        (("at-least", "exact"), "1 of the 2 is a lower bound, so the sum is one."),
        (
            ("about", "at-least"),
            ONE_OF_EACH,
        ),
    ],
)
def test_why_a_sum_is_an_estimate_is_said_where_only_some_of_its_numbers_are(kinds, words):
    quantity = sum_quantities(make_quantity(10, kind) for kind in kinds)
    assert explain_kind(PEOPLE, quantity) == words


@pytest.mark.parametrize(
    ("claims", "named", "words"),
    [
        ((claim(95),), False, "line 95"),
        ((claim(95), claim(95)), False, "line 95"),
        ((claim(95),), True, "2025 in Review, line 95"),
        ((claim(None, source="the keeper"),), False, "the keeper"),
        (tuple(claim(nr) for nr in (1, 2, 3, 4, 5)), False, "lines 1, 2, 3 and 2 more"),
        (
            (claim(10), claim(12, "differs", stated="2026", field="start_date")),
            False,
            "line 10; line 12 says “2026” as start date",
        ),
        ((claim(5, "added", field="country"),), False, "no source recorded"),
    ],
)
def test_where_a_record_is_stated_is_said_with_what_a_source_says_otherwise(claims, named, words):
    assert describe_places(record("A", 1, "exact", *claims), named=named) == words


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (None, ""),
        ("2025-05-14", "14 May 2025"),
        ("2024/2025", "academic year 2024–2025"),
        ("2022 to 2025", "2022 to 2025"),
        ("? to 2025", "? to 2025"),
    ],
)
def test_the_date_of_a_record_is_as_precise_as_it_is_known(date, words):
    assert format_dates(date) == words


@pytest.mark.parametrize(
    ("quantity", "question"),
    [
        (make_quantity(589, "about"), "Why about 589?"),
        (make_quantity(29, "exact"), "Why 29?"),
        (make_quantity(7, "at-least"), "Why at least 7?"),
        (make_quantity(None, "unknown"), "Why not known?"),
        (make_quantity(None, "fewer-than"), "Why withheld?"),
    ],
)
def test_the_title_asks_for_the_number_in_words(quantity, question):
    assert drill_down.ask_why(PEOPLE, quantity) == question


def test_an_amount_is_asked_for_in_euro():
    assert drill_down.ask_why(METRICS["funding_elsewhere"], make_quantity(3_000_000, "exact")) == (
        "Why €3 million?"
    )


def test_a_record_opens_from_the_rows_of_a_number_in_place_of_them(site):
    test = site("trainings", year="2025", why="training_participants")
    assert "record=trainings.autumn-course" in acts(test)
    press(test, "record=trainings.autumn-course", "part-panel-why")
    assert not test.exception
    assert url(test) == {"year": "2025", "record": "trainings.autumn-course"}


def test_a_number_is_cited_with_its_data_and_its_records_are_taken_along(site, then_and_now):
    test = site("trainings", year="2025", why="training_participants")
    (cited,) = [one.value for one in test.code if "Participants in trainings" in one.value]
    assert f"Data version {then_and_now[1].id}" in cited
    assert "about 465 participants" in cited
    assert [one.label for one in test.get("download_button")].count("As a table") == 1


def test_the_panel_of_an_event_says_what_when_where_who_and_from_which_source(site):
    test = site("events", year="2025", event="open-day")
    facts = {read_text(name): read_text(fact) for _, _, _, name, fact in find(test, "fact")}
    assert facts == {
        "When": "14 May 2025",
        "Where": "Antwerp, Belgium",
        "At": "Science week",
        "Kind": "Symposium",
        "Our role": "Contributed",
        "Pillar": "Research",
        "Strategic line": "Ethics",
        "Attendance": "about 100",
    }
    assert texts(test, "panel-row") == [
        "Anna Berg chair",
        "Zoë Müller keynote: “Café statistics”",
        "“about 100” Yearly report, May, line 10",
        "differs Participants: “about 120” Newsletter, News, line 3",
    ]
    assert {"person=anna-berg", "person=zoe-muller"} <= set(acts(test))


def test_a_note_is_marked_where_it_stands_in_the_other_language_only():
    assert build_note(Said("")) is None
    assert build_note(Said("Een notitie.")).attributes == {}
    assert build_note(Said("A note.", "en")).attributes == {"lang": "en"}


def test_what_a_record_is_called_is_its_title_or_a_name_in_no_language():
    assert find_title({"title": "Open day", "venue": "UMCG"}, "") == Said("Open day")
    with speaking("nl"):
        assert find_title({"title": "Open day"}, "") == Said("Open day", "en")
        assert find_title({"title": "Open day", "title_nl": "Open dag"}, "") == Said("Open dag")
        assert find_title({"venue": None, "city": "Groningen"}, "") == Said("Groningen")
        assert find_title({}, "some-id") == Said("some-id")


def test_a_record_behind_a_number_is_marked_where_its_name_is_in_another_language():
    english = record("Workshop", 5)
    dutch = record("Summer school", 4)
    dutch.row["label_nl"] = "Zomerschool"
    quantity = sum_quantities(one.quantity for one in (english, dutch))
    with speaking("nl"):
        parts = list(build_evidence(PEOPLE, quantity, [english, dutch]))
    names = [name for part in parts for name in part.find("name")]
    assert [(name.text, name.attributes.get("lang")) for name in names] == [
        ("Workshop", "en"),
        ("Zomerschool", None),
    ]
