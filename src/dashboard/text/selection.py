"""A selection in words: "Keynotes by Job Doornberg in May 2025"."""

from dashboard.language.messages import N_, _
from dashboard.model.filters import Filters, Labels
from dashboard.text.dates import format_months
from dashboard.text.lists import join_names

PHRASES = (
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
    "speaker": N_("person"),
    "role": N_("role"),
    "line": N_("strategic line"),
    "pillar": N_("pillar"),
    "kind": N_("kind of event"),
    "country": N_("country"),
    "city": N_("city"),
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


def describe_filters(filters: Filters, labels: Labels, noun: str = "Events") -> str:
    """Describe the selection: "Keynotes by Job Doornberg in May 2025". `noun` is what is selected
    where neither a role nor a kind says so."""

    def name(field: str) -> str:
        return join_names(_labels_of(filters, labels, field), "or")

    subject = _describe_subject(filters, labels) or noun
    if filters.status:
        statuses = join_names(_labels_of(filters, labels, "status"), "or").capitalize()
        subject = _("{statuses} {subject}", statuses=statuses, subject=subject.lower())
    parts = [subject]
    if filters.speaker:
        by_or_with = N_("by {name}") if filters.role else N_("with {name}")
        parts.append(_(by_or_with, name=name("speaker")))
    if filters.role and filters.kind:
        parts.append(_("at events of kind {name}", name=name("kind").lower()))
    parts += [_(phrase, name=name(field)) for field, phrase in PHRASES if getattr(filters, field)]
    if filters.text:
        parts.append(_("mentioning “{text}”", text=filters.text))
    return " ".join([*parts, describe_period(filters)]).strip()


def _labels_of(filters: Filters, labels: Labels, field: str) -> list[str]:
    return [labels.get(field, {}).get(value, value) for value in getattr(filters, field)]


def _describe_subject(filters: Filters, labels: Labels) -> str:
    """Name what the role or else the kind selects, in the plural: "Keynotes or lectures"; longer
    labels and more than two as they are. Empty without either.
    """
    chosen = _labels_of(filters, labels, "role" if filters.role else "kind")
    if len(chosen) > 2 or any(" " in label for label in chosen):
        return join_names(chosen, "or")
    many = [label if label.endswith("s") else f"{label}s" for label in chosen]
    return " or ".join([*many[:1], *(label.lower() for label in many[1:])])


def describe_period(filters: Filters) -> str:
    """Describe the period: "in May 2025", "in May or June 2025", "in 2025"; empty for all years."""
    period = name_period(filters)
    return _("in {period}", period=period) if period else ""


def name_period(filters: Filters) -> str:
    """Name the period: May 2025; May or June 2025; 2025; empty for all years."""
    if filters.month:
        return format_months(filters.month, "or")
    return str(filters.year or "")
