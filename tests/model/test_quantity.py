"""Sums that say how well they are known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language.numbers import format_euro, format_number
from dashboard.model.quantity import (
    ZERO,
    Kind,
    Quantity,
    compare_quantities,
    make_quantity,
    sum_quantities,
)

SINGLES = st.one_of(
    st.builds(
        make_quantity,
        st.integers(0, 10**9),
        st.sampled_from(["exact", "about", "at-least"]),
        st.booleans(),
    ),
    st.builds(make_quantity, st.none(), st.sampled_from(["unknown", "fewer-than"])),
)


def test_exact_numbers_add_up_to_an_exact_number():
    assert sum_quantities([make_quantity(30, "exact"), make_quantity(15, "exact")]) == Quantity(
        45, exact=2
    )


def test_one_approximate_number_makes_the_sum_approximate():
    assert (
        sum_quantities([make_quantity(400, "about"), make_quantity(44, "exact")]).kind is Kind.ABOUT
    )


def test_one_lower_bound_makes_the_sum_a_lower_bound():
    assert (
        sum_quantities([make_quantity(400, "at-least"), make_quantity(44, "exact")]).kind
        is Kind.AT_LEAST
    )


def test_a_lower_bound_and_an_approximation_are_at_least_about():
    assert (
        sum_quantities([make_quantity(400, "at-least"), make_quantity(100, "about")]).words(
            "people"
        )
        == "at least about 500 people"
    )


def test_unknown_is_not_zero_and_lowers_the_coverage():
    participants = sum_quantities(
        [make_quantity(400, "about"), make_quantity(None, "unknown"), make_quantity(20, "exact")]
    )
    assert participants.words() == "about 420"
    assert participants.coverage("trainings") == "from 2 of 3 trainings"


def test_a_withheld_small_group_is_left_out_of_the_sum():
    participants = sum_quantities([make_quantity(None, "fewer-than"), make_quantity(20, "exact")])
    assert (participants.value, participants.known, participants.not_known) == (20, 1, 1)


def test_nothing_known_has_no_value():
    nothing = sum_quantities([make_quantity(None, "unknown"), make_quantity(None, "fewer-than")])
    assert (nothing.value, nothing.kind, nothing.words()) == (None, Kind.UNKNOWN, "unknown")
    assert nothing.coverage("events") == "unknown for all 2 events"


def test_only_withheld_groups_are_said_to_be_withheld():
    assert make_quantity(None, "fewer-than").words() == "withheld (small groups)"


def test_no_records_are_exactly_zero():
    assert (
        sum_quantities([]).value,
        sum_quantities([]).kind,
        sum_quantities([]).coverage("events"),
    ) == (0, Kind.EXACT, "")


def test_a_disputed_number_is_mentioned_with_the_coverage():
    both = sum_quantities(
        [make_quantity(400, "about", disputed=True), make_quantity(None, "unknown")]
    )
    assert both.coverage("trainings") == "from 1 of 2 trainings, of which 1 disputed"


def test_one_thing_is_in_the_singular():
    assert make_quantity(1, "exact").words("events") == "1 event"


def test_a_single_record_cannot_be_at_least_about():
    with pytest.raises(ValueError, match="at-least-about"):
        make_quantity(3, "at-least-about")


def test_exact_numbers_are_compared():
    assert compare_quantities(Quantity(30, exact=2), Quantity(20, exact=1), "2024").difference == 10


def test_a_difference_to_an_approximate_number_is_approximate():
    assert (
        compare_quantities(Quantity(30, exact=2), Quantity(20, about=1), "2024").kind is Kind.ABOUT
    )


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        (Quantity(30, exact=1), ZERO, "2024 not recorded"),
        (
            Quantity(30, exact=1, unknown=1),
            Quantity(20, exact=1),
            "this period: 30, from 1 of 2 records",
        ),
        (
            Quantity(30, exact=1),
            Quantity(None, unknown=2),
            "2024: unknown, unknown for all 2 records",
        ),
        (Quantity(30, exact=1), Quantity(20, at_least=1), "2024: only a lower bound is known"),
    ],
)
def test_a_comparison_is_refused_with_the_reason_where_a_side_is_not_known(now, before, reason):
    change = compare_quantities(now, before, "2024")
    assert (change.difference, change.reason) == (None, reason)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234, "1,234"),
        (3_000_000, "3 million"),
        (30_000_000, "30 million"),
        (1_250_000, "1.25 million"),
        (1_234_567, "1,234,567"),
        (Decimal("12.50"), "12.50"),
        (Decimal("3000000.00"), "3 million"),
        (None, "unknown"),
        (-2_000_000, "−2 million"),
        (-1234, "−1,234"),
        (Decimal("-0.5"), "−0.50"),
        (3_000_000_000, "3 billion"),
        (12_340_000_000_000, "12,340 billion"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, written):
    assert format_number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "€0"),
        (725_000, "€725,000"),
        (-725_000, "−€725,000"),
        (Decimal("12.50"), "€12.50"),
        (Decimal("999999.99"), "€999,999.99"),
        (1_000_000, "€1 million"),
        (1_234_567, "€1.23 million"),
        (9_995_000, "€10 million"),
        (999_400_000, "€999 million"),
        (999_600_000, "€1 billion"),
        (-999_600_000, "−€1 billion"),
        (1_234_567_890, "€1.23 billion"),
        (123_456_000_000_000, "€123,000 billion"),
    ],
)
def test_an_amount_on_a_card_has_three_digits_its_sign_first_and_no_exponent(value, written):
    assert format_euro(value) == written


@given(st.integers(-(10**18), 10**18))
def test_no_amount_is_written_with_an_exponent_or_a_hyphen_and_none_is_off_by_half_a_percent(value):
    words = format_euro(value)
    assert not set("e-+") & set(words.removesuffix("billion").removesuffix("million"))
    number, _, word = words.replace("−", "-").replace("€", "").replace(",", "").partition(" ")
    said = Decimal(number) * {"": 1, "million": 10**6, "billion": 10**9}[word]
    assert abs(said - value) <= abs(value) / Decimal(200)
    assert abs(Decimal(number)) < 1_000_000 or word == "billion"


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("series", "series"),
        ("countries", "country"),
        ("people", "person"),
        ("trainings", "training"),
    ],
)
def test_the_only_one_is_named_in_the_singular(noun, said):
    assert Quantity(None, unknown=1).coverage(noun) == f"unknown for the one {said}"


@given(st.lists(SINGLES), st.lists(SINGLES))
def test_the_order_and_grouping_of_a_sum_do_not_matter(some, others):
    assert sum_quantities(some) + sum_quantities(others) == sum_quantities([*others, *some])


@given(st.lists(SINGLES, min_size=1))
def test_a_sum_never_counts_more_or_fewer_records_than_it_was_given(quantities):
    assert sum_quantities(quantities).total == len(quantities)
    assert (sum_quantities(quantities).value is None) == (sum_quantities(quantities).known == 0)
