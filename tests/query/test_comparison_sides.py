"""Two years of a number, as charts draw them side by side: known, or with the reason why not."""

from datetime import date

from dashboard.language.messages import speaking
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query import questions
from dashboard.query.comparison import Side, describe_difference
from dashboard.query.comparison_sides import compare_sides, explain_gap
from dashboard.query.metrics import METRICS, evaluate

TRAINED = METRICS["training_participants"]


class Asking:
    """Answers from a version, as a view does."""

    def __init__(self, version, filters):
        self.version, self.filters = version, filters

    def rows(self, question, filters=None, **params):
        return questions.rows(self.version, question, filters or self.filters, **params)

    def number(self, metric, filters=None):
        return evaluate(self.version, METRICS[metric], filters or self.filters)


def test_two_known_years_have_no_reason():
    both = Side(2025, Quantity(4, exact=2)), Side(2024, Quantity(3, about=1))
    assert explain_gap(TRAINED, *both) == ""


def test_a_gap_says_of_which_year_how_much_is_known():
    gap = Side(2025, Quantity(4, exact=2, unknown=7))
    assert explain_gap(TRAINED, gap, Side(2024, Quantity(3, exact=1))) == (
        "2025: from 2 of 9 trainings"
    )


def test_a_year_without_records_is_no_zero():
    empty = Side(2024, Quantity(0), recorded=False)
    assert explain_gap(TRAINED, Side(2025, Quantity(4, exact=2)), empty) == "2024 not recorded"


def test_a_lower_bound_is_not_compared():
    bound = Side(2024, Quantity(3, at_least=1))
    assert explain_gap(TRAINED, Side(2025, Quantity(4, exact=2)), bound) == (
        "only a lower bound is known for 2024"
    )


def test_records_that_may_lie_on_either_side_of_today_are_the_reason():
    beside = Side(2025, Quantity(3, exact=3), date(2025, 6, 30), undecided="3 events")
    so_far = Side(2026, Quantity(4, exact=4), date(2026, 6, 30), so_far=True)
    assert explain_gap(METRICS["events_held"], so_far, beside) == (
        "of 3 events in 2025 it is not known whether before or after 30 June"
    )


def test_in_dutch_a_year_that_runs_is_compared_up_to_the_same_day():
    so_far = Side(2026, Quantity(2, exact=2), date(2026, 11, 28), so_far=True)
    beside = Side(2025, Quantity(62, exact=62), date(2025, 11, 28))
    with speaking("nl"):
        assert describe_difference(METRICS["events_held"], so_far, beside) == (
            "2 bijeenkomsten tot nu toe (tot en met 28 november 2026), 60 minder dan in 2025 tot en"
            " met dezelfde dag (62 bijeenkomsten)"
        )


def test_in_dutch_a_gap_is_why_two_years_are_not_compared():
    gap, whole = Side(2025, Quantity(4, exact=2, unknown=7)), Side(2024, Quantity(3, exact=1))
    with speaking("nl"):
        assert describe_difference(TRAINED, gap, whole) == (
            "4 deelnemers; geen vergelijking mogelijk (dit jaar: van 2 van de 9 trainingen)"
        )


def test_the_shipped_year_stands_beside_one_that_is_not_recorded(real):
    filters = Filters(year=2025)
    (events,) = compare_sides(
        Asking(real, filters), ["events_held"], filters, 2024, date(2026, 11, 28)
    )
    assert events.now.quantity.value == 29
    assert events.reason == "2024 not recorded"
