"""The words of an answer: when and under which other filters, and a number with its noun."""

import re
from collections.abc import Sequence

from dashboard.charts.grants import format_amount
from dashboard.language.messages import _
from dashboard.model.filters import Filters, Labels
from dashboard.model.quantity import Kind, Quantity, qualify
from dashboard.query.metrics import METRICS, Metric
from dashboard.text.countries import name_country
from dashboard.text.dates import format_day, format_month, name_month
from dashboard.text.lists import join_names
from dashboard.text.roles import COUNTED_ROLES, count_role
from dashboard.text.selection import PHRASES, describe_filters, describe_period
from dashboard.text.sentences import lower_first
from dashboard.views.content.agenda import say_city
from dashboard.views.view import View

NOUNS = {
    "training_participants": "person",
    "modules_developed": "e-learning module",
    "modules_in_development": "e-learning module",
}
"""What a sentence counts, where that is not the unit of the metric."""
CITY = re.compile(r"(.+), ([A-Z]{2})")
"""A city with the code of its country, as filters call it."""
NAMED_BY_FILTERS = ("", "events_held", "contributions", "keynotes")
"""Metrics of what a role or kind names: keynotes, symposiums. The others have names of their own."""
LEAST_SPAN = 3
"""So many months after each other are said as a span."""


def say_number(metric: Metric, quantity: Quantity) -> str:
    """Say a number with its noun and how well it is known: about 589 people; at least 7 countries;
    4 keynotes; €725,000; of nothing, none.
    """
    if not quantity.total:
        return _("none")
    if metric.unit == "euro":
        return format_amount(quantity)
    if metric.name == "keynotes":
        return count_role("keynote", int(quantity.value or 0), {})
    words = quantity.words(NOUNS.get(metric.name, metric.unit))
    is_least = bool(metric.gap and quantity.not_known and quantity.kind is Kind.EXACT)
    return qualify(Kind.AT_LEAST, words) if is_least else words


def say_when(filters: Filters, *, ahead: bool = False) -> str:
    """Say the period: in May 2025; from March to May 2025; in 2025; in all years. `ahead`: of what is
    still to come.
    """
    if ahead and filters.from_day and not (filters.to_day or filters.year or filters.month):
        return _("from {day} on", day=format_day(filters.from_day))
    months = () if filters.has_days else filters.month
    if len(months) >= LEAST_SPAN and _follow_each_other(months):
        first, last = months[0], months[-1]
        begin = name_month(first) if first[:4] == last[:4] else format_month(first)
        return _("from {first} to {last}", first=begin, last=format_month(last))
    return describe_period(filters) or _("in all years")


def _follow_each_other(months: tuple[str, ...]) -> bool:
    numbers = [int(month[:4]) * 12 + int(month[5:7]) for month in months]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def describe_circumstances(
    filters: Filters,
    labels: Labels,
    without: Sequence[str] = (),
    *,
    ahead: bool = False,
    dated: bool = True,
) -> str:
    """Describe under which filters something is counted, as it stands at the end of a sentence: with Job
    Doornberg in Groningen from March to May 2025. `without` are the filters that are said already;
    `dated` says when too.
    """

    def name(field: str) -> str:
        return join_names([labels.get(field, {}).get(v, v) for v in getattr(filters, field)], "or")

    parts = []
    if filters.speaker and "speaker" not in without:
        parts.append(_("with {name}", name=name("speaker")))
    if filters.kind:
        kinds = [labels.get("kind", {}).get(one, one) for one in filters.kind]
        parts.append(_("of the kind {name}", name=join_names([*map(lower_first, kinds)], "or")))
    if filters.role and "role" not in without:
        roles = [labels.get("role", {}).get(one, one) for one in filters.role]
        parts.append(_("in the role {name}", name=join_names([*map(lower_first, roles)], "or")))
    parts += [_(phrase, name=name(field)) for field, phrase in PHRASES if getattr(filters, field)]
    if filters.text:
        parts.append(_("mentioning “{text}”", text=filters.text))
    return " ".join(filter(None, [*parts, say_when(filters, ahead=ahead) if dated else ""]))


def name_places(view: View) -> Labels:
    """Give what ids of filters are called in a sentence: countries and cities as readers call them."""
    filters, cities = view.filters, view.labels.get("city", {})
    named = {one: CITY.fullmatch(cities.get(one, "")) for one in filters.city}
    return {
        **view.labels,
        "country": {code: name_country(code) for code in filters.country},
        "city": {
            one: say_city(view, found[1], found[2]) if found else cities.get(one, one)
            for one, found in named.items()
        },
    }


def say_selection(view: View, name: str) -> str:
    """Say what a number counts under the filters of a view: Keynotes by Job Doornberg in May 2025. An
    empty name counts events of the chosen statuses.
    """
    metric = METRICS[name or "events_held"]
    filters = view.filters.applying_to(metric.table) if name else view.filters
    labels = name_places(view)
    if (filters.role or filters.kind) and name not in NAMED_BY_FILTERS:
        when = describe_circumstances(filters, labels, dated=filters.has_period)
        return _("{what} {when}", what=metric.label, when=when)
    return describe_filters(filters, labels, metric.label)


def name_people(filters: Filters, labels: Labels) -> str:
    """Name who is chosen: Job Doornberg; A or B; empty for nobody."""
    names = labels.get("speaker", {})
    return join_names([names.get(one, one) for one in filters.speaker], "or")


def find_counted_role(filters: Filters) -> str:
    """Find the one role that is chosen and can be counted; empty for several and none."""
    return filters.role[0] if len(filters.role) == 1 and filters.role[0] in COUNTED_ROLES else ""
