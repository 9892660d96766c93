"""Days, months and years as people and programs write them, in Dutch and English; a time of day is
left out.

What can be read in one way only is read; what can be read in two is refused with both readings,
unless the dialect of the delivery says which.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dashboard.intake.messages import _
from dashboard.intake.parse_result import (
    DEFAULT_DIALECT,
    ColumnRemark,
    DateOrder,
    Dialect,
    ParsedValue,
    UnclearValueError,
)

UNKNOWN = {"onbekend", "unknown", "?", "niet bekend", "not known"}
MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "januari january jan",
            "februari february feb febr",
            "maart march mrt mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}
WEEKDAY = re.compile(
    r"^(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b,?\s*"
)
TIME = re.compile(
    r"(?P<day>.*\d)(?:,? (?:om |at |@ ?)?|t)(?P<hour>\d{1,2})"
    r"(?:(?P<exact>[:.u](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)|(?="
    r" ?(?:uur|u|h|am|pm)\b))"
    r" ?(?P<unit>uur|u|h|am|pm)?(?: ?(?:-|–|tot) ?\d{1,2}(?:[:.u]\d{2})?(?: ?(?:uur|u|h|am|pm))?)?"
    r" ?(?P<zone>z|utc|gmt|cest|cet|west|wet|eest|eet|bst|e[sd]t|p[sd]t|[+-]\d{2}(?::?\d{2})?)?"
    r"(?: ?\[[a-z_/+-]+\])?"
)
"""A time behind a day: 19:30, 19.30 uur, 20u, t19:30:00+02:00, 19:30 – 21:00."""
ACADEMIC_YEAR = re.compile(r"^(studiejaar|collegejaar|academisch jaar|academic year)\s+")
TWO_YEARS = re.compile(r"(\d{4})\s*[-/–]\s*(\d{4}|\d{2})")
IN_UTC = re.compile(r"z|utc|gmt|[+-]00(?::?00)?")
SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
FIRST_SERIAL, LAST_SERIAL = 32874, 73415
"""1 January 1990 and 31 December 2100, as spreadsheets count days."""
SERIAL_START = date(1899, 12, 30)
TWO_DIGITS = (
    _("a year of two digits may be in more than one century"),
    _("Write the year in full, such as 2026."),
)
NO_SUCH_DAY = (_("no such day in the calendar"), _("Look at the day and the month."))
NO_SUCH_TIME = (_("no such time of day"), _("Write the day alone."))
NOT_A_DATE = (
    _("a date is written like 14-05-2025, 14 mei 2025, mei 2025, 2025 or 2025-05-14"),
    _(
        "Write as much as is known: year, month and year, or the day. An end has a column of its own."
    ),
)


def parse_date(text: str, dialect: Dialect = DEFAULT_DIALECT) -> ParsedValue:
    """Parse a day, month or year; the day of a moment, and that of a spreadsheet's number of days.
    Raises UnclearValueError.
    """
    if text.strip().lower() in UNKNOWN:
        return ParsedValue(None)
    plain = WEEKDAY.sub("", " ".join(text.lower().split()))
    if found := SERIAL.fullmatch(plain):
        return _serial(int(found[1]))
    if (moment := TIME.fullmatch(plain)) and (day := _read(moment["day"].rstrip(","), dialect)):
        return _of_moment(day, moment, dialect)
    if day := _read(plain, dialect):
        return ParsedValue(day)
    raise UnclearValueError(*NOT_A_DATE)


def parse_period(text: str, dialect: Dialect = DEFAULT_DIALECT) -> ParsedValue:
    """Parse a date or an academic year. Raises UnclearValueError."""
    plain = ACADEMIC_YEAR.sub("", " ".join(text.lower().split()))
    if not (found := TWO_YEARS.fullmatch(plain)):
        return parse_date(plain, dialect)
    first, second = found.groups()
    if len(second) == 2 and int(second) <= 12:
        month, years = f"{first}-{second}", f"{first}-{first[:2]}{second}"
        raise UnclearValueError(
            _("“{text}” may be a month or an academic year", text=text),
            _("Write {one} or {other}.", one=month, other=years),
        )
    second = first[:2] + second if len(second) == 2 else second
    if int(second) != int(first) + 1:
        years = f"{first}-{int(first) + 1}"
        raise UnclearValueError(
            _("an academic year is two years that follow each other"),
            _("Write {years}.", years=years),
        )
    return ParsedValue(f"{first}-{second}")


def _read(plain: str, dialect: Dialect) -> str | None:
    for pattern, read in DATES:
        if found := re.fullmatch(pattern, plain):
            return read(*found.groups())
    if found := THREE_NUMBERS.fullmatch(plain):
        return _three_numbers(found, dialect.dates)
    return None


def _serial(number: int) -> ParsedValue:
    """Parse a spreadsheet's number of days, of which the fraction is the time."""
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise UnclearValueError(*NOT_A_DATE)
    return ParsedValue(
        (SERIAL_START + timedelta(days=number)).isoformat(), aside=ColumnRemark.SERIAL
    )


