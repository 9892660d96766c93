"""A selection in words: "Keynotes by Job Doornberg in May 2025"."""

from collections.abc import Iterator
from datetime import date

from dashboard.language.messages import N_, _, pgettext
from dashboard.model.filters import Filters, Labels
from dashboard.text.dates import format_day, format_day_of_month, format_days, format_months
from dashboard.text.lists import join_names
from dashboard.text.roles import name_kinds, name_roles
from dashboard.text.sentences import capitalise, lower_first

PHRASES = (
    ("organisation", N_("with {name}")),
    ("level", N_("at level {name}")),
    ("discipline", N_("in {name}")),
    ("format", N_("of format {name}")),
    ("city", N_("in {name}")),
    ("country", N_("in {name}")),
    ("line", N_("on {name}")),
    ("pillar", N_("under {name}")),
    ("our_role", N_("with our role: {name}")),
)

FILTERS_IN_WORDS = {
    "year": N_("year"),
    "month": N_("month"),
    "from": N_("first day"),
    "to": N_("last day"),
    "speaker": N_("person"),
    "role": N_("role"),
    "line": N_("strategic line"),
    "pillar": N_("pillar"),
    "kind": N_("kind of event"),
    "country": N_("country"),
    "city": N_("city"),
    "organisation": N_("organisation"),
    "our_role": N_("our role"),
    "status": N_("status"),
    "level": N_("level"),
    "discipline": N_("discipline"),
    "format": N_("format"),
    "text": N_("words"),
}


def name_filter(name: str) -> str:
    """Return what a filter is called in a sentence: "our role"."""
    return _(FILTERS_IN_WORDS[name])


def describe_filters(
    filters: Filters, labels: Labels, noun: str | None = "", *, within: bool = False
) -> str:
    """Describe the selection: "Keynotes by Job Doornberg in May 2025". `noun` is what is selected
    where neither a role nor a kind says so: events by default, None for everything, which `within` a
    sentence has no capital.
    """

    def name(field: str) -> str:
        return join_names(_labels_of(filters, labels, field), "or")

    parts = [_describe_subject(filters, labels, noun, within=within)]
    if filters.speaker:
        by_or_with = N_("by {name}") if filters.role else N_("with {name}")
        parts.append(_(by_or_with, name=name("speaker")))
    if filters.role and filters.kind:
        parts.append(
            _(
                "at events of kind {name}",
                name=join_names([*map(lower_first, _labels_of(filters, labels, "kind"))], "or"),
            )
        )
    parts += [_(phrase, name=name(field)) for field, phrase in PHRASES if getattr(filters, field)]
    if filters.text:
        parts.append(_("mentioning “{text}”", text=filters.text))
    return " ".join([*parts, describe_period(filters)]).strip()


def _labels_of(filters: Filters, labels: Labels, field: str) -> list[str]:
    return [labels.get(field, {}).get(value, value) for value in getattr(filters, field)]


def _describe_subject(filters: Filters, labels: Labels, noun: str | None, *, within: bool) -> str:
    """Name what is selected: "Events", "Keynotes or lectures", "Planned symposiums"."""
    named = _name_role_or_kind(filters, labels)
    if filters.status:
        statuses = capitalise(join_names([*_describe_statuses(filters, labels)], "or"))
        if noun is None and not named:
            return _("{statuses} everything", statuses=statuses)
        subject = named or lower_first(noun or _("Events"))
        return _("{statuses} {subject}", statuses=statuses, subject=subject)
    if named:
        return capitalise(named)
    if noun is None:
        return _("everything") if within else _("Everything")
    return noun or _("Events")


def _name_role_or_kind(filters: Filters, labels: Labels) -> str:
    """Name what the role or else the kind selects, in the plural: "keynotes or lectures"; empty
    without either.
    """
    roles, kinds = labels.get("role", {}), labels.get("kind", {})
    named = [name_roles(role, roles) for role in filters.role] or [
        name_kinds(kind, kinds) for kind in filters.kind
    ]
    return join_names(named, "or")


def _describe_statuses(filters: Filters, labels: Labels) -> Iterator[str]:
    """Say statuses as they stand before what has them: "planned" events; one of another vocabulary as
    it is called there.
    """
    called = labels.get("status", {})
    for status in filters.status:
        match status:
            case "held":
                yield pgettext("before events", "held")
            case "planned":
                yield pgettext("before events", "planned")
            case "cancelled":
                yield pgettext("before events", "cancelled")
            case _other:
                yield lower_first(called.get(status, status))


def describe_period(filters: Filters) -> str:
    """Describe the period: "in May 2025", "in May or June 2025", "in 2025"; "since 1 March 2025",
    "between 1 March and 15 June 2025", of a year or a month what the chosen days leave; empty for
    all years.
    """
    if filters.has_days and len(filters.month) > 1:
        days = _describe_days(filters.from_day, filters.to_day)
        return _("in {period}, {days}", period=format_months(filters.month, "or"), days=days)
    if filters.has_days:
        return _describe_days(*_find_days(filters))
    period = name_period(filters)
    return _("in {period}", period=period) if period else ""


def name_period(filters: Filters) -> str:
    """Name the period: May 2025; May or June 2025; 2025; 1 March – 15 June 2025; since 1 March 2025;
    empty for all years.
    """
    if filters.has_days:
        first, last = _find_days(filters)
        return format_days(first, last) if first and last else _describe_days(first, last)
    if filters.month:
        return format_months(filters.month, "or")
    return str(filters.year or "")


def _find_days(filters: Filters) -> tuple[date | None, date | None]:
    """Find the first and the last day; of days alone, one of them may be open."""
    if filters.year or filters.month:
        return filters.period()
    return filters.from_day, filters.to_day


def _describe_days(first: date | None, last: date | None) -> str:
    if not last:
        return _("since {day}", day=format_day(first)) if first else ""
    if not first:
        return _("until {day}", day=format_day(last))
    if first == last:
        return _("on {day}", day=format_day(first))
    begin = format_day_of_month(first) if first.year == last.year else format_day(first)
    return _("between {first} and {last}", first=begin, last=format_day(last))
