"""Selections, dates, counts and lists in words, and names that tell one thing from another."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dashboard.model.filters import Filters, Labels

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

PHRASES = (
    ("level", "at level {}"),
    ("discipline", "in {}"),
    ("format", "of format {}"),
    ("city", "in {}"),
    ("country", "in {}"),
    ("line", "on {}"),
    ("pillar", "under {}"),
    ("our_role", "with our role: {}"),
)


def count(number: int, one: str, many: str | None = None) -> str:
    """1 event; 2 events; no events."""
    return (
        f"{number or 'no':,} {one if number == 1 else many or one + 's'}"
        if number
        else f"no {many or one + 's'}"
    )


STATUSES = ("held", "planned", "cancelled")
UNDER_WAY = ("selected", "running", "completed")
"""Statuses of the projects and results that are counted; planned and stopped ones stand apart."""


def by_status(counts: Mapping[str, int], one: str = "", many: str | None = None) -> str:
    """How many things there are of each status, the held ones first: "350 events held · 37 planned
    · 5 cancelled"; without the noun where none is given, and of things without a word for their
    status only how many: "11 projects · 1 planned".
    """
    order = [
        *(status for status in ("", *STATUSES) if status in counts),
        *sorted(set(counts) - {"", *STATUSES}),
    ]
    parts = [(counts[status], status.replace("-", " ")) for status in order if counts[status]]
    if not parts:
        return count(0, one, many)
    (first, status), rest = parts[0], parts[1:]
    things = count(first, one, many) if one else f"{first:,}"
    return " · ".join(
        [f"{things} {status}".strip(), *(f"{number:,} {word}" for number, word in rest)]
    )


def listed(names: Sequence[str], last: str = "and") -> str:
    """a; a and b; a, b and c."""
    return (
        names[0]
        if len(names) == 1
        else f"{', '.join(names[:-1])} {last} {names[-1]}"
        if names
        else ""
    )


def day(value: date) -> str:
    """2 April 2025."""
    return f"{value.day} {MONTH_NAMES[value.month - 1]} {value.year}"


def lasting(time: timedelta) -> str:
    """How long something lasts, in whole days from two on, else in whole hours: 3 days; 26 hours;
    less than an hour.
    """
    hours = int(time.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    return count(hours // 24, "day") if hours >= 48 else count(hours, "hour")


def describe(filters: Filters, labels: Labels, noun: str = "Events") -> str:
    """The selection in words: "Keynotes by Job Doornberg in May 2025". `noun` is what is selected
    where neither a role nor a kind says so."""

    def named(name: str) -> str:
        return listed([labels.get(name, {}).get(v, v) for v in getattr(filters, name)], "or")

    subject = (
        _plural(named("role" if filters.role else "kind")) if filters.role or filters.kind else noun
    )
    parts = [subject]
    if filters.speaker:
        parts.append(("by " if filters.role else "with ") + named("speaker"))
    if filters.role and filters.kind:
        parts.append(f"at events of kind {named('kind').lower()}")
    parts += [phrase.format(named(name)) for name, phrase in PHRASES if getattr(filters, name)]
    if filters.text:
        parts.append(f"mentioning “{filters.text}”")
    return " ".join([*parts, describe_period(filters)]).strip()


def _plural(label: str) -> str:
    """ "Keynote" → "Keynotes"; "Keynote or Lecture" → "Keynotes or lectures"; longer labels as they
    are.
    """
    words = label.split(" or ")
    if any(" " in word for word in words):
        return label
    many = [word if word.endswith("s") else word + "s" for word in words]
    return " or ".join([many[0], *(word.lower() for word in many[1:])])


def describe_period(filters: Filters) -> str:
    """The period in words: "in May 2025", "in May or June 2025", "in 2025"; empty for all years."""
    if filters.month:
        years = {month[:4] for month in filters.month}
        names = [
            MONTH_NAMES[int(m[5:]) - 1] + ("" if len(years) == 1 else f" {m[:4]}")
            for m in filters.month
        ]
        return f"in {listed(names, 'or')}" + (f" {years.pop()}" if len(years) == 1 else "")
    return f"in {filters.year}" if filters.year else ""


def told_apart(labels: Mapping[str, str], *parts: Mapping[str, str | None]) -> dict[str, str]:
    """The labels of a list by id, of which no two are equal: those that would be get what tells
    them apart, the first of `parts` (a job title, a place) that does, else the id. Streamlit
    answers by label, and so do people.
    """
    found, ids = dict(labels), {identity: identity for identity in labels}
    for part in (*parts, ids, ids):  # a label may be what another one becomes
        for group in _alike(found):
            texts = {identity: (part.get(identity) or "").strip() for identity in group}
            if len({text.casefold() for text in texts.values()}) > 1:
                found |= {
                    identity: f"{labels[identity]} ({text or identity})"
                    for identity, text in texts.items()
                }
    return found


def unmixed(labels: Sequence[str], *parts: Sequence[str | None]) -> list[str]:
    """The same for labels that have no id but their place in the list."""
    numbered = [{str(nr): text for nr, text in enumerate(listed, start=1)} for listed in parts]
    return list(
        told_apart({str(nr): label for nr, label in enumerate(labels, start=1)}, *numbered).values()
    )


def _alike(labels: Mapping[str, str]) -> list[list[str]]:
    """The ids of which others have the same label, whatever the case."""
    groups: dict[str, list[str]] = {}
    for identity, label in labels.items():
        groups.setdefault(" ".join(label.split()).casefold(), []).append(identity)
    return [group for group in groups.values() if len(group) > 1]
