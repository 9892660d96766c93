"""The pace that a target needs: what is missing until the end of its year, and how much that is a
month.
"""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from fractions import Fraction

from dashboard.language.messages import _, ngettext
from dashboard.language.nouns import name_noun
from dashboard.language.numbers import Number, format_decimal, format_number
from dashboard.model.quantity import Kind, Quantity, qualify
from dashboard.query.metrics import METRICS, Metric
from dashboard.query.target_paths import Target, remaining, round_tenth, round_whole


def compute_pace(target: Target, quantity: Quantity, today: date) -> tuple[str, Number | None]:
    """Work out what is missing until the end of the year, or for `less` what fits, and how much
    that is a month: in words, things as whole ones, and the rate as a number.
    """
    left, more = remaining(target.year, today), target.direction == "more"
    known = quantity.value is not None
    gap = Fraction(target.value) - Fraction(quantity.value or 0) if known else Fraction(-1)
    if not left or gap < 0 or (more and not gap):
        return "", None
    rounding, metric = ROUND_CEILING if more else ROUND_FLOOR, METRICS[target.metric]
    amount = round_tenth(gap, rounding) if metric.divisible else round_whole(gap, rounding)
    said = _describe_gap(target, quantity, amount, metric)
    if rate := _describe_rate(gap / left, amount, metric):
        said = _("{needed}: {rate} more a month", needed=said, rate=rate)
    return said, round_tenth(gap / left, rounding)


def _describe_gap(target: Target, quantity: Quantity, amount: Number, metric: Metric) -> str:
    """Describe how much more is needed, or fits, until when: "about 3 more events are needed until
    the end of 2026".
    """
    n = 1 if amount == 1 else 2
    kind = Kind.ABOUT if quantity.about else Kind.EXACT
    places = {
        "amount": qualify(kind, format_amount(amount)),
        "noun": name_noun(metric.unit, n),
        "year": target.year,
    }
    if target.direction != "more":
        if not amount:
            return _("no more {noun} fit under the target until the end of {year}", **places)
        return ngettext(
            "up to {amount} more {noun} fits under the target until the end of {year}",
            "up to {amount} more {noun} fit under the target until the end of {year}",
            n,
            **places,
        )
    if quantity.not_known or quantity.at_least:
        return ngettext(
            "at most {amount} more {noun} is needed until the end of {year}",
            "at most {amount} more {noun} are needed until the end of {year}",
            n,
            **places,
        )
    return ngettext(
        "{amount} more {noun} is needed until the end of {year}",
        "{amount} more {noun} are needed until the end of {year}",
        n,
        **places,
    )


def _describe_rate(rate: Fraction, amount: Number, metric: Metric) -> str:
    """Describe how much that is a month, where it is one thing at least and not all of them: "about
    54".
    """
    rounded = round_tenth if metric.divisible else round_whole
    shown = rounded(rate, ROUND_HALF_UP)
    if not 0 < shown < amount:
        return ""
    return qualify(Kind.EXACT if shown == rate else Kind.ABOUT, format_amount(shown))


def format_amount(value: Number) -> str:
    """Format a number with one decimal, where it has decimals."""
    return format_decimal(value) if value % 1 else format_number(value)
