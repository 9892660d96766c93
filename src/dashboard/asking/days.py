"""The days of a period that is written as in records, by the reader of records (intake.dates)."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dashboard.intake.dates import MONTHS, parse_period
from dashboard.intake.parse_result import UnclearValueError

Days = tuple[date, date]
NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|e|ste|de)?")
YEARS_OF_TWO_DIGITS = re.compile(r"(\d\d)\s*[-/–]\s*(\d\d)")
SLASHES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
JOINING = frozenset({"of", "van", "the", "de", "year", "jaar"})
CENTURY = 2000


def is_of_dates(tokens: Sequence[str]) -> bool:
    """Return whether folded words can be a date: numbers and names of months."""
    if tokens[-1] in JOINING or tokens[0] in {"of", "van", "the", "de"}:
        return False
    telling = [token for token in tokens if token not in JOINING]
    return bool(telling) and all(token in MONTHS or NUMBER.fullmatch(token) for token in telling)


def find_days(written: str, year: int | None) -> tuple[Days, ...]:
    """Find the first and last day of a day, month, year or academic year as it is written; of one
    without its year, in `year`. Two where day and month may be either way round; none where it is
    no date.
    """
    plain = re.sub(r"(?<=\d)(?:ste|de)\b", "e", written)
    if year is not None:
        if re.fullmatch(r"\d{1,2}/\d{1,2}", plain):
            return _read_both(f"{plain}/{year}")
        return _read(f"{plain} {year}", least=7) if re.search(r"[a-z]{3}", plain) else ()
    if years := YEARS_OF_TWO_DIGITS.fullmatch(plain):
        first, second = CENTURY + int(years[1]), CENTURY + int(years[2])
        return (_academic(first),) if second == first + 1 and int(years[1]) > 12 else ()
    number = re.fullmatch(r"\d+", plain) and not re.fullmatch(r"(?:19|20)\d\d", plain)
    if number or not re.search(r"\d", plain):
        return ()
    return _read(plain, least=4) or _read_both(plain)


def _read(written: str, least: int) -> tuple[Days, ...]:
    try:
        found = parse_period(written).text
    except UnclearValueError:
        return ()
    value = str(found or "")
    if len(value) < least or not "1900" <= value[:4] < "2100":
        return ()
    if len(value) == 9:
        return (_academic(int(value[:4])),)
    if len(value) == 10:
        return ((date.fromisoformat(value), date.fromisoformat(value)),)
    first = date(int(value[:4]), int(value[5:7] or 1), 1)
    return (add_months(first, 1 if len(value) == 7 else 12),)


def _read_both(written: str) -> tuple[Days, ...]:
    """Read a date of which the first number may be the day or the month, either way."""
    found = SLASHES.fullmatch(written)
    days = []
    for day, month in ((1, 2), (2, 1)) if found else ():
        assert found is not None
        try:
            one = date(int(found[3]), int(found[month]), int(found[day]))
        except ValueError:
            continue
        days.append((one, one))
    return tuple(dict.fromkeys(days))


def _academic(year: int) -> Days:
    return date(year, 9, 1), date(year + 1, 8, 31)


def add_months(first: date, months: int) -> Days:
    """Give the first and last day of whole months from a first day on."""
    return first, first + relativedelta(months=months) - timedelta(days=1)


def span_months(first: date, last: date) -> tuple[str, ...]:
    """List the months from a first day of a month to the last of another; none where they are no
    whole months.
    """
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1] or first > last:
        return ()
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(
        f"{day:%Y-%m}" for day in (first + relativedelta(months=nr) for nr in range(min(count, 25)))
    )
