"""Where targets stand: the arithmetic by hand, and end to end on small records and on demo data."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from shutil import copytree

import pytest

from dashboard import demo
from dashboard.language.messages import speaking
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query import engine, questions
from dashboard.query.metrics import METRICS
from dashboard.query.targets import (
    Deviation,
    Due,
    Status,
    Target,
    assess,
    assess_targets,
    can_assess,
    compute_elapsed_share,
    deviation_at,
    find_path,
    judge,
    remaining,
)
from dashboard.store import Store
from tests.conftest import publish_folder

TODAY = date(2026, 11, 24)  # day 328 of 365
LAST_DAY = date(2026, 12, 31)


def target(direction="more", value=44, near=None, metric="events_held", year=2026, path="even"):
    return Target("aim", metric, year, direction, value, near, path, "Board, January", "Manager")


def exactly(number):
    return Quantity(number, exact=number)


def stands(quantity, today=TODAY, deviation=None, **aim):
    """The progress of a target on the even path."""
    one = target(**aim)
    return assess(one, quantity, Due(compute_elapsed_share(one.year, today)), today, deviation)


# Status, for "more is better": 44 events by 24 November are 44 × 328 / 365 = 39.54
# -------------------------------------


@pytest.mark.parametrize(
    ("number", "near", "today", "status"),
    [
        (44, None, TODAY, Status.REACHED),
        (45, None, LAST_DAY, Status.REACHED),
        (40, None, TODAY, Status.ON_COURSE),
        (39, None, TODAY, Status.BEHIND),
        (36, 40, TODAY, Status.NEARLY),  # 40 × 328 / 365 = 35.95
        (35, 40, TODAY, Status.BEHIND),
        (43, 40, LAST_DAY, Status.NEARLY),
        (40, 40, date(2027, 3, 1), Status.NEARLY),
        (39, 40, LAST_DAY, Status.BEHIND),
        (43, None, LAST_DAY, Status.BEHIND),
    ],
)
def test_more_is_better(number, near, today, status):
    assert stands(exactly(number), today, near=near).status is status


@pytest.mark.parametrize(
    ("number", "near", "today", "status"),
    [
        (39, None, TODAY, Status.ON_COURSE),  # 39.5 may have been used by now
        (40, None, TODAY, Status.BEHIND),
        (44, 50, TODAY, Status.NEARLY),  # 50 × 328 / 365 = 44.93
        (44, 48, TODAY, Status.BEHIND),  # 43.13
        (45, 60, TODAY, Status.BEHIND),  # above the target already, and it can only grow
        (44, None, LAST_DAY, Status.REACHED),
        (45, None, LAST_DAY, Status.BEHIND),
        (45, 46, LAST_DAY, Status.NEARLY),
        (47, 46, LAST_DAY, Status.BEHIND),
    ],
)
def test_less_is_better(number, near, today, status):
    assert stands(exactly(number), today, direction="less", near=near).status is status


def test_what_is_expected_is_compared_as_it_is_shown():
    half = stands(Quantity(Decimal("39.5"), exact=1), metric="funding_received")
    assert (half.expected, half.status) == (Decimal("39.5"), Status.ON_COURSE)  # not 39.54


def test_a_target_with_cents_is_not_rounded_at_the_end_of_the_year():
    almost = Quantity(Decimal("100.50"), exact=1)
    aim = target(value=Decimal("100.55"), metric="funding_received")
    assert judge(aim, almost, Fraction(1), over=True) is Status.BEHIND
    assert assess(aim, almost, Due(Fraction(1)), LAST_DAY, None).expected == Decimal("100.55")


def test_every_status_has_its_own_word_and_one_character_as_its_shape():
    assert (
        len({status.word for status in Status})
        == len({status.shape for status in Status})
        == len(Status)
        == 6
    )
    assert all(len(status.shape) == 1 for status in Status)


# Numbers that are not exact
# ------------------------------------------------------------------------------------------

PART = Quantity(30, exact=5, unknown=7)  # 30 participants, from 5 of 12 trainings
PEOPLE = {"metric": "training_participants"}


def test_unknown_records_might_lift_it_over_so_that_it_is_never_behind():
    part = stands(PART, **PEOPLE)
    assert (part.status, part.reason) == (Status.CANNOT_BE_SAID, "from 5 of 12 trainings")
    assert stands(PART, LAST_DAY, near=20, **PEOPLE).status is Status.CANNOT_BE_SAID
    # the known part alone is
    assert stands(Quantity(42, exact=5, fewer_than=1), **PEOPLE).status is Status.ON_COURSE


def test_a_known_part_that_reaches_is_enough():
    assert stands(PART, value=30, **PEOPLE).status is Status.REACHED
    assert stands(Quantity(50, at_least=1), **PEOPLE).status is Status.REACHED


def test_a_lower_bound_cannot_be_behind_either():
    bound = stands(Quantity(30, exact=1, at_least=1), **PEOPLE)
    assert (bound.status, bound.reason) == (Status.CANNOT_BE_SAID, "only a lower bound is known")


def test_less_is_missed_for_sure_once_the_known_part_is_above_and_else_cannot_be_said():
    assert stands(PART, value=29, direction="less", **PEOPLE).status is Status.BEHIND
    assert (
        stands(PART, LAST_DAY, value=29, near=35, direction="less", **PEOPLE).status
        is Status.BEHIND
    )
    assert stands(PART, value=60, direction="less", **PEOPLE).status is Status.CANNOT_BE_SAID
    assert (
        stands(PART, LAST_DAY, value=30, direction="less", **PEOPLE).status is Status.CANNOT_BE_SAID
    )


def test_nothing_known_cannot_be_said_and_has_no_pace():
    none = stands(Quantity(None, unknown=3), **PEOPLE)
    assert (none.status, none.reason) == (Status.CANNOT_BE_SAID, "unknown for all 3 trainings")
    assert (none.pace, none.pace_needed) == ("", None)
    assert none.sentence == (
        "No known number towards 44 participants by 24 November 2026: cannot be said, unknown for all 3 trainings;"
        " 40 expected by then on the even path."
    )


def test_about_is_compared_as_its_value_and_said_as_about():
    about = stands(Quantity(42, about=2), **PEOPLE)
    assert about.status is Status.ON_COURSE
    assert about.sentence.startswith("About 42 of 44 participants by 24 November 2026: on course;")
    assert about.pace == "about 2 more participants are needed until the end of 2026"
    assert stands(Quantity(20, about=2), **PEOPLE).status is Status.BEHIND


def test_places_that_are_not_known_are_named_as_the_number_names_them():
    lands = stands(Quantity(5, exact=5, unknown=3), value=8, metric="countries")
    assert lands.reason == "3 events without a known place"


def test_nothing_recorded_is_zero_and_says_so():
    assert stands(Quantity(0)).reason == "nothing that counts is recorded for 2026"
    assert stands(Quantity(0)).status is Status.BEHIND
    assert stands(Quantity(0), date(2025, 6, 1)).reason == ""


# Time
# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "today", "share", "months"),
    [
        (2026, date(2025, 12, 31), 0, 12),
        (2026, date(2026, 1, 1), Fraction(1, 365), 11 + Fraction(30, 31)),
        (2026, TODAY, Fraction(328, 365), 1 + Fraction(6, 30)),
        (2026, LAST_DAY, 1, 0),
        (2026, date(2027, 1, 1), 1, 0),
        (2024, date(2024, 2, 29), Fraction(60, 366), 10),
        (2024, date(2024, 3, 1), Fraction(61, 366), 9 + Fraction(30, 31)),
        (2023, date(2023, 3, 1), Fraction(60, 365), 9 + Fraction(30, 31)),
    ],
)
def test_a_day_counts_as_passed_and_leap_years_are_one_day_longer(year, today, share, months):
    assert (compute_elapsed_share(year, today), remaining(year, today)) == (share, months)


def test_before_its_year_a_target_expects_nothing_and_is_on_course():
    ahead = stands(Quantity(0), date(2025, 6, 1))
    # 44 / 12
    assert (ahead.status, ahead.expected, ahead.pace_needed) == (
        Status.ON_COURSE,
        0,
        Decimal("3.7"),
    )
    assert ahead.sentence == (
        "0 of 44 events before 2026: on course. 44 more events are needed until the end of 2026: about 4 more a month."
    )
    assert stands(Quantity(0), date(2025, 6, 1), direction="less").status is Status.ON_COURSE


def test_after_its_year_there_is_no_pace():
    for today in (LAST_DAY, date(2028, 5, 1)):
        past = stands(exactly(40), today)
        assert (past.expected, past.pace, past.pace_needed) == (44, "", None)
        assert past.sentence == "40 of 44 events in 2026: behind."


# Pace
# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "aim", "pace", "number"),
    [
        # 7 / 1.2 = 5.83, up
        (
            exactly(37),
            {},
            "7 more events are needed until the end of 2026: about 6 more a month",
            "5.9",
        ),
        (exactly(38), {}, "6 more events are needed until the end of 2026: 5 more a month", "5"),
        (
            exactly(5),
            {"value": Decimal("6.2")},
            "2 more events are needed until the end of 2026: 1 more a month",
            "1",
        ),
        # 14 / 1.2
        (
            PART,
            PEOPLE,
            "at most 14 more participants are needed until the end of 2026: about 12 more a month",
            "11.7",
        ),
        (exactly(44), {}, "", None),
        (
            exactly(37),
            {"direction": "less"},
            "up to 7 more events fit under the target until the end of 2026: about 6 more a month",
            "5.8",
        ),
        (
            exactly(44),
            {"direction": "less"},
            "no more events fit under the target until the end of 2026",
            "0",
        ),
        (exactly(45), {"direction": "less"}, "", None),
        (
            Quantity(1_000_000, exact=1),
            {"value": 5_000_000, "metric": "funding_received"},
            # 4 million / 1.2
            "4 million more euro are needed until the end of 2026: about 3,333,333 more a month",
            "3333334",
        ),
    ],
)
def test_the_pace_is_rounded_to_the_safe_side(quantity, aim, pace, number):
    found = stands(quantity, **aim)
    assert found.pace == pace
    assert found.pace_needed == (Decimal(number) if number else None)


def test_things_are_said_as_whole_ones():
    half_a_month = stands(exactly(0), date(2026, 2, 27), value=549)  # 549 / (10 + 1 / 28) = 54.70
    assert (
        half_a_month.pace
        == "549 more events are needed until the end of 2026: about 55 more a month"
    )
    few = stands(exactly(0), date(2026, 2, 28), value=3)  # 0.3 a month is no event
    assert few.pace == "3 more events are needed until the end of 2026"
    assert (few.expected, few.status) == (1, Status.BEHIND)  # 3 × 59 / 365 = 0.48
    most = stands(exactly(1), date(2026, 2, 28), value=7, direction="less")
    assert (most.expected, most.status) == (1, Status.ON_COURSE)  # 7 × 59 / 365 = 1.13


def test_in_the_last_month_what_is_missing_is_said_and_not_a_rate():
    late = stands(exactly(42), date(2026, 12, 28))
    assert late.pace == "2 more events are needed until the end of 2026"
    assert late.pace_needed == Decimal("20.7")  # 2 / (3 / 31) = 20.67
    one = stands(exactly(43), date(2026, 12, 28), direction="less")
    assert one.pace == "up to 1 more event fits under the target until the end of 2026"


# The path of last year
# -----------------------------------------------------------------------------------------------

# events of 2025 from January to a month, together
GROWN = [0, 2, 2, 4, 10, 10, 10, 10, 12, 14, 16, 18, 20]


def numbers(grown=GROWN, whole=None):
    """The number of last year under a year or months, as metrics.evaluate gives it."""

    def number(filters):
        assert filters.year == 2025 or filters.month[0] == "2025-01"
        if filters.year:
            return exactly(grown[12]) if whole is None else whole
        return exactly(grown[len(filters.month)])

    return number


def along(today, number, metric="events_held"):
    return find_path(target(path="last-year", metric=metric), METRICS[metric], today, number)


@pytest.mark.parametrize(
    ("today", "share"),
    [
        (date(2026, 1, 31), Fraction(2, 20)),
        # 4 until March, 6 more in April, half of which by the 15th
        (date(2026, 4, 15), Fraction(7, 20)),
        (date(2026, 6, 10), Fraction(10, 20)),
        (date(2026, 12, 31), 1),
        (date(2025, 12, 31), 0),
    ],
)
def test_last_years_shape_is_due_by_whole_months_and_evenly_within_one(today, share):
    assert along(today, numbers()).share == share


def test_in_a_leap_year_the_29th_of_february_is_the_end_of_the_month():
    shape = {1: 2, 2: 6, 12: 20}
    path = find_path(
        target(path="last-year", year=2024),
        METRICS["events_held"],
        date(2024, 2, 29),
        lambda filters: exactly(shape[len(filters.month) or 12]),
    )
    assert path.share == Fraction(6, 20)


def test_the_sentence_names_the_path_that_was_used():
    path = along(date(2026, 4, 15), numbers())
    found = assess(target(value=40, path="last-year"), exactly(12), path, date(2026, 4, 15), None)
    assert found.sentence == (  # 28 in 8.5 months are 3.29
        "12 of 40 events by 15 April 2026: behind; 14 expected by then on last year’s path."
        " 28 more events are needed until the end of 2026: about 3 more a month."
    )


@pytest.mark.parametrize(
    ("number", "metric", "why"),
    [
        (numbers(whole=Quantity(0)), "events_held", "2025 is not recorded"),
        (numbers(whole=Quantity(0, exact=2)), "training_participants", "2025 comes to zero"),
        (
            numbers(whole=Quantity(None, unknown=2)),
            "training_participants",
            "2025 has no known number",
        ),
        (
            numbers(whole=exactly(21)),
            "events_held",
            "2025 is not known by the month for all events",
        ),
        (numbers(), "series", "2025 is not known by the month for all series"),
    ],
)
def test_where_last_year_has_no_shape_the_even_path_is_used_and_the_reason_said(
    number, metric, why
):
    path = along(date(2026, 7, 1), number, metric)
    assert (path.share, path.words) == (Fraction(182, 365), "the even path")
    assert path.note == f"The even path, because {why}."


def test_a_shape_from_a_part_of_the_records_says_so():
    path = along(
        date(2026, 1, 31), numbers(whole=Quantity(20, exact=4, unknown=2)), "training_participants"
    )
    assert (path.share, path.words) == (Fraction(2, 20), "last year’s path")
    assert (
        path.note
        == "The shape of 2025 is that of what is known: 20 participants, from 4 of 6 trainings."
    )
    bound = along(
        date(2026, 1, 31), numbers(whole=Quantity(20, at_least=1)), "training_participants"
    )
    assert bound.note.endswith("at least 20 participants, only a lower bound is known.")


# Deviations
# ----------------------------------------------------------------------------------------------------------


def decided(first, last, by="Board"):
    return {
        "reason": "leave",
        "accepted_by": by,
        "first_day": date(*first),
        "last_day": date(*last),
    }


def test_the_deviation_in_force_goes_before_an_expired_one_and_none_counts_before_it_begins():
    old, now = (
        decided((2026, 1, 1), (2026, 3, 31), "Old board"),
        decided((2026, 4, 1), (2026, 12, 31)),
    )
    assert deviation_at(TODAY, [now, old]) == Deviation("leave", "Board", LAST_DAY, in_force=True)
    assert deviation_at(TODAY, [old]) == Deviation(
        "leave", "Old board", date(2026, 3, 31), in_force=False
    )
    assert deviation_at(date(2026, 3, 31), [old, now]).in_force
    assert deviation_at(date(2025, 12, 31), [old, now]) is None
    assert deviation_at(TODAY, []) is None


def test_a_deviation_in_force_accepts_a_miss_and_nothing_else():
    force = Deviation("two on leave", "Board", LAST_DAY, in_force=True)
    assert stands(exactly(30), deviation=force).status is Status.ACCEPTED
    assert stands(exactly(40), deviation=force).status is Status.ON_COURSE
    assert stands(exactly(36), near=40, deviation=force).status is Status.NEARLY
    assert stands(PART, deviation=force, **PEOPLE).status is Status.CANNOT_BE_SAID
    assert stands(exactly(30), deviation=force).sentence == (  # 14 / 1.2 = 11.67
        "30 of 44 events by 24 November 2026: accepted by Board until 31 December 2026 (two on leave);"
        " 40 expected by then on the even path. 14 more events are needed until the end of 2026: about 12 more a month."
    )


def test_an_expired_deviation_accepts_nothing_and_is_named():
    expired = Deviation("two on leave", "Board", date(2026, 3, 31), in_force=False)
    behind = stands(exactly(30), deviation=expired)
    assert (behind.status, behind.deviation) == (Status.BEHIND, expired)
    assert behind.sentence.endswith("What Board accepted ended on 31 March 2026.")


# Sentences
# -----------------------------------------------------------------------------------------------------------


def test_a_sentence_says_less_in_its_own_words():
    assert stands(exactly(42), direction="less").sentence == (  # 2 / 1.2 = 1.67, down
        "42 of at most 44 events by 24 November 2026: behind; 39 allowed by then on the even path."
        " Up to 2 more events fit under the target until the end of 2026."
    )
    assert stands(exactly(44)).sentence == "44 of 44 events by 24 November 2026: reached."
    assert stands(exactly(1), LAST_DAY, value=1).sentence == "1 of 1 event in 2026: reached."


def test_a_target_is_told_in_dutch():
    behind = stands(exactly(37))
    with speaking("nl"):
        told = stands(exactly(37))
        assert told.status.word == "achter"
        assert told.sentence == (
            "37 van de 44 bijeenkomsten tot en met 24 november 2026: achter; op die dag verwacht bij"
            " een gelijkmatig verloop: 40. Nog 7 bijeenkomsten nodig tot eind 2026: ongeveer 6 per"
            " maand."
        )
    assert behind.status is told.status


# End to end: the records of tests/data, with targets
# ------------------------------------------------------------------

ROWS = {
    "terms": [
        "target-direction,more,More,Meer,1,",
        "target-direction,less,Less,Minder,2,",
        "target-path,even,Even,Gelijk,1,",
        "target-path,last-year,Last year,Vorig jaar,2,",
    ],
    "targets": [
        "people-25,contributors,2025,more,4,3,even,Board,Manager",
        "events-25,events_held,2025,more,6,,even,Board,",
        "seats-25,event_participants,2025,more,300,,even,Board,",
        "euro-25,funding_received,2025,less,40000.50,,even,Board,",
        "odd-25,happiness,2025,more,10,,even,Board,",
        "taught-25,training_participants,2025,more,400,,last-year,Board,",
        "people-26,contributors,2026,more,6,,last-year,Board,",
        "events-26,events_held,2026,more,8,,last-year,Board,",
        "people-24,contributors,2024,more,3,,last-year,Board,",
    ],
    "deviations": [
        "late,events-25,Too few rooms,Board,2025-07,2025-09",
        "early,events-25,Moving house,Director,2025-02,2025-02",
        "whole,people-24,First year,Board,2024,2024",
    ],
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = copytree(Path(__file__).parents[1] / "data", tmp_path_factory.mktemp("small") / "data")
    for table, lines in ROWS.items():
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
    version = publish_folder(Store(folder.parent / "store"), folder, former=True).version
    yield version
    engine.close(version.database)


def by_id(version, year, *today):
    return {one.target_id: one for one in assess_targets(version, Filters(year=year), date(*today))}


def test_targets_are_those_of_the_years_by_year_metric_and_id(small):
    def ids(filters):
        return [row["target_id"] for row in questions.rows(small, "targets", filters)]

    of_25 = ["people-25", "seats-25", "events-25", "euro-25", "odd-25", "taught-25"]
    assert ids(Filters()) == ["people-24", *of_25, "people-26", "events-26"]
    assert ids(Filters(year=2025)) == of_25
    assert ids(Filters(month=("2024-03", "2026-05"))) == ["people-24", "people-26", "events-26"]


def test_deviations_have_their_first_and_last_possible_day(small):
    rows = questions.rows(small, "deviations", Filters())
    assert [(row["deviation_id"], row["first_day"], row["last_day"]) for row in rows] == [
        ("early", date(2025, 2, 1), date(2025, 2, 28)),
        ("late", date(2025, 7, 1), date(2025, 9, 30)),
        ("whole", date(2024, 1, 1), date(2024, 12, 31)),
    ]


def test_targets_are_of_the_whole_programme_in_one_year(small):
    for filters in (
        Filters(),
        Filters(month=("2025-05",)),
        Filters(year=2025, pillar=("research",)),
    ):
        assert not can_assess(filters)
        assert assess_targets(small, filters, TODAY) == []
    assert assess_targets(small, Filters(year=2030), TODAY) == []


def test_the_targets_of_a_year_stand_as_worked_out_by_hand(small):
    found = by_id(small, 2025, 2025, 12, 1)
    assert {key: one.status for key, one in found.items()} == {
        # 3 of 4; 4 × 335 / 365 = 3.67, from 3 × 335 / 365 = 2.75 on nearly
        "people-25": Status.NEARLY,
        "events-25": Status.BEHIND,  # 4 of 6, where 5.5 are expected
        "seats-25": Status.CANNOT_BE_SAID,  # 40 + about 100 + at least 60, one unknown
        "euro-25": Status.BEHIND,  # 50,000 is above 40,000.50
        "odd-25": Status.CANNOT_BE_SAID,
        "taught-25": Status.REACHED,  # 30 + about 400
    }
    assert found["seats-25"].sentence.startswith(
        "At least about 200 of 300 attendances by 1 December 2025: cannot be said, from 3 of 4 events, of which 1 disputed;"
    )
    assert found["euro-25"].sentence == (
        "50,000 of at most 40,000.50 euro by 1 December 2025: behind; 36,713 allowed by then on the even path."
    )  # 40,000.50 × 335 / 365 = 36,712.79
    people = found["people-25"]
    assert (people.label, people.unit, people.decision, people.owner) == (
        METRICS["contributors"].label,
        "people",
        "Board",
        "Manager",
    )
    assert found["events-25"].owner is None


def test_a_target_of_a_number_that_does_not_exist_says_so(small):
    odd = by_id(small, 2025, 2025, 12, 1)["odd-25"]
    assert (odd.label, odd.quantity.value, odd.reason) == (
        "happiness",
        None,
        "no number is called “happiness”",
    )
    assert odd.sentence.startswith(
        "No known number towards 10 “happiness” by 1 December 2025: cannot be said, no number"
    )


def test_a_deviation_is_in_force_through_its_last_possible_day(small):
    def events(*today):
        one = by_id(small, 2025, *today)["events-25"]
        return one.status, one.deviation and (one.deviation.accepted_by, one.deviation.in_force)

    # 4 of 6, where 4.5 are expected
    assert events(2025, 9, 30) == (Status.ACCEPTED, ("Board", True))
    assert events(2025, 10, 1) == (Status.BEHIND, ("Board", False))
    assert events(2025, 3, 1) == (Status.ON_COURSE, ("Director", False))
    assert events(2025, 1, 31) == (Status.ON_COURSE, None)


def test_an_accepted_miss_of_a_past_year_is_behind_again_when_the_deviation_has_expired(small):
    assert by_id(small, 2024, 2024, 12, 31)["people-24"].status is Status.ACCEPTED  # 1 of 3
    assert by_id(small, 2024, 2025, 1, 1)["people-24"].status is Status.BEHIND


def test_last_years_shape_comes_from_its_months_and_counts_a_person_once(small):
    people = by_id(small, 2026, 2026, 5, 15)["people-26"]
    # Until April 2025 Anna and Bram, with May also Zoë, who is 3 of 3: 6 × (2 + 15 / 31) / 3 = 4.97
    assert (people.expected, people.path_words, people.path_note) == (5, "last year’s path", "")
    assert (people.status, people.reason) == (Status.CANNOT_BE_SAID, "2026 is not recorded")


def test_last_years_events_known_by_the_year_only_leave_the_even_path(small):
    events = by_id(small, 2026, 2026, 5, 15)["events-26"]  # the retreat is in no month of 2025
    assert events.expected == 3  # 8 × 135 / 365 = 2.96
    assert (
        events.path_note == "The even path, because 2025 is not known by the month for all events."
    )
    people = by_id(small, 2024, 2024, 5, 15)["people-24"]
    assert people.path_note == "The even path, because 2023 is not recorded."


def test_demo_targets_stand_somewhere_and_say_so(tmp_path):
    now = datetime(2026, 6, 30, tzinfo=UTC)
    version = demo.make_demo(Store(tmp_path), demo.Size(years=3, events=300), now).version
    found = {one.metric: one for one in assess_targets(version, Filters(year=2026), now.date())}
    engine.close(version.database)
    assert list(found) == ["contributors", "events_held", "training_participants"]
    events = found["events_held"]
    assert (events.value, events.expected) == (105, 53)  # 300 × 1.05 / 3; × 181 / 365 = 52.07
    assert found["contributors"].deviation.in_force
    taught = found["training_participants"]
    assert (
        taught.path_note
        == "The even path, because 2025 is not known by the month for all trainings."
    )
    assert all(
        one.sentence.endswith(".") and one.status.word in one.sentence for one in found.values()
    )
