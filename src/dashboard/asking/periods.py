"""Periods in the words of a question: months, seasons, quarters, years, academic years, days, and what
lies before, after or between them.

“This” and “last” count from today; what has no year is of the year that is shown.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from dashboard.asking.days import Days, add_months, find_days, is_of_dates, span_months
from dashboard.asking.words import Word
from dashboard.intake.dates import MONTHS

SINCE = "since, from, sinds, vanaf, starting, starting from, starting in, as of, as from, since the start of, met ingang van, beginning in"
AFTER = "after, na, later than, following"
BEFORE = "before, prior to, earlier than, ahead of, eerder dan"
UNTIL = "until, till, til, up to, up to and including, up until, through, t m, tot, tot en met, through to"
FOR_OR_BEFORE = "voor"
"""In Dutch one word for both, where its accents are not written."""
TO = "to, until, till, through, t m, tot, tot en met, up to, up to and including, en, and"
FROM = "from, van, vanaf, between, tussen, since, sinds"
BETWEEN = "between, tussen"
LISTED = "and, or, en, of"
ONWARDS = "onwards, onward, on, and later, or later, en later, of later, and on, verder"
THIS = "this, current, the current, dit, deze, huidige, het huidige, de huidige"
LAST = "last, past, previous, the last, the past, the previous, vorig, vorige, afgelopen, het afgelopen, de afgelopen, laatste, de laatste, het vorige, de vorige, voorbije"
NEXT = "next, coming, the next, the coming, upcoming, volgend, volgende, het volgende, de volgende, komend, komende, het komende, de komende, aankomend, aankomende"
NUMBERS = {
    word: nr
    for nr, words in enumerate(
        "one een|two twee|three drie|four vier|five vijf|six zes|seven zeven|eight acht|nine negen"
        "|ten tien|eleven elf|twelve twaalf".split("|"),
        start=1,
    )
    for word in words.split()
} | {str(nr): nr for nr in range(1, 61)}
ORDINALS = {
    word: nr
    for nr, words in enumerate(
        "first eerste 1st 1e 1ste|second tweede 2nd 2e 2de|third derde 3rd 3e 3de"
        "|fourth vierde 4th 4e 4de|last laatste".split("|"),
        start=1,
    )
    for word in words.split()
}
SEASONS = {
    word: month
    for month, words in (
        (3, "spring springtime voorjaar lente"),
        (6, "summer summertime zomer"),
        (9, "autumn fall herfst najaar"),
        (12, "winter wintertime"),
    )
    for word in words.split()
}
LENGTHS: Mapping[str, relativedelta] = {
    word: length
    for words, length in (
        ("day days dag dagen", relativedelta(days=1)),
        ("week weeks weken", relativedelta(weeks=1)),
        ("month months maand maanden", relativedelta(months=1)),
        ("quarter quarters kwartaal kwartalen", relativedelta(months=3)),
        ("halfjaar", relativedelta(months=6)),
        ("year years jaar jaren", relativedelta(years=1)),
    )
    for word in words.split()
}
DAYS_FROM_TODAY = {
    "today": 0,
    "vandaag": 0,
    "yesterday": -1,
    "gisteren": -1,
    "tomorrow": 1,
    "eergisteren": -2,
}
ACADEMIC = "academic year, academisch jaar, studiejaar, collegejaar, school year, schooljaar"
Spans = tuple[Days, ...]
WORDS = frozenset(
    {
        *(
            word
            for phrases in (SINCE, AFTER, BEFORE, UNTIL, TO, FROM, LISTED, ONWARDS, THIS, LAST, NEXT)
            for word in phrases.replace(",", "").split()
        ),
        *ACADEMIC.replace(",", "").split(),
        *(word for word in (*NUMBERS, *ORDINALS) if word.isalpha()),
        *(*SEASONS, *LENGTHS, *DAYS_FROM_TODAY, *MONTHS),
        *"ago geleden half helft quarter kwartaal".split(),
    }
)
"""All words of which periods are made."""
MENDED = frozenset(
    {*(word for word in WORDS if len(word) > 4), "mrt", "jaar", "year", "last", "next", "sinds"}
)
"""Those in which a typing error is looked for."""


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
        """The filters that stand for it: a year, months, or else days. Of spans that lie apart and
        are no whole months, the first and the last day.
        """
        whole = [(a, b) for a, b in self.spans if a and b]
        if len(whole) == len(self.spans) and not self.by_days:
            months = [span_months(first, last) for first, last in whole]
            together = tuple(dict.fromkeys(month for found in months for month in found))
            if all(months) and len(together) <= 24:
                years = {month[:4] for month in together}
                if len(together) == 12 and len(years) == 1:
                    return {"year": int(years.pop())}
                if len(together) <= 12 or not _follow(whole):
                    return {"month": together}
        firsts = [first for first, _last in self.spans]
        lasts = [last for _first, last in self.spans]
        return {
            "from_day": None if None in firsts else min(f for f in firsts if f),
            "to_day": None if None in lasts else max(last for last in lasts if last),
        }

    @property
    def whole_year(self) -> int | None:
        """The calendar year that it is; None for another period."""
        year = self.changes.get("year")
        return year if isinstance(year, int) else None


@dataclass(frozen=True)
class Unit:
    """A period as it is written, up to the word `end`. `make` gives its days in a year, more than one
    where it can be read in several ways; `year` is the one that is written beside it. `fixed` says
    that it needs none.
    """

    end: int
    make: Callable[[int], Spans]
    year: int | None = None
    fixed: bool = False
    by_days: bool = False
    whole_year: bool = False


@dataclass
class PeriodReader:
    """Reads the periods in the words of a question. `tokens` are its words, with typing errors in
    words of periods mended; `year` is the one that is shown.
    """

    text: str
    words: Sequence[Word]
    tokens: Sequence[str]
    today: date
    year: int
    _units: dict[int, Unit | None] = field(default_factory=dict)

    def read(self, start: int) -> tuple[int, tuple[Period, ...]] | None:
        """Read the longest period that begins with a word: where it ends, and what it may be. None
        where none begins.
        """
        found = [*self._ranges(start), *self._open(start), *self._lists(start)]
        return max(found, key=lambda one: one[0]) if found else None

    def _ranges(self, start: int) -> Iterator[tuple[int, tuple[Period, ...]]]:
        """From March to May; between 1 March and 15 June; March–May; 1 – 15 June."""
        for begin in {start, self._after(start, FROM)} - {None}:
            assert begin is not None
            first = self._unit(begin)
            pairs: list[tuple[Unit, Unit]] = []
            if first and (second := self._second(first.end, joined=begin == start)):
                pairs.append((first, second))
            for one, other in pairs:
                yield other.end, self._between(one, other)
            if day := self._day_of_next(begin):
                yield day

    def _second(self, at: int, *, joined: bool) -> Unit | None:
        """Read what a range runs to. Without a word before it, “and” makes a list of it."""
        if self._dash_before(at) and (unit := self._unit(at)):
            return unit
        words = TO.removesuffix(", en, and") if joined else TO
        after = self._after(at, words)
        return self._unit(after) if after is not None else None

    def _between(self, one: Unit, other: Unit) -> tuple[Period, ...]:
        last_year = other.year or one.year or self.year
        first_year = one.year or last_year
        days = one.make(first_year)[0][0], other.make(last_year)[-1][1]
        if days[0] > days[1] and one.year is None and not one.fixed:
            years = (last_year - 1, last_year) if other.year else (last_year, last_year + 1)
            days = one.make(years[0])[0][0], other.make(years[1])[-1][1]
        if days[0] > days[1]:
            days = other.make(last_year)[0][0], one.make(first_year)[-1][1]
        return (Period((days,), by_days=one.by_days or other.by_days),)

    def _day_of_next(self, at: int) -> tuple[int, tuple[Period, ...]] | None:
        """Read a range of days of one month: 1 – 15 June, between 1 and 15 June."""
        first = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|e|ste|de)?", self._token(at))
        to = at + 1 if self._dash_before(at + 1) else self._after(at + 1, TO)
        second = self._unit(to) if first and to is not None else None
        if first is None or second is None:
            return None
        day = second.make(second.year or self.year)[0]
        if day[0] != day[1] or not 0 < int(first[1]) < day[0].day:
            return None
        return second.end, (Period(((day[0].replace(day=int(first[1])), day[1]),)),)

    def _open(self, start: int) -> Iterator[tuple[int, tuple[Period, ...]]]:
        """Read what is before or after a period: since March, before 2024, t/m mei."""
        for words in (SINCE, AFTER, BEFORE, UNTIL, FOR_OR_BEFORE):
            after = self._after(start, words)
            unit = self._unit(after) if after is not None else None
            if unit is None:
                continue
            days = unit.make(unit.year or self.year)
            onwards = self._after(unit.end, ONWARDS) if words == SINCE else None
            if words == SINCE and self._token(start) == "from" and unit.whole_year and not onwards:
                continue
            found = [_open_period(words, one) for one in days]
            if words == FOR_OR_BEFORE:
                found += [Period((one,), dated=unit.year is not None) for one in days]
            yield onwards or unit.end, tuple(found)

    def _lists(self, start: int) -> Iterator[tuple[int, tuple[Period, ...]]]:
        """Read one period, or several that are named one after the other."""
        unit = self._unit(start)
        if unit is None:
            return
        onwards = self._after(unit.end, ONWARDS)
        if onwards and not (self._token(unit.end) == "on" and self._unit(unit.end + 1)):
            days = unit.make(unit.year or self.year)
            yield onwards, tuple(Period(((first, None),)) for first, _last in days)
        units = [unit]
        while following := self._listed(units[-1].end):
            units.append(following)
        shared = next((one.year for one in reversed(units) if one.year), None)
        made = [one.make(one.year or shared or self.year) for one in units]
        if len(units) == 1:
            dated = unit.fixed or unit.year is not None
            yield unit.end, tuple(Period((one,), unit.by_days, dated) for one in made[0])
        elif not any(one.by_days for one in units):
            dated = shared is not None or all(one.fixed for one in units)
            together = Period(tuple(one[0] for one in made), dated=dated)
            if "month" in together.changes or "year" in together.changes or _follow([one[0] for one in made]):
                yield units[-1].end, (together,)
            else:
                yield unit.end, tuple(Period((one,)) for one in made[0])

    def _listed(self, at: int) -> Unit | None:
        after = self._after(at, LISTED)
        between = self._between_words(at)
        if after is None and re.fullmatch(r"\s*[,/&+]\s*", between):
            after = self._after(at, LISTED) or at
        return self._unit(after) if after is not None else None

    def _unit(self, at: int) -> Unit | None:
        if at not in self._units:
            self._units[at] = self._read_unit(at) if at < len(self.tokens) else None
        return self._units[at]

    def _read_unit(self, at: int) -> Unit | None:
        found = [
            unit
            for read in (self._academic, self._dated, self._part, self._relative, self._season)
            if (unit := read(at))
        ]
        return max(found, key=lambda unit: unit.end) if found else None

    def _dated(self, at: int) -> Unit | None:
        """Read a day, month or year as it is written in records, and one without its year."""
        for end in range(min(at + 6, len(self.tokens)), at, -1):
            if not is_of_dates(self.tokens[at:end]):
                continue
            if self._cuts_a_chunk(end):
                continue
            written = self._written(at, end)
            if found := find_days(written, None):
                academic = any(
                    last - first > timedelta(days=300) and first.month == 9 for first, last in found
                )
                year = found[0][0].year
                whole = len(found) == 1 and found[0] == (date(year, 1, 1), date(year, 12, 31))
                return Unit(end, lambda _y: found, year, True, academic, whole)
            if find_days(written, 2024):
                return Unit(end, lambda y: find_days(written, y) or find_days(written, 2024))
        return None

    def _academic(self, at: int) -> Unit | None:
        """Read an academic year by its name: academic year 2024–2025, this academic year."""
        begin = at
        shift: int | None = None
        for words, by in ((THIS, 0), (LAST, -1), (NEXT, 1)):
            if (after := self._after(at, words)) is not None:
                begin, shift = after, by
        after = self._after(begin, ACADEMIC)
        if after is None:
            return None
        if shift is not None:
            year = self.today.year - (self.today.month < 9) + shift
            days = ((date(year, 9, 1), date(year + 1, 8, 31)),)
            return Unit(after, lambda _y: days, year, True, True)
        unit = self._dated(after)
        if unit is None or (unit.by_days and unit.fixed):
            return unit
        if not unit.whole_year or unit.year is None:
            return None
        y = unit.year
        both = tuple((date(y + n, 9, 1), date(y + n + 1, 8, 31)) for n in (-1, 0))
        return Unit(unit.end, lambda _y: both, y, True, True)

    def _part(self, at: int) -> Unit | None:
        """Read a quarter or half of a year: Q2 2025, tweede kwartaal, first half of 2025, H1."""
        length, nr, end = 0, 0, at + 1
        token, following = self._token(at), self._token(at + 1)
        if found := re.fullmatch(r"([qkh])([1-4])", token):
            length, nr = (6 if found[1] == "h" else 3), int(found[2])
        elif token in ORDINALS and following in (
            "quarter",
            "kwartaal",
            "half",
            "helft",
            "halfjaar",
        ):
            length = 3 if following in ("quarter", "kwartaal") else 6
            nr, end = min(ORDINALS[token], 12 // length), at + 2
            end += self._token(end) in ("year", "jaar")
        elif token in ("quarter", "kwartaal") and following in ("1", "2", "3", "4"):
            length, nr, end = 3, int(following), at + 2
        if not length or not 0 < nr * length <= 12:
            return None
        begin = (nr - 1) * length + 1
        return self._with_year(end, lambda y: (add_months(date(y, begin, 1), length),))

    def _season(self, at: int) -> Unit | None:
        """Read a season, of the year that stands beside it or is shown. A winter is of two years: of
        the two that touch a year, neither is chosen.
        """
        month = SEASONS.get(self._token(at))
        if month is None or (self._token(at) == "fall" and not self._is_season(at)):
            return None
        if month < 12:
            return self._with_year(at + 1, lambda y: (add_months(date(y, month, 1), 3),))
        unit = self._dated(at + 1)
        if unit and unit.by_days and unit.year:
            y = unit.year
            return Unit(unit.end, lambda _y: (add_months(date(y, 12, 1), 3),), y, True)
        return self._with_year(
            at + 1, lambda y: tuple(add_months(date(n, 12, 1), 3) for n in (y - 1, y))
        )

    def _is_season(self, at: int) -> bool:
        following = re.fullmatch(r"20\d\d", self._token(at + 1))
        return following is not None or self._token(at - 1) in ("the", "this", "last", "next")

    def _with_year(self, end: int, make: Callable[[int], Spans]) -> Unit:
        """Add the year that stands behind: Q2 2025, spring of 2025, the spring of this year."""
        after = end + (self._token(end) in ("of", "van", "in"))
        after += self._token(after) in ("the", "het") and self._token(after + 1) in ("year", "jaar")
        after += self._token(after) in ("year", "jaar") and after > end
        unit = self._dated(after) or self._relative(after)
        if unit and unit.whole_year and unit.year:
            return Unit(unit.end, make, unit.year)
        return Unit(end, make)

    def _relative(self, at: int) -> Unit | None:
        """Read what counts from today: last month, the past six weeks, this spring, next May."""
        if (token := self._token(at)) in DAYS_FROM_TODAY:
            day = self.today + timedelta(days=DAYS_FROM_TODAY[token])
            return Unit(at + 1, lambda _y: ((day, day),), day.year, True)
        if ago := self._ago(at):
            return ago
        for words, direction in ((THIS, 0), (LAST, -1), (NEXT, 1)):
            after = self._after(at, words)
            if after is None:
                continue
            unit = self._several(after, direction) or self._of_calendar(after, direction)
            if unit:
                return unit
        return None

    def _ago(self, at: int) -> Unit | None:
        """Two years ago, drie maanden geleden: the whole year or month."""
        number, length = NUMBERS.get(self._token(at)), LENGTHS.get(self._token(at + 1))
        if not number or not length or self._token(at + 2) not in ("ago", "geleden"):
            return None
        if length.years:
            return self._whole(at + 3, date(self.today.year - number, 1, 1), 12)
        if length.months:
            day = self.today.replace(day=1) - length * number
            return self._whole(at + 3, day, length.months) if length.months == 1 else None
        day = self.today - length * number
        return Unit(at + 3, lambda _y: ((day, day),), day.year, True) if length.days == 1 else None

    def _several(self, at: int, direction: int) -> Unit | None:
        """Last six months: as many that end today, or that begin today."""
        number, length = NUMBERS.get(self._token(at)), LENGTHS.get(self._token(at + 1))
        if not direction or not number or not length:
            return None
        one = timedelta(days=1)
        if direction < 0:
            days = self.today - length * number + one, self.today
        else:
            days = self.today, self.today + length * number - one
        return Unit(at + 2, lambda _y: (days,), days[0].year, True, True)

    def _of_calendar(self, at: int, direction: int) -> Unit | None:
        """This month, last quarter, next year; this spring, last May: of the calendar."""
        token, first = self._token(at), self.today.replace(day=1)
        length = LENGTHS.get(token)
        if length and length.years:
            year = self.today.year + direction
            return self._whole(at + 1, date(year, 1, 1), 12)
        if length and length.months:
            begin = first.replace(month=(first.month - 1) // length.months * length.months + 1)
            return self._whole(at + 1, begin + length * direction, length.months)
        if token in ("week", "weken"):
            monday = self.today - timedelta(days=self.today.weekday() - 7 * direction)
            days = monday, monday + timedelta(days=6)
            return Unit(at + 1, lambda _y: (days,), monday.year, True, True)
        if token == "half" and self._token(at + 1) in ("year", "jaar"):
            begin = first.replace(month=1 if first.month < 7 else 7)
            return self._whole(at + 2, begin + relativedelta(months=6 * direction), 6)
        unit = self._season(at) or self._dated(at)
        if unit is None or unit.year is not None:
            return None
        return self._nearest(unit, direction)

    def _nearest(self, unit: Unit, direction: int) -> Unit:
        """Choose the year of a month or season without one: this year's, the last that is over, or
        the next that has not begun. A winter belongs to the year in which it begins.
        """
        years = range(self.today.year - 2, self.today.year + 3)
        found = [unit.make(year)[-1] for year in years]
        if direction < 0:
            days = [one for one in found if one[1] < self.today][-1]
        elif direction > 0:
            days = next(one for one in found if one[0] > self.today)
        else:
            days = next((one for one in found if one[0] <= self.today <= one[1]), found[2])
        return Unit(unit.end, lambda _y: (days,), days[0].year, True)

    def _whole(self, end: int, first: date, months: int) -> Unit:
        days = add_months(first, months)
        return Unit(end, lambda _y: (days,), first.year, True, whole_year=months == 12)

    def _token(self, at: int) -> str:
        return self.tokens[at] if 0 <= at < len(self.tokens) else ""

    def _after(self, at: int, phrases: str) -> int | None:
        """Return where the longest of some phrases ends that stands at a word; None without one."""
        ends = [
            at + len(words)
            for words in (phrase.split() for phrase in phrases.split(", "))
            if list(self.tokens[at : at + len(words)]) == words
        ]
        return max(ends, default=None)

    def _written(self, start: int, end: int) -> str:
        """Write words with what stands between them, without “of” and the like."""
        pieces = []
        for at in range(start, end):
            if self.tokens[at] in ("of", "van", "the", "de", "year", "jaar"):
                continue
            between = self._between_words(at) if at > start else ""
            pieces.append((" " if between.isspace() else between.strip() or " ") if pieces else "")
            pieces.append(self.tokens[at])
        return "".join(pieces)

    def _between_words(self, at: int) -> str:
        if not 0 < at < len(self.words):
            return ""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def _dash_before(self, at: int) -> bool:
        return re.fullmatch(r"\s*[-–—]\s*", self._between_words(at)) is not None

    def _cuts_a_chunk(self, end: int) -> bool:
        """Whether numbers that belong together would be cut: 2025-03 of 2025-03-27."""
        if not 0 < end < len(self.words) or self.words[end - 1].chunk != self.words[end].chunk:
            return False
        return self.tokens[end - 1][:1].isdigit() and self.tokens[end][:1].isdigit()


def _follow(days: Sequence[Days]) -> bool:
    """Whether periods follow each other without a day between."""
    days = sorted(days)
    return all(
        later[0] - sooner[1] <= timedelta(days=1)
        for sooner, later in zip(days, days[1:], strict=False)
    )


def _open_period(words: str, days: Days) -> Period:
    first, last = days
    one = timedelta(days=1)
    if words == SINCE:
        return Period(((first, None),))
    if words == AFTER:
        return Period(((last + one, None),))
    if words == UNTIL:
        return Period(((None, last),))
    return Period(((None, first - one),))
