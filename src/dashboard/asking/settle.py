"""What periods of a question mean together: a month in the year that stands elsewhere, what is to come,
and the year with which is compared: the one behind “compare with”, or “more … than in”.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard.asking.items import Item, Option, gather_filters, make_period_option
from dashboard.asking.lexicon import Sense, read_words_around
from dashboard.asking.period_words import FOR_OR_BEFORE
from dashboard.asking.periods import Period
from dashboard.language.messages import _
from dashboard.model.filter_links import settle_period
from dashboard.model.filters import Filters
from dashboard.text.selection import name_period

MORE = read_words_around("more")
AGENDAS = read_words_around("agendas")
"""Words for what was to come, and may be over now."""
THAN = read_words_around("than")


def settle_periods(items: Sequence[Item], today: date, shown: int) -> list[Item]:
    """Settle what the periods of a question mean together; `shown` is the year that is shown."""
    found = _read_coming(items, today)
    found = _move_months(found)
    found = _join_years(found)
    return _compare_with_following(_refuse_contradictions(found), shown)


def _read_coming(items: Sequence[Item], today: date) -> list[Item]:
    """Read “upcoming” as what is planned from today on, or in the period that is named. What was on the
    agenda in a period that is over are its events.
    """
    items = _read_for(items)
    dated = any(item.kind == "period" for item in items)
    over = any(_is_over(item, today) for item in items)
    projects = any(item.kind == "measure" and item.name == "projects" for item in items)
    changes = {"status": ("planned",), **({} if dated else {"from_day": today})}
    option = Option("status", ("planned",), _("Planned"), changes)
    found = []
    for item in items:
        if item.kind == "coming" and projects:
            found.append(replace(item, kind="measure", name="projects_coming"))
        elif item.kind == "coming" and over and AGENDAS.intersection(item.said.split()):
            found.append(replace(item, kind="measure", name="events"))
        elif item.kind == "coming":
            found.append(replace(item, kind="filter", options=(option,)))
        else:
            found.append(item)
    return found


def _read_for(items: Sequence[Item]) -> list[Item]:
    """Read “voor” before a period as for it, and not before it, where it is said what is planned."""
    if not any(item.kind == "coming" or "status" in item.names() for item in items):
        return list(items)
    return [
        item.narrowed([option for option in item.options if option.name != "to"])
        if item.kind == "period" and item.said.split()[0] == FOR_OR_BEFORE
        else item
        for item in items
    ]


def _is_over(item: Item, today: date) -> bool:
    """Whether words are a period that ended before today."""
    single = item.kind == "period" and len(item.options) == 1
    last = Filters(**item.options[0].changes).period()[1] if single else None
    return last is not None and last < today


def _list_periods(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.kind == "period" and len(item.options) == 1]


def _move_months(items: list[Item]) -> list[Item]:
    """Put months without a year into the one year that stands elsewhere in the question, by itself or
    beside other months.
    """
    periods = _list_periods(items)
    years = [item for item in periods if item.options[0].name == "year"]
    months = [item for item in periods if item.options[0].name == "month"]
    loose = [item for item in months if not item.options[0].dated]
    dated = [item for item in (*years, *months) if item not in loose]
    named = {value[:4] for item in dated for value in item.options[0].values}
    if len(named) != 1 or len(years) > 1 or not loose:
        return items
    moved = {item.start: _move_option(item.options[0], int(*named)) for item in loose}
    beside = replace(years[0], options=(next(iter(moved.values())),)) if years else None
    return [
        replace(item, options=(moved[item.start],))
        if item in loose
        else beside
        if beside and item is years[0]
        else item
        for item in items
    ]


def _move_option(option: Option, year: int) -> Option:
    """Move months to another year."""
    months = Filters(month=option.values).in_year(year).month
    return replace(
        option,
        values=months,
        label=name_period(Filters(month=months)),
        changes={"month": months},
        dated=True,
    )


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
    """Say of a year beside months of another one, of other days beside the first ones, and of days that
    the year or months beside them do not have, that they are not understood.
    """
    taken: dict[str, date] = {}
    named = gather_filters(item.options[0] for item in _list_periods(items))[0]
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
        days = {name: changes[name] for name in ("from_day", "to_day") if name in changes}
        beside = "year" in changes and months and months != {str(changes["year"])}
        second = any(taken.get(name, day) != day for name, day in days.items())
        bounds = {"from_day": None, "to_day": None, **days}
        outside = days and settle_period(named.with_(**bounds))[1]
        if beside or second or outside:
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


def find_compared(items: Sequence[Item]) -> list[Item]:
    """Make of the year with which is compared what it is: an item of the kind compare. Where no such
    year is found, nothing changes.
    """
    marks = [nr for nr, item in enumerate(items) if item.kind == "form" and item.name == "compare"]
    marks = marks or _find_more_than(items)
    found = list(items)
    if not marks:
        return found
    years = [nr for nr, item in enumerate(items) if _find_year(item, items)]
    if len(years) == 1 and (both := _find_two_years(items[years[0]])):
        at = years[0]
        found[at : at + 1] = [_of_year(items[at], both[1]), _compare(items[at], both[0])]
        return found
    behind = [nr for nr in years if nr > marks[-1] or len(years) > 1]
    if not behind:
        return found
    for mark in marks:
        found[mark] = replace(items[mark], kind="form", name="compare")
    at = behind[-1]
    found[at] = _compare(items[at], _find_year(items[at], items))
    return found


def _find_more_than(items: Sequence[Item]) -> list[int]:
    """Find “more” and “than” where a year stands behind them."""
    more = [nr for nr, item in enumerate(items) if item.kind == "refused" and item.said in MORE]
    than = [nr for nr, item in enumerate(items) if item.said.split()[-1] in THAN]
    if not more or not than or than[-1] < more[0]:
        return []
    behind = next((item for item in items[than[-1] + 1 :] if not item.says_nothing), None)
    return sorted({more[0], than[-1]}) if behind and _find_year(behind, items) else []


def _find_year(item: Item, items: Sequence[Item]) -> int:
    """Find the year that a period is, or of which it is the months that another period is of another
    year; 0 where it is neither.
    """
    if item.kind != "period" or len(item.options) != 1:
        return 0
    option = item.options[0]
    if option.name == "year":
        return int(option.values[0])
    if both := _find_two_years(item):
        return both[0]
    others = [other.options[0] for other in items if other.kind == "period" and other is not item]
    months = [value[4:] for value in option.values] if option.name == "month" else []
    same = any(
        other.name == "month" and [value[4:] for value in other.values] == months
        for other in others
    )
    return int(option.values[0][:4]) if months and same else 0


def _find_two_years(item: Item) -> tuple[int, int] | None:
    """Find the two years that follow each other where a period is these: 2024 and 2025."""
    changes = item.options[0].changes if item.options else {}
    first, last = changes.get("from_day"), changes.get("to_day")
    if not first or not last:
        return None
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return (first.year, last.year) if whole and last.year == first.year + 1 else None


def _of_year(item: Item, year: int) -> Item:
    return replace(item, options=(Option("year", (str(year),), str(year), {"year": year}),))


def _compare(item: Item, year: int) -> Item:
    sense = Sense("compare", "compare", (str(year),))
    return replace(item, kind="compare", name="compare", options=(), senses=(sense,))
