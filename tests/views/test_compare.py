"""Two years side by side, worked out by hand from tests/data: of 2024 one event is known (the round
table of 31 December), of 2025 four; one training and one series of 2024 have no day.
"""

from datetime import date

import pytest

from dashboard.charts.dumbbells import Compared
from dashboard.model import settings
from dashboard.model.drill_down import DrillDown
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.views.content import compare, review
from dashboard.views.content.compare_findings import describe_change, rank_changes
from dashboard.views.content.compared_names import build_changes, find_changes
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept

SETTINGS = settings.load(ROOT / "data")
ANSWERS = Kept()
LATER = date(2026, 1, 15)
BOTH = "/review?year=2025&compare=2024"


@pytest.fixture
def see(by_hand):
    def look(link, today=LATER):
        return open_view(by_hand, SETTINGS, link, today, role=Role.VIEWER, answers=ANSWERS)

    return look


@pytest.fixture
def rows(see):
    """The lines of a comparison: both numbers, the difference and the reason, by what they are of."""

    def read(link, today=LATER):
        picture, *_parts = review.content(see(link, today)).pictures
        return {row["Number"]: tuple(row.values())[1:] for row in picture.chart.table}

    return read


def test_every_number_stands_in_both_years_or_says_why_not(rows):
    found = rows(BOTH)
    assert len(found) == len(compare.NUMBERS)
    assert found["Events"] == ("1", "4", "+3", "")
    assert found["Organised by us"] == ("0", "3", "+3", "")  # spring school, webinar, retreat
    assert found["Projects"] == ("2", "2", "0", "")
    assert found["Funding to others"] == ("€0", "€3 million", "+€3 million", "")
    unknown = "2024: unknown for the one training"
    assert found["Participants in trainings"] == (
        "not known",
        "≈\N{NO-BREAK SPACE}430",
        "not comparable",
        unknown,
    )


def test_the_headline_says_the_two_largest_changes_and_what_cannot_be_compared(see):
    found = review.content(see(BOTH))
    assert found.title == "DASH: 2025 compared with 2024"
    assert found.finding == (
        "DASH had 3 more events of its own and 3 more events in 2025 than in 2024."
        " 3 numbers cannot be compared."
    )
    assert [text for text, strong in found.lead if strong] == [
        "3 more events of its own",
        "3 more events",
    ]


def test_under_a_filter_the_selection_is_the_subject_and_what_it_does_not_touch_is_no_finding(
    see, rows
):
    link = f"{BOTH}&speaker=anna-berg"
    assert review.content(see(link)).finding == (
        "Everything with Anna Berg in 2025: 2 more events and 2 more countries than in 2024."
        " 1 number cannot be compared."
    )
    assert "Trainings (not filtered by person)" in rows(link)


def test_a_year_that_runs_stands_beside_the_other_up_to_the_same_day(see, rows):
    today = date(2025, 11, 28)
    found = review.content(see(BOTH, today))
    assert found.title == "DASH: 2025 compared with 2024, both up to 28 November"
    assert found.finding.startswith(
        "DASH had 4 more events and 3 more events of its own in 2025 so far than in 2024 up to the"
    )
    lines = rows(BOTH, today)
    assert lines["Events"] == ("0", "4", "+4", "")  # the round table was on 31 December
    # the old study, which began in 2023, and the AI lab, which began in March 2024
    assert lines["Projects"] == ("2", "2", "0", "")


def test_what_may_stand_before_that_day_or_after_it_is_not_known_and_no_number(rows):
    lines = rows(BOTH, date(2025, 11, 28))
    assert lines["Trainings"] == (
        "not known",
        "2",
        "not comparable",
        "of 1 training in 2024 it is not known whether before or after 28 November; all of 2024: 1 training",
    )
    assert lines["Series held several times"][:3] == ("not known", "1", "not comparable")
    assert lines["Funding received"][3].startswith("of 2 grants in 2024 it is not known")


def test_the_whole_year_is_cut_at_that_day_on_whichever_side_it_stands(rows):
    lines = rows("/review?year=2024&compare=2025", date(2025, 11, 28))
    assert lines["Events"] == ("4", "0", "−4", "")
    assert lines["Trainings"][:2] == ("2", "not known")


