"""The pace that a target needs: what is missing until the end of its year, and how much that is a
month.
"""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from fractions import Fraction

from dashboard.language.nouns import name_noun
from dashboard.language.numbers import Number, format_decimal, format_number
from dashboard.model.quantity import Quantity
from dashboard.query.metrics import METRICS, Metric
from dashboard.query.target_paths import Target, remaining, round_tenth, round_whole


def find_metric(name: str) -> Metric:
    """Find the metric of a name; where there is none, one that only has the name."""
    return METRICS.get(name) or Metric(
        name=name,
        label=name,
        unit=f"“{name}”",
        noun="records",
        table="events",
        question="",
        counted="",
        not_counted="",
        formula="",
        calendar="",
    )


def compute_pace(target: Target, quantity: Quantity, today: date) -> tuple[str, Number | None]:
    """Work out what is missing until the end of the year, or for `less` what fits, and how much
    that is a month: in words, things as whole ones, and the rate as a number.
    """
    left, more = remaining(target.year, today), target.direction == "more"
    known = quantity.value is not None
    gap = Fraction(target.value) - Fraction(quantity.value or 0) if known else Fraction(-1)
    if not left or gap < 0 or (more and not gap):
        return "", None
    rounding, metric = ROUND_CEILING if more else ROUND_FLOOR, find_metric(target.metric)
    amount = round_tenth(gap, rounding) if metric.divisible else round_whole(gap, rounding)
    end = f"until the end of {target.year}{_describe_monthly(gap / left, amount, metric)}"
    said = _describe_gap(target, quantity, amount, metric)
    return f"{said} {end}", round_tenth(gap / left, rounding)


def _describe_gap(target: Target, quantity: Quantity, amount: Number, metric: Metric) -> str:
    """Describe how much more is needed, or fits: "about 3 more events are needed"."""
    one = amount == 1
    about = "about " if quantity.about and amount else ""
    noun = name_noun(metric.unit, 1 if one else 2)
    what = f"{about}{format_amount(amount) if amount else 'no'} more {noun}"
    if target.direction != "more":
        up_to = "up to " if amount else ""
        return f"{up_to}{what} {'fits' if one else 'fit'} under the target"
    most = "at most " if quantity.not_known or quantity.at_least else ""
    return f"{most}{what} {'is' if one else 'are'} needed"


def _describe_monthly(rate: Fraction, amount: Number, metric: Metric) -> str:
    """Describe how much that is a month, where it is one thing at least and not all of them: ":
    about 54 more a month".
    """
    rounded = round_tenth if metric.divisible else round_whole
    shown = rounded(rate, ROUND_HALF_UP)
    if not 0 < shown < amount:
        return ""
    return f": {'' if shown == rate else 'about '}{format_amount(shown)} more a month"


def format_amount(value: Number) -> str:
    """Format a number with one decimal, where it has decimals."""
    return format_decimal(value) if value % 1 else format_number(value)
