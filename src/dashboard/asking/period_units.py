"""One period as it is written: a day, month, season, quarter, half, year or academic year, and what
counts from today.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from dashboard.asking.days import Days, add_months, find_days, is_of_dates
from dashboard.asking.period_words import (
    ACADEMIC,
    AGO,
    ARTICLES,
    DAYS_FROM_TODAY,
    DUTCH_MONTHS,
    HALVES,
    LAST,
    LENGTHS,
    NEXT,
    NUMBERS,
    OF,
    ORDINALS,
    QUARTERS,
    SEASONS,
    THIS,
    YEAR,
    YEARS,
    Tokens,
)

LONGEST_DATE = 6
"""Words of the longest date: the 27th of March of 2025."""
WINTER = 12
LEAP_YEAR = 2024
"""In which every day of a month is one."""
DIRECTIONS = ((THIS, 0), (LAST, -1), (NEXT, 1))
ENDING = ("last", "laatste", "final")
"""Words for the quarter or half with which a year ends."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Unit:
    """A period up to the word `end`. `make` gives its days in a year, more than one where it can be
    read in several ways. `year` is the one that is written beside it or counted from today; `fixed`
    says that the days are those of no other year, `by_days` that they are no months of a calendar,
    `whole_year` that they are a calendar year.
    """

    end: int
    make: Callable[[int], tuple[Days, ...]]
    year: int | None = None
    fixed: bool = False
    by_days: bool = False
    whole_year: bool = False


def _fix(end: int, *days: Days, by_days: bool = False) -> Unit:
    """Make a unit of certain days, or of days of which it is one."""
    first, last = days[0]
    whole = len(days) == 1 and (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))
    return Unit(end, lambda _year: days, first.year, True, by_days, whole)