def test_on_its_last_day_a_year_is_whole(see, rows):
    today = date(2025, 12, 31)
    assert review.content(see(BOTH, today)).title == "DASH: 2025 compared with 2024"
    assert rows(BOTH, today)["Events"] == ("1", "4", "+3", "")


@pytest.mark.parametrize(
    ("link", "today", "finding"),
    [
        (BOTH, date(2023, 6, 1), "2025 and 2024 cannot be compared: 2025 and 2024 have not begun."),
        (
            "/review?year=2025&compare=2026",
            date(2027, 1, 15),
            "2025 and 2026 cannot be compared: 2026 not recorded.",  # only planned things
        ),
        (
            "/review?year=2025&compare=2019",
            LATER,
            "2025 and 2019 cannot be compared: 2019 not recorded.",
        ),
    ],
)
def test_where_nothing_can_be_compared_the_headline_says_why_and_a_gap_is_no_zero(
    see, rows, link, today, finding
):
    assert review.content(see(link, today)).finding == finding
    (missing,) = {line[0] for line in rows(link, today).values()}
    assert missing == "not known"


@pytest.mark.parametrize(
    "link",
    [
        "/review?year=2025&compare=2025",
        "/review?month=2025-05&compare=2024",
        "/review?year=all&compare=2024",
        "/review?year=2025&compare=last",
    ],
)
def test_where_no_single_other_year_is_asked_for_the_review_is_shown(see, link):
    found = review.content(see(link))
    assert not found.pictures
    assert found.spreads


def test_the_years_that_are_recorded_are_one_press_away_and_so_is_the_way_back(see):
    invited = review.content(see("/review?year=2025")).blocks["compare"]
    assert (invited.text, invited.acts()) == ("Compare with 2024", ["compare=2024"])
    chosen = review.content(see("/review?year=2025&compare=2019")).blocks["above"]
    assert chosen.text == "2025 against 2019 or against 2024 2025 in review"
    assert chosen.acts() == ["compare=2024", "page:review"]
    assert review.content(see("/review?year=all")).blocks["compare"] is None


def make(metric, now, before, **counts):
    return Compared(
        metric, "", Quantity(now, **(counts or {"exact": 1})), Quantity(before, exact=1)
    )


def test_the_most_remarkable_change_comes_first_and_money_last():
    lines = [
        make("events_held", 33, 29),  # 4 of the root of 33: 0.7
        make("events_organised", 9, 4),  # 5 of 3: 1.7
        make("countries", 6, 6),
        Compared("funding_received", "", Quantity(900, exact=1), Quantity(1, exact=1), money=True),
        make("contributors", 11, 16),  # 5 of 4: 1.25
    ]
    assert [line.metric for line in rank_changes(lines)] == [
        "events_organised",
        "contributors",
        "events_held",
        "funding_received",
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (make("countries", 7, 6), "1 more country"),
        (make("countries", 6, 7), "1 country fewer"),
        (make("training_participants", 742, 702, about=1), "about 40 more people trained"),
        (make("events_held", 1200, 2400), "1,200 fewer events"),
    ],
)
def test_a_change_is_said_as_a_counted_noun_with_how_well_it_is_known(line, words):
    assert describe_change(line) == words


def test_which_records_came_and_went_is_named(see):
    found = find_changes(see(BOTH), DrillDown("contributors"))
    assert {row["record_id"] for row in found.came} == {
        "zoe-muller",
        "anna-berg",
    }  # Bram spoke in both
    assert ([*found.went], found.stayed) == ([], 1)
    shown = build_changes(see(BOTH), DrillDown("events_held"))
    assert shown.acts() == [
        f"event={event}"
        for event in ("retreat", "spring-school", "webinar", "open-day", "round-table")
    ]
    assert build_changes(see("/review?year=2025"), DrillDown("events_held")) is None


def test_up_to_the_same_day_only_what_was_there_by_then_came_or_went(see):
    found = find_changes(see(BOTH, date(2025, 5, 10)), DrillDown("events_held"))
    # all that is recorded as held so far, also without a day; the open day was on the 14th
    assert {row["record_id"] for row in found.came} == {"spring-school", "webinar", "retreat"}
    assert not found.went
