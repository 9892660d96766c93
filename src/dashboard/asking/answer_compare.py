"""How a number, or all that can be compared, differs from that of another year."""

from dataclasses import replace

from dashboard.asking.answer_counts import say_ignored
from dashboard.asking.answer_words import say_number, say_when
from dashboard.asking.finding import Finding, Measured, cut_lines
from dashboard.charts.dumbbells import say_both
from dashboard.language.messages import N_, Words, emphasize
from dashboard.language.numbers import format_euro, format_number
from dashboard.model.filters import NO_FILTERS
from dashboard.model.quantity import Change, Quantity, compare_quantities, qualify
from dashboard.query.comparison import compare_years
from dashboard.query.comparison_sides import compare_sides
from dashboard.query.metrics import Metric, is_recorded
from dashboard.views.content import Line
from dashboard.views.content.compare import NUMBERS
from dashboard.views.content.compare_findings import describe_change, make_lead, make_line
from dashboard.views.content.headline import join_sentences
from dashboard.views.view import View


def answer_comparison(view: View, number: Measured, other: int, *, named: bool) -> Finding:
    """Say how a number of the view differs from that of another year; where none is `named`, which
    differ most.
    """
    year = None if view.filters.has_days else view.filters.year
    if year and not named:
        return _compare_all(view, other)
    if year:
        words = compare_years(view, [number.metric.name], view.filters, other, view.today)
        lead = emphasize(
            N_("{label} in {year}: **{number}**."),
            label=number.metric.label,
            year=str(year),
            number=words[number.metric.name],
        )
    else:
        lead = _compare_period(view, number, other)
    return Finding(join_sentences(lead, say_ignored(number, view.filters)), number)


def _compare_all(view: View, other: int) -> Finding:
    sides = compare_sides(view, NUMBERS, view.filters, other, view.today)
    lines = [make_line(view, one) for one in sides]
    shown = [
        Line(
            one.label,
            describe_change(one) if one.change.difference else one.change.reason,
            one.opened,
            place=say_both(one),
        )
        for one in lines
    ]
    return Finding(make_lead(view, sides), None, cut_lines(shown))


def _compare_period(view: View, number: Measured, other: int) -> Words:
    """Compare some months with the same ones of another year."""
    there = replace(view, filters=view.filters.in_year(other))
    if not is_recorded(number.metric, other, view.rows("recorded", NO_FILTERS)):
        return emphasize(
            N_("{label}: **{now}** {when}; {year} is not recorded."),
            label=number.metric.label,
            now=say_number(number.metric, number.quantity),
            when=say_when(view.filters),
            year=str(other),
        )
    before = there.number(number.metric.name)
    then = before if before.total else Quantity(0, exact=1)
    change = compare_quantities(number.quantity, then, say_when(there.filters))
    said = {
        "label": number.metric.label,
        "now": say_number(number.metric, number.quantity),
        "when": say_when(view.filters),
        "before": say_number(number.metric, before),
        "then": say_when(there.filters),
        "size": _say_size(number.metric, change),
        "reason": change.reason,
    }
    return emphasize(_choose_message(change), **said)


def _choose_message(change: Change) -> str:
    if change.difference is None:
        return N_(
            "{label}: **{now}** {when} and **{before}** {then}; they cannot be compared: {reason}."
        )
    if not change.difference:
        return N_("{label}: **{now}** {when}, **as many** as {then}.")
    if change.difference > 0:
        return N_("{label}: **{now}** {when}, **{size} more** than {then} ({before}).")
    return N_("{label}: **{now}** {when}, **{size} fewer** than {then} ({before}).")


def _say_size(metric: Metric, change: Change) -> str:
    size = change.difference or 0
    size = size if size > 0 else -size
    number = format_euro(size) if metric.unit == "euro" else format_number(size)
    return qualify(change.kind, number)