@dataclass
class UnitReader:
    """Reads single periods in the words of a question. `today` is the day from which is counted."""

    tokens: Tokens
    today: date
    _found: dict[int, Unit | None] = field(default_factory=dict)

    def read(self, at: int | None) -> Unit | None:
        """Read the longest period that begins at a word; None where none does."""
        if at is None or at >= len(self.tokens):
            return None
        if at not in self._found:
            readers = (self._academic, self._dated, self._part, self._relative, self._season)
            units = [unit for read in readers if (unit := read(at))]
            self._found[at] = max(units, key=lambda unit: unit.end) if units else None
        return self._found[at]

    def _dated(self, at: int) -> Unit | None:
        """Read a day, month or year as it is written in records, and one without its year."""
        for end in range(min(at + LONGEST_DATE, len(self.tokens)), at, -1):
            if not is_of_dates(self.tokens.mended[at:end]) or self.tokens.cuts_a_date(end):
                continue
            written = self.tokens.write_date(at, end)
            if unit := self._day_or_year(at, end, written):
                return unit
            if days := find_days(written, None):
                academic = (days[0][1] - days[0][0]).days > 300 and days[0][0].month == 9
                return _fix(end, *days, by_days=academic)
            if late := find_days(written, LEAP_YEAR):
                return Unit(end, partial(_find_in_year, written, late))
        return None

    def _day_or_year(self, at: int, end: int, written: str) -> Unit | None:
        """Read a Dutch month with a number behind it that is a day or a year: mei 25."""
        number = self.tokens[at + 1]
        both = self.tokens[at] in DUTCH_MONTHS and re.fullmatch(r"2\d|3[01]", number)
        on_a_day = self.tokens[at - 1] in ("on", "op")
        if end != at + 2 or not both or on_a_day or self.tokens.find_between(at + 1).strip():
            return None
        if YEAR.fullmatch(self.tokens[end]) or not find_days(written, LEAP_YEAR):
            return None
        month = find_days(f"{self.tokens[at]} 20{number}", None)
        return Unit(end, lambda year: (*find_days(written, year), *month))

    def _academic(self, at: int) -> Unit | None:
        """Read an academic year by its name: academic year 2024–2025, this academic year. Of one that
        is named by one year, it may begin or end in it.
        """
        for words, shift in DIRECTIONS:
            if end := self.tokens.skip(self.tokens.skip(at, words) or at, ACADEMIC):
                if self.tokens.skip(at, words) is None:
                    continue
                begins = self.today.year - (self.today.month < 9) + shift
                return _fix(end, _of_academic_year(begins), by_days=True)
        after = self.tokens.skip(at, ACADEMIC)
        unit = self._dated(after) if after is not None else None
        if unit and unit.by_days:
            return unit
        if unit and unit.whole_year and unit.year:
            either = (_of_academic_year(unit.year - 1), _of_academic_year(unit.year))
            return _fix(unit.end, *either, by_days=True)
        return None

    def _part(self, at: int) -> Unit | None:
        """Read a quarter or half of a year: Q2 2025, tweede kwartaal, first half of 2025, H1."""
        token, following = self.tokens[at], self.tokens[at + 1]
        months, nr, end = 0, 0, at + 2
        if found := re.fullmatch(r"([qkh])([1-4])", token):
            months, nr, end = (6 if found[1] == "h" else 3), int(found[2]), at + 1
        elif token in ORDINALS and following in QUARTERS + HALVES:
            months, nr = (3 if following in QUARTERS else 6), ORDINALS[token]
            end += self.tokens[end] in YEARS
        elif token in ENDING and following in QUARTERS + HALVES and self._names_year(end):
            months, nr = (3, 4) if following in QUARTERS else (6, 2)
        elif token in QUARTERS and following in ("1", "2", "3", "4"):
            months, nr = 3, int(following)
        if not 0 < nr * months <= 12:
            return None
        begin = (nr - 1) * months + 1
        return self._add_year(end, lambda year: (add_months(date(year, begin, 1), months),))

    def _names_year(self, at: int) -> bool:
        """Whether a year is named: the last quarter of 2025."""
        after = at + (self.tokens[at] in YEARS)
        after += self.tokens[after] in OF
        return re.fullmatch(r"20\d\d", self.tokens[after]) is not None

    def _season(self, at: int) -> Unit | None:
        """Read a season, of the year that stands beside it or is shown. A winter is of two years: of
        the two that touch a year, neither is chosen.
        """
        month = SEASONS.get(self.tokens[at])
        if month is None or (self.tokens[at] == "fall" and not self._is_season(at)):
            return None
        if month < WINTER:
            return self._add_year(at + 1, lambda year: (add_months(date(year, month, 1), 3),))
        two_years = self._dated(at + 1)
        if two_years and two_years.by_days and two_years.year:
            return _fix(two_years.end, add_months(date(two_years.year, WINTER, 1), 3))
        return self._add_year(at + 1, _list_winters)

    def _is_season(self, at: int) -> bool:
        """Whether “fall” is the season, and not what something falls under."""
        dated = re.fullmatch(r"20\d\d", self.tokens[at + 1]) is not None
        return dated or self.tokens[at - 1] in ("the", "this", "last", "next")

    def _add_year(self, end: int, make: Callable[[int], tuple[Days, ...]]) -> Unit:
        """Add the year that stands behind: Q2 2025, spring of 2025, the spring of last year."""
        after = end + (self.tokens[end] in OF)
        after += self.tokens[after] in ARTICLES and self.tokens[after + 1] in YEARS
        after += self.tokens[after] in YEARS and after > end
        unit = self._dated(after) or self._relative(after)
        if unit and unit.whole_year:
            return Unit(unit.end, make, unit.year)
        return Unit(after if self.tokens[after - 1] in YEARS else end, make)

    def _relative(self, at: int) -> Unit | None:
        """Read what counts from today: last month, the past six weeks, this spring, next May."""
        if (token := self.tokens[at]) in DAYS_FROM_TODAY:
            day = self.today + timedelta(days=DAYS_FROM_TODAY[token])
            return _fix(at + 1, (day, day))
        for words, direction in DIRECTIONS:
            if (after := self.tokens.skip(at, words)) is not None:
                unit = self._several(after, direction) or self._of_calendar(after, direction)
                return None if unit and self._is_part(unit) else unit
        return self._ago(at)

    def _is_part(self, unit: Unit) -> bool:
        """Whether what seems to count from today is a part of what stands behind it: the last week of
        May, the last six months of 2025.
        """
        after = unit.end + 1
        after += self.tokens[after] in ARTICLES
        return not unit.whole_year and self.tokens[unit.end] in OF and self.read(after) is not None

    def _ago(self, at: int) -> Unit | None:
        """Read two years ago, drie maanden geleden: the whole year or month; two days ago: the day."""
        number, length = NUMBERS.get(self.tokens[at]), LENGTHS.get(self.tokens[at + 1])
        if not number or not length or self.tokens[at + 2] not in AGO:
            return None
        then = self.today - length * number
        if length.years:
            return _fix(at + 3, add_months(date(then.year, 1, 1), 12))
        if length.months == 1:
            return _fix(at + 3, add_months(then.replace(day=1), 1))
        return _fix(at + 3, (then, then)) if length.days == 1 else None

    def _several(self, at: int, direction: int) -> Unit | None:
        """Read last six months: as many that end today, or that begin today."""
        number, length = NUMBERS.get(self.tokens[at]), LENGTHS.get(self.tokens[at + 1])
        if not direction or not number or not length:
            return None
        if direction < 0:
            return _fix(at + 2, (self.today - length * number + ONE_DAY, self.today), by_days=True)
        return _fix(at + 2, (self.today, self.today + length * number - ONE_DAY), by_days=True)

    def _of_calendar(self, at: int, direction: int) -> Unit | None:
        """Read this month, last quarter, next year; this spring, last May: of the calendar."""
        length = LENGTHS.get(self.tokens[at])
        if self.tokens[at] == "half" and self.tokens[at + 1] in YEARS:
            length, at = LENGTHS["halfjaar"], at + 1
        if length and length.years:
            return _fix(at + 1, add_months(date(self.today.year + direction, 1, 1), 12))
        if length and (months := length.months):
            begin = date(self.today.year, (self.today.month - 1) // months * months + 1, 1)
            return _fix(at + 1, add_months(begin + length * direction, months))
        if length and length.days == 7:
            monday = self.today - timedelta(days=self.today.weekday() - 7 * direction)
            return _fix(at + 1, (monday, monday + timedelta(days=6)), by_days=True)
        unit = self._season(at) or self._dated(at)
        return self._find_nearest(unit, direction) if unit and unit.year is None else None

    def _find_nearest(self, unit: Unit, direction: int) -> Unit:
        """Choose the year of a month or season without one: this year's, the last that is over, or
        the next that has not begun.
        """
        this = self.today.year
        found = [unit.make(year)[-1] for year in range(this - 2, this + 3)]
        if direction < 0:
            days = [one for one in found if one[1] < self.today][-1]
        elif direction > 0:
            days = next(one for one in found if one[0] > self.today)
        else:
            days = next((one for one in found if one[0] <= self.today <= one[1]), found[2])
        return _fix(unit.end, days)


def _find_in_year(written: str, late: tuple[Days, ...], year: int) -> tuple[Days, ...]:
    """Find the days of a date without its year; of 29 February in another year, those of the leap year."""
    return find_days(written, year) or late


def _list_winters(year: int) -> tuple[Days, ...]:
    """List the winters that touch a year."""
    return tuple(add_months(date(begins, WINTER, 1), 3) for begins in (year - 1, year))


def _of_academic_year(begins: int) -> Days:
    return date(begins, 9, 1), date(begins + 1, 8, 31)
