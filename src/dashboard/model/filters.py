"""What the reader asked for: one frozen value that gives query parameters, words and a URL.

`APPLIES` is the matrix of the design: which filter means something for which table. A number to
which a chosen filter does not apply keeps its value and says so.

A period is a year or months, or days `from` and `to`, or both: then what they have in common. What
is known by the month or by the year only lies within days where all its possible days do. Each
table has its own time: an event begins on it, a training's period ends on it, a project runs on a
day of it, funding has its date or else its project's, and what is told for a year, such as a
series, lies within days that hold all of that year.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

FILTER_NAMES = (
    "year",
    "month",
    "from",
    "to",
    "speaker",
    "role",
    "line",
    "pillar",
    "kind",
    "country",
    "city",
    "organisation",
    "our_role",
    "status",
    "level",
    "discipline",
    "format",
    "text",
)
FIELDS: Mapping[str, str] = {"from": "from_day", "to": "to_day"}
"""The filters whose name in the URL is no name of a field of Filters: from is a word of Python."""
TIMES = frozenset({"year", "month", "from", "to"})
"""The filters that choose a period."""
SINGLE = frozenset({"year", "from", "to", "text"})
"""The filters that have one value."""
NAMED_BY_ITSELF = frozenset({"month", "from", "to", "text"})
"""The filters whose values are no ids with labels."""
OF_TRAININGS = frozenset({"level", "discipline", "format"})
NOT_STATED = "not-stated"
"""As a value of line, pillar, kind, our role, level, discipline or format: the records that state
none.
"""
EVERYWHERE = TIMES | {"line", "pillar", "text"}
OF_WORK = EVERYWHERE | {"speaker", "organisation", "our_role"}
OF_EVENTS = frozenset(FILTER_NAMES) - OF_TRAININGS
APPLIES: Mapping[str, frozenset[str]] = {
    "events": OF_EVENTS,
    "held_events": OF_EVENTS - {"status"},
    "contributions": OF_EVENTS,
    "held_contributions": OF_EVENTS - {"status"},
    "people": OF_EVENTS,
    "series": EVERYWHERE - {"month"} | {"kind", "organisation", "our_role"},
    "trainings": EVERYWHERE | OF_TRAININGS,
    "projects": OF_WORK,
    "funding": OF_WORK,
    "partners": EVERYWHERE | {"organisation", "our_role"},
}
"""Which filters mean something for a table. A number of held or of planned events says its status
by itself: `held_events` and `held_contributions` are those tables without the filter by status.
"""
LIST_PARAMS: Mapping[str, str] = {
    "month": "months",
    "speaker": "speakers",
    "role": "roles",
    "line": "lines",
    "pillar": "pillars",
    "kind": "kinds",
    "country": "countries",
    "city": "cities",
    "organisation": "organisations",
    "our_role": "our_roles",
    "status": "event_statuses",
    "level": "levels",
    "discipline": "disciplines",
    "format": "formats",
}
"""The $parameters of scope.sql for the filters with several values."""
MAX_VALUES, MAX_LENGTH = 50, 200
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# not \d: digits of other scripts are equal to no month
MONTH = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
DAY = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
"""Those of the years that can be chosen: a period without a beginning or an end spans no more."""
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Filters:
    """A selection. Values of one filter are alternatives; different filters must all hold.

    `year` a calendar year; `month` months as "2025-05"; `from_day` and `to_day` the first and the
    last day of a period, each of them also alone ("since March"; in the URL `from` and `to`);
    `speaker` person ids (named at an event in any role); `role` person roles, which narrow the
    speaker; `organisation` ids of those behind an event, a series or a project in any role, and who
    give or receive funding; `line`, `pillar`, `kind`, `our_role` and, of trainings, `level`,
    `discipline`, `format` term ids or NOT_STATED; `status` of events: planned, held, cancelled;
    `country` ISO 3166-1 alpha-2; `city` as "groningen-nl"; `text` words that must all occur.

    `until` puts a year that runs beside another one, and stands in no URL. It is not `to_day`: it
    takes what may have begun by a day, because who compares is told of what may have begun after
    it; a training of this year has been held although its period goes on.
    """

    year: int | None = None
    month: tuple[str, ...] = ()
    from_day: date | None = None
    to_day: date | None = None
    speaker: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    pillar: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    our_role: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    discipline: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    text: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        """Keep no value twice, and months in order of time."""
        for name in LIST_PARAMS:
            if len(value := getattr(self, name)) > 1:
                once = dict.fromkeys(value)
                object.__setattr__(self, name, tuple(sorted(once) if name == "month" else once))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the filters that are set, in the order of NAMES."""
        return tuple(name for name in FILTER_NAMES if self.value(name))

    @property
    def has_days(self) -> bool:
        """Whether the period has a first or a last day of its own."""
        return bool(self.from_day or self.to_day)

    @property
    def has_period(self) -> bool:
        """Whether any period is chosen."""
        return bool(self.year or self.month or self.has_days)

    @property
    def whole_year(self) -> int | None:
        """The year that is chosen, where it is all of it."""
        return None if self.month or self.has_days else self.year

    def value(self, name: str) -> Any:
        """Give what is chosen of a filter, by its name in the URL."""
        return getattr(self, FIELDS.get(name, name))

    def values(self, name: str) -> tuple[str, ...]:
        """Give what is chosen of a filter as the URL has it."""
        value = self.value(name)
        return value if isinstance(value, tuple) else (str(value),) if value else ()

    def ignored_by(self, table: str) -> list[str]:
        """List the chosen filters that mean nothing for a table."""
        return [name for name in self.chosen if name not in APPLIES[table]]

    def params(self) -> dict[str, Any]:
        """Give the values for the $parameters of scope.sql; None where a filter is not set.

        `from_day` and `to_day` span the period, up to `until`; `period_end` is its end without
        that. `range_from` and `range_to` are the chosen days alone. `years` are those that the
        period names or holds.
        """
        first, last = self.period()
        return {
            "from_day": first,
            "to_day": min(last, self.until or last) if last else self.until,
            "period_end": last,
            "range_from": self.days()[0] if self.has_days else None,
            "range_to": self.days()[1] if self.has_days else None,
            "years": self._whole_years() if self.has_days else self.years(),
            "words": search_words(self.text) or None,
            **{param: list(getattr(self, name)) or None for name, param in LIST_PARAMS.items()},
            "months": list(self._months_within()) or None,
        }

    def period(self) -> tuple[date | None, date | None]:
        """Work out the first and last day that the chosen months, or else the year, span, within the
        chosen days; without any period there is neither. Where they have no day in common, the last
        comes long before the first, so that nothing runs on both.
        """
        if not self.has_period:
            return None, None
        spans = [self.days()]
        if self.month:
            months = self._months_within()
            spans.append((span_month(min(months))[0], span_month(max(months))[1]))
        elif self.year:
            spans.append(span_year(self.year))
        first, last = max(first for first, _ in spans), min(last for _, last in spans)
        return (first, last) if first <= last else (LAST_DAY, FIRST_DAY)

    def days(self) -> tuple[date, date]:
        """Give the chosen days; where one of them is open, as far as a year can be chosen."""
        return self.from_day or FIRST_DAY, self.to_day or LAST_DAY

    def _months_within(self) -> tuple[str, ...]:
        """List the chosen months, those that have one of the chosen days where any has."""
        first, last = self.days()
        spans = {month: span_month(month) for month in self.month}
        within = [month for month, (begin, end) in spans.items() if begin <= last and first <= end]
        return tuple(within) or self.month

    def years(self) -> list[int] | None:
        """List the chosen year, or the years of the chosen months; None for all."""
        return sorted({int(month[:4]) for month in self.month}) or (
            [self.year] if self.year else None
        )

    def _whole_years(self) -> list[int]:
        """List the years, of those that are chosen, of which the chosen days hold each day."""
        first, last = self.days()
        spans = {y: span_year(y) for y in self.years() or range(first.year, last.year + 1)}
        return [year for year, (begin, end) in spans.items() if first <= begin and end <= last]

    def applying_to(self, table: str) -> "Filters":
        """Leave out the filters that mean nothing for a table."""
        return self.with_(**{name: NO_FILTERS.value(name) for name in self.ignored_by(table)})

    def within(self, name: str, value: str) -> "Filters":
        """Narrow one of the filters to one value: a month takes the place of the year."""
        if name == "year":
            return replace(self, year=int(value), month=())
        if name == "month":
            return replace(self, year=None, month=(value,))
        return self.with_(**{name: (value,)})

    def in_year(self, year: int | None) -> "Filters":
        """Move the filters to another year: of months of several years those of that year stay,
        else the same months of that year; all years have no months. It takes the place of chosen
        days.
        """
        anew = self.with_(from_day=None, to_day=None)
        if not year or not self.month:
            return anew.with_(year=year, month=())
        own = tuple(month for month in self.month if int(month[:4]) == year)
        return anew.with_(
            year=None, month=own or tuple(f"{year}{month[4:]}" for month in self.month)
        )

    def with_(self, **changes: Any) -> "Filters":
        """Copy the filters with some of them changed, by their names here or in the URL."""
        return replace(self, **{FIELDS.get(name, name): value for name, value in changes.items()})

    def query(self) -> list[tuple[str, str]]:
        """Give the pairs of the URL, in a fixed order; a repeated name stands for alternatives."""
        return [(name, value) for name in self.chosen for value in self.values(name)]

    def url(self, page: str) -> str:
        """Build the link to a page with these filters, without host:
        "/events?speaker=job-doornberg".
        """
        query = urlencode(self.query())
        return f"/{page}?{query}" if query else f"/{page}"


NO_FILTERS = Filters()


def span_month(month: str) -> tuple[date, date]:
    """Give the first and the last day of a month ("2025-05")."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def span_year(year: int) -> tuple[date, date]:
    """Give the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def search_words(text: str) -> list[str]:
    """Split a search into the words that must all occur, whatever their case and accents."""
    return text.split()


Labels = Mapping[str, Mapping[str, str]]
"""For each filter its allowed ids with their labels; see questions.read_labels."""

assert {field.name for field in fields(Filters)} == {
    *(FIELDS.get(name, name) for name in FILTER_NAMES),
    "until",
}
