"""Periods in the words of a question: one or several that are named, and what lies before, after or
between them.

“This” and “last” count from today; what has no year is of the year that is shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from dashboard.asking.days import Days, add_months, span_months
from dashboard.asking.period_units import ONE_DAY, WINTER, Unit, UnitReader
from dashboard.asking.period_words import (
    ACCENTED,
    AFTER,
    ARTICLES,
    BEFORE,
    FOR_OR_BEFORE,
    FROM,
    LISTED,
    ONWARDS,
    SEASONS,
    SINCE,
    TO,
    UNTIL,
    Tokens,
)

MOST_MONTHS = 12
"""Months that stand in a link one by one; of more of them together, the first and last day."""
Found = tuple[int, tuple["Period", ...]]
"""The word before which periods end, and what they may be."""


@dataclass(frozen=True)
class Period:
    """Days from the first to the last of each of its spans; one of them may have no first or no last
    day. `by_days` says that they stand in a link as days, also where they are whole months; `dated` that
    its year was said.
    """

    spans: tuple[tuple[date | None, date | None], ...]
    by_days: bool = False
    dated: bool = True

    @property
    def changes(self) -> dict[str, Any]:
        """The filters that stand for it: a year, months, or else the first and the last day."""
        whole = [(first, last) for first, last in self.spans if first and last]
        if len(whole) == len(self.spans) and not self.by_days:
            months = [span_months(first, last) for first, last in whole]
            together = tuple(dict.fromkeys(month for found in months for month in found))
            if all(months) and (len(together) <= MOST_MONTHS or not _follow(whole)):
                year = together[0][:4]
                if len(together) == 12 and together[-1][:4] == year:
                    return {"year": int(year)}
                return {"month": together}
        firsts = [first for first, _last in self.spans]
        lasts = [last for _first, last in self.spans]
        return {
            "from_day": None if None in firsts else min(first for first in firsts if first),
            "to_day": None if None in lasts else max(last for last in lasts if last),
        }

    @property
    def are_filters(self) -> bool:
        """Whether filters select these days and no others between them."""
        days = [(first, last) for first, last in self.spans if first and last]
        return not {"month", "year"}.isdisjoint(self.changes) or _follow(days)


class PeriodReader:
    """Reads the periods in the words of a question; `year` is the one that is shown."""

    def __init__(self, tokens: Tokens, today: date, year: int) -> None:
        self._tokens, self._today, self._year = tokens, today, year
        self._units = UnitReader(tokens, today)

    def read(self, start: int) -> Found | None:
        """Read the longest period that begins with a word: where it ends, and what it may be. None
        where none begins.
        """
        found = [*self._find_ranges(start), *self._find_open(start), *self._find_lists(start)]
        return max(found, key=lambda one: one[0]) if found else None

    def _find_ranges(self, start: int) -> Iterator[Found]:
        """Read from March to May; between 1 March and 15 June; March–May; 1 – 15 June."""
        after = self._tokens.skip(start, FROM)
        for begin in [start] if after is None else [start, after]:
            first = self._units.read(begin)
            first = None if first and self._is_either(first) else first
            last = self._find_last(first.end, led=begin != start) if first else None
            if first and last and not self._is_either(last):
                yield last.end, (self._span(first, last),)
            yield from self._find_days_of_month(begin)

    def _is_either(self, unit: Unit) -> bool:
        """Whether a period may be a day or another one: mei 25."""
        days = unit.make(unit.year or self._year)
        return len(days) > 1 and days[0][0] == days[0][1]

    def _find_last(self, at: int, *, led: bool) -> Unit | None:
        """Read what a range runs to. Only where a word leads it, “and” does not make a list of it."""
        if self._tokens.has_dash_before(at) and (unit := self._units.read(at)):
            return unit
        return self._units.read(self._tokens.skip(at, f"{TO}, and, en" if led else TO))

    def _span(self, one: Unit, other: Unit) -> Period:
        """Make the period from one to another. What has no year is of the other's: October to February
        of two years that follow each other.
        """
        last_year = other.year or one.year or self._year
        first_year = one.year or last_year
        first, last = one.make(first_year)[0][0], other.make(last_year)[-1][1]
        if first > last and one.year is None and other.year:
            first = one.make(last_year - 1)[0][0]
        elif first > last and other.year is None:
            last = other.make(last_year + 1)[-1][1]
        elif first > last:
            first, last = other.make(last_year)[0][0], one.make(first_year)[-1][1]
        return Period(((first, last),), one.by_days or other.by_days)

    def _find_days_of_month(self, at: int) -> Iterator[Found]:
        """Read days of one month: 1 – 15 June, between 1 and 15 June."""
        number = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|e|ste|de)?", self._tokens[at])
        dashed = self._tokens.has_dash_before(at + 1)
        to = at + 1 if dashed else self._tokens.skip(at + 1, f"{TO}, and, en")
        unit = self._units.read(to) if number else None
        if number and unit:
            first, last = unit.make(unit.year or self._year)[0]
            if first == last and 0 < int(number[1]) < last.day:
                yield unit.end, (Period(((first.replace(day=int(number[1])), last),)),)

    def _find_open(self, start: int) -> Iterator[Found]:
        """Read what is before or after a period: since March, before 2024, t/m mei. In Dutch “voor mei”
        is for May or before it.
        """
        for words in (SINCE, AFTER, BEFORE, UNTIL, FOR_OR_BEFORE):
            unit = self._units.read(self._skip_article(self._tokens.skip(start, words)))
            if unit is None:
                continue
            days = unit.make(unit.year or self._year)
            end = (words == SINCE and self._tokens.skip(unit.end, ONWARDS)) or unit.end
            if self._tokens[start] == "from" and unit.whole_year and end == unit.end:
                continue  # keynotes from 2025 are those of 2025
            to_today = self._tokens[start] == "tot" and days[0] == (self._today, self._today)
            found = [_open_period(UNTIL if to_today else words, one) for one in days]
            if words == FOR_OR_BEFORE and self._tokens.typed(start) != ACCENTED:
                found += [Period((one,), unit.by_days, unit.year is not None) for one in days]
            yield end, tuple(found)

    def _skip_article(self, at: int | None) -> int | None:
        """Skip an article before a season: after the summer."""
        if at is not None and self._tokens[at] in ARTICLES and self._tokens[at + 1] in SEASONS:
            return at + 1
        return at

    def _find_lists(self, start: int) -> Iterator[Found]:
        """Read one period, or several that are named one after the other."""
        unit = self._units.read(start)
        if unit is None:
            return
        onwards = self._tokens.skip(unit.end, ONWARDS)
        if onwards and not (self._tokens[unit.end] == "on" and self._tokens[onwards]):
            days = unit.make(unit.year or self._year)
            yield onwards, tuple(Period(((first, None),)) for first, _last in days)
        days = unit.make(unit.year or self._year)
        dated = unit.year is not None
        found = [Period((one,), unit.by_days, dated) for one in days]
        if len(days) > 1 and days[0][0].month == WINTER != days[0][1].month:
            found.append(_make_winter_of(days[1][0].year))
        yield unit.end, tuple(found)
        units = [unit]
        while len(days) == 1 and (following := self._find_listed(units[-1].end)):
            units.append(_repeat(unit, following) if len(units) == 1 else following)
            if (together := self._put_together(units)).are_filters:
                yield following.end, (together,)

    def _find_listed(self, at: int) -> Unit | None:
        """Read the period behind a comma or “and”."""
        after = self._tokens.skip(at, LISTED)
        if after is None and re.fullmatch(r"\s*[,/&+]\s*", self._tokens.find_between(at)):
            after = at
        unit = self._units.read(after)
        one = unit and not unit.by_days and len(unit.make(unit.year or self._year)) == 1
        return unit if one else None

    def _put_together(self, units: Sequence[Unit]) -> Period:
        """Make one period of several. What has no year is of the last one that is said."""
        shared = next((one.year for one in reversed(units) if one.year), None)
        days = [one.make(one.year or shared or self._year)[0] for one in units]
        return Period(tuple(days), dated=shared is not None)


def _repeat(unit: Unit, following: Unit) -> Unit:
    """Repeat months in the year that follows them: May 2024 and 2025."""
    if unit.whole_year or unit.year is None or not following.whole_year or following.year is None:
        return following
    first, last = unit.make(unit.year)[0]
    if not (count := len(span_months(first, last))):
        return following
    days = (add_months(first.replace(year=first.year + following.year - unit.year), count),)
    return Unit(following.end, lambda _year: days, following.year, fixed=True)


def _make_winter_of(year: int) -> Period:
    """Make the period of the winter months of one year: January, February and December."""
    first = add_months(date(year, 1, 1), 2)
    return Period((first, add_months(date(year, WINTER, 1), 1)))


def _follow(days: Sequence[Days]) -> bool:
    """Whether each period begins on the day after the one before it."""
    return all(
        later[0] - sooner[1] == timedelta(days=1) for sooner, later in pairwise(sorted(days))
    )


def _open_period(words: str, days: Days) -> Period:
    first, last = days
    if words == SINCE:
        return Period(((first, None),))
    if words == AFTER:
        return Period(((last + ONE_DAY, None),))
    if words == UNTIL:
        return Period(((None, last),))
    return Period(((None, first - ONE_DAY),))
