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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard.language.messages import _

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
FIRST_YEAR, LAST_YEAR = 1900, 2099
"""What YEAR takes: a period without a beginning or an end spans no more."""
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
            "range_from": _begin(self.from_day) if self.has_days else None,
            "range_to": _end(self.to_day) if self.has_days else None,
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
        spans = [(_begin(self.from_day), _end(self.to_day))]
        if self.month:
            months = self._months_within()
            spans.append((_first_day(min(months)), _last_day(max(months))))
        elif self.year:
            spans.append((date(self.year, 1, 1), date(self.year, 12, 31)))
        first, last = max(first for first, _ in spans), min(last for _, last in spans)
        return (first, last) if first <= last else (_end(None), _begin(None))

    def _months_within(self) -> tuple[str, ...]:
        """List the chosen months, those that have one of the chosen days where any has."""
        first, last = _begin(self.from_day), _end(self.to_day)
        return (
            tuple(
                month
                for month in self.month
                if _first_day(month) <= last and first <= _last_day(month)
            )
            or self.month
        )

    def years(self) -> list[int] | None:
        """List the chosen year, or the years of the chosen months; None for all."""
        return sorted({int(month[:4]) for month in self.month}) or (
            [self.year] if self.year else None
        )

    def _whole_years(self) -> list[int]:
        """List the years, of those that are chosen, of which the chosen days hold each day."""
        first, last = _begin(self.from_day), _end(self.to_day)
        return [
            year
            for year in self.years() or range(first.year, last.year + 1)
            if first <= date(year, 1, 1) and date(year, 12, 31) <= last
        ]

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


def _begin(day: date | None) -> date:
    """Give the first day of a period, also of one without a beginning."""
    return day or date(FIRST_YEAR, 1, 1)


def _end(day: date | None) -> date:
    return day or date(LAST_YEAR, 12, 31)


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _last_day(month: str) -> date:
    first = _first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def search_words(text: str) -> list[str]:
    """Split a search into the words that must all occur, whatever their case and accents."""
    return text.split()


def parse_filters(pairs: Iterable[tuple[str, str]]) -> tuple[Filters, list[str]]:
    """Parse filters from URL pairs, with a notice for each value that was dropped. Never raises.

    Names that are no filter are left to others. Whether an id exists is not looked at here: see
    drop_unknown_ids.
    """
    values: dict[str, list[str]] = {}
    notices: list[str] = []
    for name, raw in pairs:
        if name not in FILTER_NAMES or (value := raw.strip()) == "":
            continue
        if len(value) > MAX_LENGTH or not _is_well_formed(name, value):
            notices.append(say_not_understood(name, value))
        elif value not in values.setdefault(name, []):
            values[name].append(value)
    notices += [notice for name, found in values.items() for notice in _limit(name, found)]
    return _assemble(values, notices)


def _limit(name: str, found: list[str]) -> Iterator[str]:
    """Cut off the values beyond what a filter takes, with a notice."""
    limit = 1 if name in SINGLE else MAX_VALUES
    if len(found) > limit:
        words = {"n": len(found), "name": name}
        yield (
            _("only the first of {n:,} values for {name} is used", **words)
            if limit == 1
            else _(
                "only the first {limit} of {n:,} values for {name} are used", limit=limit, **words
            )
        )
        del found[limit:]


def _assemble(values: dict[str, list[str]], notices: list[str]) -> tuple[Filters, list[str]]:
    single = {name: values.pop(name, [""])[0] for name in SINGLE}
    days = {name: date.fromisoformat(single[name]) for name in FIELDS if single[name]}
    filters = Filters(
        year=int(single["year"]) if single["year"] else None, text=" ".join(single["text"].split())
    ).with_(**{name: tuple(v) for name, v in values.items()}, **days)
    for settle in (_settle_days, _settle_year, settle_period):
        filters, notice = settle(filters)
        notices += notice
    return filters, notices


