"""The numbers at the head of a page: a metric or a part of it, with what stands beside it."""

from collections.abc import Iterable

from dashboard.language.messages import _
from dashboard.language.nouns import count_noun
from dashboard.language.numbers import format_integer
from dashboard.model.drill_down import DrillDown, parse_drill_down
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query.metrics import METRICS, Metric
from dashboard.text.lists import join_names
from dashboard.text.selection import name_filter
from dashboard.views.content import Tile
from dashboard.views.content.common import format_statuses
from dashboard.views.view import View


def make_tile(
    view: View, number: str, label: str = "", qualifier: str | None = None, *, covered: bool = False
) -> Tile:
    """Make the tile of a number, by the word of its drill-down ("contributions~role.keynote").

    Beside it stands what a reader needs most: filters that do not apply; else from how many records
    the number comes, unless the tile before it says that (`covered`) or the metric has a gap of
    another sort, which `qualifier` then says; else `qualifier`, or without one the events of other
    statuses. Raises KeyError for what is no metric.
    """
    asked = parse_drill_down(number) or DrillDown(number)
    metric, filters = METRICS[asked.metric], asked.filters(view.filters)
    quantity = view.number(metric.name, filters)
    return Tile(
        number,
        label or metric.label,
        quantity,
        say_not_filtered(metric, filters)
        or (qualifier if covered or metric.gap else "")
        or say_coverage(metric, quantity)
        or (format_statuses(view, metric.name, filters) if qualifier is None else qualifier),
        money=metric.unit == "euro",
    )


def make_tiles(view: View, numbers: Iterable[str]) -> tuple[Tile, ...]:
    """Make the tiles of some metrics as they are called themselves."""
    return tuple(make_tile(view, number) for number in numbers)


def say_not_filtered(metric: Metric, filters: Filters) -> str:
    """Say which of the chosen filters mean nothing for a metric; empty where all apply."""
    ignored = filters.ignored_by(metric.table)
    return (
        _("not filtered by {filters}", filters=join_names([name_filter(name) for name in ignored]))
        if ignored
        else ""
    )


def say_coverage(metric: Metric, quantity: Quantity) -> str:
    """Say in few letters from how many records a number comes, or of how many it is not known whether
    they belong to it; empty where from all, and where none is known: the tile says that.
    """
    if metric.gap:
        return metric.coverage(quantity)
    if not quantity.not_known or not quantity.known:
        return ""
    records = count_noun(metric.noun, quantity.total, format_integer(quantity.total))
    return _("from {known:,} of {things}", known=quantity.known, things=records)
