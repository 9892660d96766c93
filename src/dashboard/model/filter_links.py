"""Filters from a link: what is understood, and a notice for everything that was left out."""

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from dashboard.language.messages import _
from dashboard.model.filters import (
    COUNTRY,
    DAY,
    FIELDS,
    FILTER_NAMES,
    ID,
    MAX_LENGTH,
    MAX_VALUES,
    MONTH,
    NAMED_BY_ITSELF,
    SINGLE,
    TIMES,
    YEAR,
    Filters,
    Labels,
    span_month,
    span_year,
)


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
    first, last = filters.days()
    spans = [span_month(month) for month in filters.month]
    spans += [span_year(filters.year)] if filters.year else []
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
