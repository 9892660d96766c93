"""What the reader asked for: one frozen value that gives query parameters, words and a URL.

`APPLIES` is the matrix of the design: which filter means something for which table. A number to
which a chosen filter does not apply keeps its value and says so.
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
    "speaker",
    "role",
    "line",
    "pillar",
    "kind",
    "country",
    "city",
    "our_role",
    "status",
    "level",
    "discipline",
    "format",
    "text",
)
OF_TRAININGS = frozenset({"level", "discipline", "format"})
NOT_STATED = "not-stated"
"""As a value of line, pillar, kind, our role, level, discipline or format: the records that state
none.
"""
EVERYWHERE = frozenset({"year", "month", "speaker", "line", "pillar", "text"})
OF_EVENTS = frozenset(FILTER_NAMES) - OF_TRAININGS
APPLIES: Mapping[str, frozenset[str]] = {
    "events": OF_EVENTS,
    "held_events": OF_EVENTS - {"status"},
    "contributions": OF_EVENTS,
    "held_contributions": OF_EVENTS - {"status"},
    "people": OF_EVENTS,
    "series": frozenset({"year", "line", "pillar", "kind", "our_role", "text"}),
    "trainings": frozenset({"year", "month", "line", "pillar", "text"}) | OF_TRAININGS,
    "projects": EVERYWHERE | {"our_role"},
    "funding": EVERYWHERE | {"our_role"},
    "partners": frozenset({"year", "month", "line", "pillar", "our_role", "text"}),
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
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Filters:
    """A selection. Values of one filter are alternatives; different filters must all hold.

    `year` a calendar year; `month` months as "2025-05"; `speaker` person ids (named at an event in
    any role); `role` person roles, which narrow the speaker; `line`, `pillar`, `kind`, `our_role`
    and, of trainings, `level`, `discipline`, `format` term ids or NOT_STATED; `status` of events:
    planned, held, cancelled; `country` ISO 3166-1 alpha-2; `city` as "groningen-nl"; `text` words
    that must all occur. `until` ends the period on a day, to put a year that runs beside another
    one; it stands in no URL.
    """

    year: int | None = None
    month: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    pillar: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
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
        return tuple(name for name in FILTER_NAMES if getattr(self, name))

    def ignored_by(self, table: str) -> list[str]:
        """List the chosen filters that mean nothing for a table."""
        return [name for name in self.chosen if name not in APPLIES[table]]

    def params(self) -> dict[str, Any]:
        """Give the values for the $parameters of scope.sql; None where a filter is not set."""
        first, last = self.period()
        return {
            "from_day": first,
            "to_day": last,
            "years": self.years(),
            "words": search_words(self.text) or None,
            **{param: list(getattr(self, name)) or None for name, param in LIST_PARAMS.items()},
        }

    def period(self) -> tuple[date | None, date | None]:
        """Work out the first and last day that the chosen months, or else the year, span."""
        if self.month:
            first, last = min(self.month), max(self.month)
            year, month = int(last[:4]), int(last[5:])
            return self._cut(
                date(int(first[:4]), int(first[5:]), 1),
                date(year, month, monthrange(year, month)[1]),
            )
        if self.year:
            return self._cut(date(self.year, 1, 1), date(self.year, 12, 31))
        return None, self.until

    def _cut(self, first: date, last: date) -> tuple[date, date]:
        return first, min(last, self.until or last)

    def years(self) -> list[int] | None:
        """List the chosen year, or the years of the chosen months; None for all."""
        return sorted({int(month[:4]) for month in self.month}) or (
            [self.year] if self.year else None
        )

    def applying_to(self, table: str) -> "Filters":
        """Leave out the filters that mean nothing for a table."""
        return replace(self, **{name: getattr(NO_FILTERS, name) for name in self.ignored_by(table)})

    def within(self, name: str, value: str) -> "Filters":
        """Narrow one of the filters to one value: a month takes the place of the year."""
        if name == "year":
            return replace(self, year=int(value), month=())
        if name == "month":
            return replace(self, year=None, month=(value,))
        return self.with_(**{name: (value,)})

    def in_year(self, year: int | None) -> "Filters":
        """Move the filters to another year: of months of several years those of that year stay,
        else the same months of that year; all years have no months.
        """
        if not year or not self.month:
            return self.with_(year=year, month=())
        own = tuple(month for month in self.month if int(month[:4]) == year)
        return self.with_(
            year=None, month=own or tuple(f"{year}{month[4:]}" for month in self.month)
        )

    def with_(self, **changes: Any) -> "Filters":
        """Copy the filters with some of them changed."""
        return replace(self, **changes)

    def query(self) -> list[tuple[str, str]]:
        """Give the pairs of the URL, in a fixed order; a repeated name stands for alternatives."""
        pairs = []
        for name in self.chosen:
            value = getattr(self, name)
            values = value if isinstance(value, tuple) else (str(value),)
            pairs += [(name, v) for v in values]
        return pairs

    def url(self, page: str) -> str:
        """Build the link to a page with these filters, without host:
        "/events?speaker=job-doornberg".
        """
        query = urlencode(self.query())
        return f"/{page}?{query}" if query else f"/{page}"


NO_FILTERS = Filters()


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
    limit = 1 if name in ("year", "text") else MAX_VALUES
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
    year = int(values.pop("year")[0]) if values.get("year") else None
    text = " ".join(values.pop("text", [""])[0].split())
    filters = Filters(year=year, text=text).with_(**{name: tuple(v) for name, v in values.items()})
    if filters.month and year:
        if any(int(month[:4]) != year for month in filters.month):
            notices.append(
                _(
                    "year={year} contradicts month={months}; the month is used",
                    year=str(year),
                    months=", ".join(filters.month),
                )
            )
        filters = filters.with_(year=None)
    return filters, notices


def _is_well_formed(name: str, value: str) -> bool:
    pattern = {"year": YEAR, "month": MONTH, "country": COUNTRY}.get(name, ID)
    return value.isprintable() if name == "text" else pattern.fullmatch(value) is not None


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
    for name in set(filters.chosen) & set(labels) - {"year", "month", "text"}:
        value = getattr(filters, name)
        unknown = [v for v in value if v not in labels[name]]
        dropped += [(name, show_value(v)) for v in unknown]
        changes[name] = tuple(v for v in value if v in labels[name])
    notices = [
        _("{name}={value} is not known here and was left out", name=name, value=value)
        for name, value in sorted(dropped)
    ]
    return filters.with_(**changes), notices


assert {field.name for field in fields(Filters)} == {*FILTER_NAMES, "until"}
