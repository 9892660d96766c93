"""Dates, months and lengths of time as people write them."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from dashboard.language.messages import _, current_locale
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names


def format_day(value: date) -> str:
    """Write a day: 2 April 2025; in Dutch 2 april 2025."""
    return _format_date(value, "long", current_locale())


@lru_cache(maxsize=20_000)
def _format_date(value: date, form: str, locale: Locale) -> str:
    """Kept, because a timeline writes thousands of them."""
    return format_date(value, form, locale)


def format_day_of_month(value: date) -> str:
    """Write a day without its year: 2 April."""
    return f"{value.day} {_name_month(value.month)}"


def name_month(value: str) -> str:
    """Give the name of the month in "2025-05": May; in Dutch mei."""
    return _name_month(int(value[5:7]))


def _name_month(number: int) -> str:
    return str(current_locale().months["format"]["wide"][number])


def abbreviate_month(value: str) -> str:
    """Give the name of the month in "2025-09" as it stands on an axis: Sep; in Dutch sep."""
    # of the language without its country: for British English, Babel has "Sept" beside "Aug" and "Oct"
    names = Locale(current_locale().language).months["format"]["abbreviated"]
    return str(names[int(value[5:7])]).rstrip(".")


def format_month(value: str) -> str:
    """Write the month "2025-05": May 2025."""
    return f"{name_month(value)} {value[:4]}"


def format_months(values: Sequence[str], last: str = "and") -> str:
    """Write months, their year once where it is one: March, April and May 2026; December 2025 and
    January 2026.
    """
    if len({value[:4] for value in values}) > 1:
        return join_names([format_month(value) for value in values], last)
    return f"{join_names([name_month(value) for value in values], last)} {values[0][:4]}"


def format_partial_date(value: str | None) -> str:
    """Write a date as precisely as it is known: 2 April 2025; April 2025; 2025; academic year
    2024–2025.
    """
    if not value:
        return _("date unknown")
    match len(value):
        case 4:
            return value
        case 7:
            return format_month(value)
        case 9:
            return _("academic year {first}–{last}", first=value[:4], last=value[5:])
        case _length:
            return format_day(date.fromisoformat(value))


def format_days(first: date, last: date) -> str:
    """Write the days from one to another: 10–14 February 2025; 30 December 2024 – 2 January 2025."""
    if first == last:
        return format_day(first)
    if first.year != last.year:
        return f"{format_day(first)} – {format_day(last)}"
    if first.month != last.month:
        return f"{format_day_of_month(first)} – {format_day(last)}"
    return f"{first.day}–{format_day(last)}"


def format_duration(time: timedelta) -> str:
    """Write how long something lasts, in whole days from two on, else in whole hours: 3 days; 26
    hours; less than an hour.
    """
    hours = int(time.total_seconds() // 3600)
    if hours < 1:
        return _("less than an hour")
    return format_count(hours // 24, "day") if hours >= 48 else format_count(hours, "hour")
