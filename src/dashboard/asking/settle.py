"""What periods of a question mean together: a month in the year that stands elsewhere, what is to come,
and the year beside the one with which is compared.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard.asking.items import Item, Option, make_period_option
from dashboard.asking.periods import Period
from dashboard.language.messages import _
from dashboard.model.filters import Filters


def settle_periods(items: Sequence[Item], today: date, shown: int) -> list[Item]:
    """Settle what the periods of a question mean together; `shown` is the year that is shown."""
    found = _read_coming(items, today)
    found = _move_months(found)
    found = _join_years(found)
    return _compare_with_following(_refuse_contradictions(found), shown)


def _read_coming(items: Sequence[Item], today: date) -> list[Item]:
    """Read “upcoming” as what is planned from today on, or in the period that is named."""
    dated = any(item.kind == "period" for item in items)
    projects = any(item.kind == "measure" and item.name == "projects" for item in items)
    changes = {"status": ("planned",), **({} if dated else {"from_day": today})}
    option = Option("status", ("planned",), _("Planned"), changes)
    found = []
    for item in items:
        if item.kind == "coming" and projects:
            found.append(replace(item, kind="measure", name="projects_coming"))
        elif item.kind == "coming":
            found.append(replace(item, kind="filter", options=(option,)))
        else:
            found.append(item)
    return found


def _list_periods(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.kind == "period" and len(item.options) == 1]


def _move_months(items: list[Item]) -> list[Item]:
    """Put months without a year into the one year that stands elsewhere in the question."""
    periods = _list_periods(items)
    years = [item for item in periods if item.options[0].name == "year"]
    loose = [i for i in periods if i.options[0].name == "month" and not i.options[0].dated]
    if len(years) != 1 or not loose:
        return items
    year = int(years[0].options[0].values[0])
    found = []
    for item in items:
        if item in loose:
            option = item.options[0]
            moved = Filters(month=option.values).in_year(year).month
            label = option.label.replace(option.values[0][:4], str(year))
            changed = replace(option, values=moved, label=label, changes={"month": moved})
            found.append(replace(item, options=(changed,)))
        else:
            found.append(replace(item, kind="filler", options=()) if item in years else item)
    return found


def _join_years(items: list[Item]) -> list[Item]:
    """Read years that stand apart as alternatives."""
    years = [i for i in _list_periods(items) if i.options[0].name == "year"]
    named = sorted({int(item.options[0].values[0]) for item in years})
    if len(named) < 2:
        return items
    together = Period(tuple((date(year, 1, 1), date(year, 12, 31)) for year in named))
    option = make_period_option(together)
    return [replace(item, options=(option,)) if item in years else item for item in items]


def _refuse_contradictions(items: list[Item]) -> list[Item]:
    """Say of a year beside months of another one, and of second days, that they are not understood."""
    taken: set[str] = set()
    months = {
        value[:4]
        for item in _list_periods(items)
        for value in item.options[0].values
        if item.options[0].name == "month"
    }
    found = []
    for item in items:
        single = item.kind == "period" and len(item.options) == 1
        changes = item.options[0].changes if single else {}
        days = {name for name in changes if name in ("from_day", "to_day")}
        beside = "year" in changes and months and months != {str(changes["year"])}
        if beside or days & taken:
            found.append(item.not_understood())
        else:
            taken |= days
            found.append(item)
    return found


def _compare_with_following(items: list[Item], shown: int) -> list[Item]:
    """Where it is compared with the year that is shown, show the one that follows it: more than last
    year.
    """
    compared = next((item for item in items if item.kind == "compare"), None)
    if compared is None or _list_periods(items) or compared.senses[0].values != (str(shown),):
        return items
    option = Option("year", (str(shown + 1),), str(shown + 1), {"year": shown + 1})
    year = replace(compared, kind="period", name="", options=(option,))
    at = items.index(compared)
    return [*items[:at], year, *items[at:]]