def _settle_days(filters: Filters) -> tuple[Filters, list[str]]:
    """Leave out days of which the first comes after the last, with a notice."""
    first, last = filters.from_day, filters.to_day
    if not first or not last or first <= last:
        return filters, []
    return filters.with_(from_day=None, to_day=None), [
        _("from={first} is after to={last}; both were left out", first=first, last=last)
    ]


def _settle_year(filters: Filters) -> tuple[Filters, list[str]]:
    """Let months take the place of the year, with a notice where it is not theirs."""
    if not filters.month or not filters.year:
        return filters, []
    contradicts = filters.with_(year=None).years() != [filters.year]
    notice = _(
        "year={year} contradicts month={months}; the month is used",
        year=str(filters.year),
        months=", ".join(filters.month),
    )
    return filters.with_(year=None), [notice] if contradicts else []


def settle_period(filters: Filters) -> tuple[Filters, list[str]]:
    """Leave out a year, or months, that have no day in common with the chosen days, with a notice."""
    months = [(_first_day(month), _last_day(month)) for month in filters.month]
    spans = months or ([(date(y, 1, 1), date(y, 12, 31))] if (y := filters.year) else [])
    first, last = _begin(filters.from_day), _end(filters.to_day)
    if not spans or any(begins <= last and first <= ends for begins, ends in spans):
        return filters, []
    pairs = [
        f"{name}={', '.join(filters.values(name))}" for name in filters.chosen if name in TIMES
    ]
    return filters.with_(year=None, month=()), [
        _(
            "{period} contradicts {days}; the days are used",
            period=pairs[0],
            days="&".join(pairs[1:]),
        )
    ]


def _is_well_formed(name: str, value: str) -> bool:
    if name == "text":
        return value.isprintable()
    if name in FIELDS:
        return is_day(value)
    return {"year": YEAR, "month": MONTH, "country": COUNTRY}.get(name, ID).fullmatch(
        value
    ) is not None


def is_day(value: str) -> bool:
    """Return whether a text is a day that there is, as "2025-03-01"."""
    try:
        return DAY.fullmatch(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def say_not_understood(name: str, value: str) -> str:
    """Say that a parameter of a link, with this value, was left out."""
    return _(
        "{name}={value} is not understood and was left out", name=name, value=show_value(value)
    )


def say_link_not_understood() -> str:
    """Say that nothing of a link is followed."""
    return _("the link is not understood; no filter is set")


def show_value(value: str) -> str:
    """Show a value that was not understood, made harmless to read: 40 characters of it."""
    return "".join(c if c.isprintable() else "�" for c in value[:40]) + (
        "…" if len(value) > 40 else ""
    )


def parse_link(link: str) -> tuple[Filters, list[str]]:
    """Parse the filters of a shared link or path such as
    "/events?speaker=job-doornberg&month=2025-05".
    """
    try:
        return parse_filters(
            parse_qsl(urlsplit(link).query, keep_blank_values=True, max_num_fields=1000)
        )
    except ValueError:
        return Filters(), [say_link_not_understood()]


Labels = Mapping[str, Mapping[str, str]]
"""For each filter its allowed ids with their labels; see queries.labels()."""


def drop_unknown_ids(filters: Filters, labels: Labels) -> tuple[Filters, list[str]]:
    """Drop the ids that the store does not know, with a notice for each of them."""
    dropped, changes = [], {}
    for name in set(filters.chosen) & set(labels) - SINGLE - NAMED_BY_ITSELF:
        value = filters.value(name)
        unknown = [v for v in value if v not in labels[name]]
        dropped += [(name, show_value(v)) for v in unknown]
        changes[name] = tuple(v for v in value if v in labels[name])
    notices = [
        _("{name}={value} is not known here and was left out", name=name, value=value)
        for name, value in sorted(dropped)
    ]
    return filters.with_(**changes), notices


assert {field.name for field in fields(Filters)} == {
    *(FIELDS.get(name, name) for name in FILTER_NAMES),
    "until",
}