def _of_moment(day: str, found: re.Match[str], dialect: Dialect) -> ParsedValue:
    """Return the day of a moment: the one that is written, but for a moment in UTC, which belongs to
    the day at home.
    """
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["unit"] == "pm" and hour < 12:
        hour += 12
    if len(day) != 10 or not (hour < 24 and minute < 60 and second < 60):
        raise UnclearValueError(*NO_SUCH_TIME)
    if found["zone"] and IN_UTC.fullmatch(found["zone"]):
        moment = datetime.combine(date.fromisoformat(day), time(hour, minute, second), UTC)
        there = moment.astimezone(ZoneInfo(dialect.home))
        if there.date() != moment.date():
            return _of_other_day(moment, there, dialect.home)
    return ParsedValue(day, aside=ColumnRemark.TIME if hour or minute or second else None)


def _of_other_day(moment: datetime, there: datetime, home: str) -> ParsedValue:
    """Return the day at home, with a note that it is another one in UTC."""
    note = _(
        "{time} UTC on {day} is {home_time} on {home_day} in {home}",
        time=moment.strftime("%H:%M"),
        day=moment.date().isoformat(),
        home_time=there.strftime("%H:%M"),
        home_day=there.date().isoformat(),
        home=home,
    )
    return ParsedValue(there.date().isoformat(), note=note)


def _day(year: str, month: int | str, day: str) -> str:
    if len(year) != 4:
        raise UnclearValueError(*TWO_DIGITS)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise UnclearValueError(*NO_SUCH_DAY) from None


def _month(year: str, month: int | str) -> str:
    return _day(year, month, "1")[:7]


def _named(word: str) -> int:
    if word not in MONTHS:
        raise UnclearValueError(*NOT_A_DATE)
    return MONTHS[word]


THREE_NUMBERS = re.compile(r"(\d{1,2})\s?([-./])\s?(\d{1,2})\s?[-./]\s?['’]?(\d{4}|\d{2})")


def _three_numbers(found: re.Match[str], order: DateOrder | None) -> str:
    """Parse a date of three numbers. Dutch order is day, month, American month, day. With slashes
    only a number above 12 tells which it is; an answer for the delivery tells it for dots and
    hyphens too.
    """
    first, mark, second, year = found.groups()
    if order is DateOrder.MONTH_DAY:
        if int(first) > 12 >= int(second):
            meant = _day(year, second, first)
            raise UnclearValueError(
                _("the dates are said to be month/day"), _("Write {day}?", day=meant)
            )
        return _day(year, first, second)
    if mark == "/" and len(year) == 4 and int(first) <= 12:
        _check_slashes(first, second, year, order)
    return _day(year, second, first)


def _check_slashes(first: str, second: str, year: str, order: DateOrder | None) -> None:
    """Refuse a date whose first number may be the month. Raises UnclearValueError."""
    if int(second) > 12:
        message = _("a date with slashes is read as day/month/year")
        raise UnclearValueError(message, _("Write {day}?", day=_day(year, first, second)))
    if order is None:
        message = _("the day and the month may be either way round")
        either = {"one": _day(year, second, first), "other": _day(year, first, second)}
        raise UnclearValueError(message, _("Write {one} or {other}.", **either))


DATES: tuple[tuple[str, Callable[..., str]], ...] = (
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _day),
    (
        r"(\d{1,2})(?:st|nd|rd|th|e)?[ -]([a-z]+)\.?,?[ -]['’]?(\d{4}|\d{2})",
        lambda d, m, y: _day(y, _named(m), d),
    ),
    (
        r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? ['’]?(\d{4}|\d{2})",
        lambda m, d, y: _day(y, _named(m), d),
    ),
    (r"([a-z]+)\.?[ -]['’]?(\d{4}|\d{2})", lambda m, y: _month(y, _named(m))),
    (r"(\d{1,2})[-/](\d{4})", lambda m, y: _month(y, m)),
    (r"(\d{4})[-/](\d{1,2})", _month),
    (r"(\d{4})", lambda y: _month(y, 1)[:4]),
)
