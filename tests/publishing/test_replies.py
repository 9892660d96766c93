"""Replies to questions of the worklist: read as people write them, and on their way as a delivery."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from dashboard.intake.parse_result import UnclearValueError
from dashboard.language.messages import speaking
from dashboard.model.filters import Filters
from dashboard.publishing.delivery import check_delivery, list_unknown_names
from dashboard.publishing.replies import build_reply_files, read_reply
from dashboard.query import questions
from dashboard.query.metrics import METRICS, evaluate
from dashboard.query.quality import Task, build_worklist
from dashboard.store import Mode, Store, publish_candidate
from tests.conftest import ROOT, served_already

DAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    """The shipped records, to publish into."""
    found = Store(tmp_path / "store")
    served_already(found, ROOT / "data")
    return found


@pytest.fixture(scope="module")
def tasks(real):
    return build_worklist(real)


def task(record, column, table="trainings"):
    return Task("unknown-participants", table, record, record, column, "?", "", "")


def read(version, of, text, language="en"):
    with speaking(language):
        reply = read_reply(version, of, text, language)
    return dict(reply.cells), reply.understood


def number(value, kind="exact"):
    return {"participants": value, "participants_kind": kind}


NUMBERS = [
    ("about 40", "en", number("40", "about"), "about 40 participants"),
    ("ongeveer 40", "nl", number("40", "about"), "ongeveer 40 deelnemers"),
    ("ca. 40 deelnemers", "nl", number("40", "about"), "ongeveer 40 deelnemers"),
    ("zo'n 40 mensen", "nl", number("40", "about"), "ongeveer 40 deelnemers"),
    ("zo’n 40", "nl", number("40", "about"), "ongeveer 40 deelnemers"),
    ("roughly 40 people", "en", number("40", "about"), "about 40 participants"),
    ("40", "en", number("40"), "40 participants"),
    ("1.200", "nl", number("1200"), "1.200 deelnemers"),
    ("minstens 30", "nl", number("30", "at-least"), "ten minste 30 deelnemers"),
    ("30+", "en", number("30", "at-least"), "at least 30 participants"),
    ("meer dan 30", "nl", number("30", "at-least"), "ten minste 30 deelnemers"),
]


@pytest.mark.parametrize(("text", "language", "cells", "understood"), NUMBERS)
def test_a_number_of_people_is_read_with_how_well_it_is_known(
    real, text, language, cells, understood
):
    assert read(real, task("phd", "participants"), text, language) == (cells, understood)


@pytest.mark.parametrize(
    ("text", "language", "cells", "understood"),
    [
        ("€ 12.500", "nl", ("12500", "exact"), "12.500 euro"),
        ("12,500", "en", ("12500", "exact"), "12,500 euro"),
        ("ongeveer 3 miljoen", "nl", ("3000000", "about"), "ongeveer 3 miljoen euro"),
        ("12.500,50", "nl", ("12500.50", "exact"), None),
    ],
)
def test_an_amount_is_read_with_the_marks_of_the_language(real, text, language, cells, understood):
    found, said = read(real, task("veni", "amount_eur", "funding"), text, language)
    assert found == {"amount_eur": cells[0], "amount_kind": cells[1]}
    assert understood in (None, said)


@pytest.mark.parametrize(
    ("text", "language", "first", "last", "understood"),
    [
        ("12 mei 2025", "nl", "2025-05-12", None, "12 mei 2025"),
        ("mei 2025", "nl", "2025-05", None, "mei 2025"),
        ("03/04/2025", "nl", "2025-04-03", None, "3 april 2025"),
        ("May 12, 2025", "en", "2025-05-12", None, "12 May 2025"),
        ("12 t/m 14 mei 2025", "nl", "2025-05-12", "2025-05-14", None),
        ("10–14 February 2025", "en", "2025-02-10", "2025-02-14", None),
        ("10-14 februari 2025", "nl", "2025-02-10", "2025-02-14", None),
        ("30 april tot en met 2 mei 2025", "nl", "2025-04-30", "2025-05-02", None),
        ("29 December 2025 to 2 January 2026", "en", "2025-12-29", "2026-01-02", None),
    ],
)
def test_the_day_of_an_event_is_read_and_several_days_are(
    real, text, language, first, last, understood
):
    cells, said = read(real, task("zpannend-zernike", "start_date", "events"), text, language)
    assert cells == {"start_date": first, **({"end_date": last} if last else {})}
    assert understood in (None, said)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Wenen", {"place_id": "Wenen"}),  # the check asks which place is meant
        ("Vienna", {"place_id": "vienna"}),
        ("isala hospital", {"place_id": "isala-zwolle"}),
        ("ISALA Hospital, Zwolle", {"place_id": "isala-zwolle"}),
        ("UMCG Groningen", {"place_id": "umcg-groningen"}),
        ("online", {"attendance_mode": "online"}),
        ("via Teams", {"attendance_mode": "online"}),
        ("Vienna; Zoom", {"attendance_mode": "mixed", "place_id": "vienna"}),
    ],
)
def test_a_place_is_found_by_its_name_or_asked_for_by_the_check(real, text, cells):
    assert read(real, task("retreat", "place_id", "events"), text)[0] == cells


def test_of_venues_in_a_town_the_town_alone_is_meant_by_its_name(small_store, small):
    version = small_store.open()
    assert read(version, task("retreat", "place_id", "events"), "groningen")[0] == {
        "place_id": "groningen"
    }


@pytest.mark.parametrize(
    ("text", "language", "term", "label"),
    [
        ("symposium", "en", "symposium", "Symposium"),
        ("Cursus", "nl", "course", "Cursus"),
        ("Course", "nl", "course", "Cursus"),
    ],
)
def test_a_kind_is_read_by_its_label_in_either_language(real, text, language, term, label):
    assert read(real, task("x", "kind", "events"), text, language) == ({"kind": term}, label)


def test_degrees_are_two_numbers(real):
    for text in ("53.2194, 6.5665", "53,2194 6,5665", "53.2194;  6.5665", "53.2194,6.5665"):
        cells, said = read(real, task("x", "latitude", "places"), text)
        assert cells == {"latitude": "53.2194", "longitude": "6.5665"}
        assert said == "53.2194 degrees north, 6.5665 degrees east"


@pytest.mark.parametrize(
    "text", ["not known", "Unknown", "onbekend", "Weet ik niet.", "Don’t know", "?"]
)
def test_nobody_knows_is_an_answer(real, text):
    cells, said = read(real, task("phd", "participants"), text)
    assert (cells, said) == ({}, "Not known: this is noted, and nobody asks again.")


@pytest.mark.parametrize(
    ("table", "column", "text", "reason"),
    [
        ("trainings", "participants", "between 30 and 40", "a count is a whole number"),
        ("trainings", "participants", "fewer than 40", "an upper bound is not kept"),
        ("trainings", "participants", "many", "a count is a whole number"),
        ("trainings", "participants", "  ", "there is no answer"),
        ("funding", "amount_eur", "12.500", "three digits where English amounts have cents"),
        ("funding", "date", "soon", "a date is written like"),
        ("events", "start_date", "03/04/2025", "the day and the month may be either way round"),
        ("events", "start_date", "31 June 2025", "no such day"),
        ("events", "start_date", "soon to 3 May 2025", "a date is written like"),
        ("events", "kind", "thing", "“thing” is none of the choices"),
        ("events", "start_date", "14 May 2025 - 12 May 2025", "the last day is before the first"),
        ("events", "place_id", "-", "“-” names no place"),
        ("places", "latitude", "north", "these are no two numbers of degrees"),
    ],
)
def test_what_is_not_understood_says_why_and_what_to_write(real, table, column, text, reason):
    with pytest.raises(UnclearValueError) as unclear:
        read_reply(real, task("x", column, table), text, "en")
    assert reason in unclear.value.message
    assert unclear.value.hint


def test_what_is_not_understood_is_said_in_dutch(real):
    with speaking("nl"), pytest.raises(UnclearValueError) as unclear:
        read_reply(real, task("x", "kind", "events"), "ding", "nl")
    assert unclear.value.message == "“ding” is geen van de keuzes"


# The delivery
# ------------------------------------------------------------------------------------------------


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode())))


def answer(store, record, column, text, who="Anna Berg", language="nl"):
    """Answer a question and publish it; returns the version that is served then."""
    version = store.open()
    tasks = build_worklist(version)
    asked = next(one for one in tasks if (one.record_id, one.column) == (record, column))
    reply = read_reply(version, asked, text, language)
    files = build_reply_files(version, [reply], tasks, who, DAY)
    checked = check_delivery(store, files, Mode.MERGE, author="a", now=NOW, small_groups_below=5)
    assert checked.problems == ()
    publish_candidate(store, checked.candidate.version.id, author="a", message="m", now=NOW)
    return store.open()


def claims(version, record):
    return [
        (one["field"], one["stance"], one["section"], one["stated"])
        for one in questions.browse(version, "claims", limit=10_000)
        if one["record_id"] == record and one["source_id"] == "answers"
    ]


def coverage(version):
    metric = METRICS["training_participants"]
    return metric.coverage(evaluate(version, metric, Filters(year=2025)))


def test_an_answer_is_published_with_its_claim_and_the_number_comes_from_one_more(store):
    before = questions.record(store.open(), "trainings", "exquairo-bootcamp")
    assert coverage(store.open()) == "from 5 of 12 trainings, of which 1 disputed"
    after = answer(store, "exquairo-bootcamp", "participants", "ongeveer 40")
    assert coverage(after) == "from 6 of 12 trainings, of which 1 disputed"
    record = questions.record(after, "trainings", "exquairo-bootcamp")
    assert record == before | {"participants": 40, "participants_kind": "about"}
    assert claims(after, "exquairo-bootcamp") == [
        ("participants", "added", "Anna Berg, 2026-11-30", "ongeveer 40")
    ]
    assert questions.record(after, "sources", "answers")["kind"] == "keeper"


def test_the_source_of_answers_is_made_once(store):
    answer(store, "exquairo-bootcamp", "participants", "ongeveer 40")
    after = answer(store, "summer-school", "participants", "25", who="Bram de Wit")
    assert coverage(after) == "from 7 of 12 trainings, of which 1 disputed"
    sources = questions.browse(after, "sources")
    assert [one["source_id"] for one in sources].count("answers") == 1


def test_that_nobody_knows_is_kept_and_not_asked_again(store):
    before = len(build_worklist(store.open()))
    after = answer(store, "exquairo-bootcamp", "participants", "weet ik niet")
    assert coverage(after) == "from 5 of 12 trainings, of which 1 disputed"
    assert claims(after, "exquairo-bootcamp") == [
        ("participants", "stated", "Anna Berg, 2026-11-30", "weet ik niet")
    ]
    left = {(one.record_id, one.column) for one in build_worklist(after)}
    assert ("exquairo-bootcamp", "participants") not in left
    assert len(build_worklist(after)) == before - 1


def stance(version, claim):
    return questions.record(version, "claims", claim)["stance"]


def test_an_answer_that_the_source_agrees_with_ends_the_disagreement(store):
    after = answer(store, "surgeons-days", "start_date", "2026")
    assert questions.record(after, "events", "surgeons-days")["start_date"] == "2026"
    assert stance(after, "events-surgeons-days-2") == "stated"


def test_an_answer_that_the_source_disagrees_with_leaves_that_told_and_is_not_asked_again(store):
    after = answer(store, "medicine-first-year", "participants", "ongeveer 410")
    assert stance(after, "trainings-medicine-first-year-2") == "differs"
    assert evaluate(after, METRICS["training_participants"], Filters(year=2025)).disputed == 1
    assert "medicine-first-year" not in {one.record_id for one in build_worklist(after)}


def test_a_number_is_agreed_with_whatever_stands_beside_it(store):
    after = answer(store, "medicine-first-year", "participants", "ten minste 400")
    assert stance(after, "trainings-medicine-first-year-2") == "stated"


def test_two_answers_about_a_record_are_one_row_with_a_claim_each(real, tasks):
    asked = [one for one in tasks if one.record_id == "sector-plan"]
    texts = {"amount_eur": "about 50,000", "date": "May 2025"}
    replies = [read_reply(real, one, texts[one.column], "en") for one in asked]
    files = build_reply_files(real, replies, tasks, "Anna Berg", DAY)
    assert set(files) == {"funding.csv", "sources.csv", "claims.csv"}
    assert rows(files["funding.csv"]) == [
        {
            "funding_id": "sector-plan",
            "amount_eur": "50000",
            "amount_kind": "about",
            "date": "2025-05",
        }
    ]
    assert {row["field"] for row in rows(files["claims.csv"])} == {"amount_eur", "date"}


def test_a_long_answer_is_quoted_in_eight_words(small_store):
    version = small_store.open()
    asked = next(one for one in build_worklist(version) if one.record_id == "retreat")
    assert asked.kind == "unstated"
    text = "the annual report of the centre, page three, under the heading of meetings"
    reply = read_reply(version, asked, text, "en")
    (claim,) = rows(build_reply_files(version, [reply], [], "Ann", DAY)["claims.csv"])
    assert claim["stated"] == "the annual report of the centre, page three,"
    assert (claim["field"], claim["stance"]) == ("", "stated")


def test_a_source_that_somebody_names_ends_the_question_for_one(small_store):
    after = answer(small_store, "retreat", "source_id", "annual report 2025, page 3")
    assert claims(after, "retreat") == [
        (None, "stated", "Anna Berg, 2026-11-30", "annual report 2025, page 3")
    ]
    left = {(one.record_id, one.column) for one in build_worklist(after)}
    assert ("retreat", "source_id") not in left
    assert ("retreat", "place_id") in left


def test_a_place_that_the_records_lack_is_asked_for_by_the_check(small_store):
    version = small_store.open()
    tasks = build_worklist(version)
    asked = next(one for one in tasks if (one.record_id, one.column) == ("retreat", "place_id"))
    reply = read_reply(version, asked, "Leiden", "en")
    assert "the check asks" in reply.note
    files = build_reply_files(version, [reply], tasks, "Ann", DAY)
    checked = check_delivery(
        small_store, files, Mode.MERGE, author="a", now=NOW, small_groups_below=5
    )
    assert list_unknown_names(checked.problems, "places") == ["Leiden"]


@pytest.mark.parametrize("text", ["=1+1", "<script>", "x" * 4001, "a\u200bb"])
def test_a_hostile_answer_is_text_or_refused(small_store, text):
    version = small_store.open()
    asked = next(one for one in build_worklist(version) if one.record_id == "retreat")
    reply = read_reply(version, asked, text, "en")
    files = build_reply_files(version, [reply], [], text, DAY)
    checked = check_delivery(
        small_store, files, Mode.MERGE, author="a", now=NOW, small_groups_below=5
    )
    if checked.candidate:
        (claim,) = claims(checked.candidate.version, "retreat")
        assert claim[3].lstrip("'") == text
    else:
        assert checked.problems
