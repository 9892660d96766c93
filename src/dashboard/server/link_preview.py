"""The preview of a link in mail and chat: a title and a sentence about what it shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.export.view_export import link_to, list_filters
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import N_, _, choose_term, pgettext
from dashboard.model.drill_down import parse_drill_down
from dashboard.model.filters import FILTER_NAMES
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.query import questions
from dashboard.query.metrics import METRICS, Metric
from dashboard.server import responses
from dashboard.text.dates import format_day
from dashboard.text.selection import describe_filters
from dashboard.text.sentences import capitalise, lower_first
from dashboard.views.view import EXTRAS, View, make_url_pairs, url

PAGE_METRICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("events_held", "trainings_held", "training_participants"),
        "events": ("events_held", "events_planned", "contributors"),
        "map": ("events_held", "countries"),
        "trainings": ("trainings_held", "training_participants"),
        "projects": ("projects", "awards", "funding_received"),
        "people": ("contributors", "contributions"),
        "review": ("events_held", "trainings_held", "training_participants"),
        "changes": ("events_held", "trainings_held", "training_participants"),
    }
)
FOLLOWED = ("", "changes")
"""Pages whose head names the feed of what changed."""
UNFILTERED_WORDS = {
    "records": N_("Every record, definition and source."),
    "publish": N_("Check and publish new records."),
    "meetings": N_("Saved views, in order, for a meeting."),
    "about": N_("Release, accessibility, what is sent where, licences."),
}
CANDIDATE = N_("Not published: records to look at before they are.")
OPENED_RECORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"event": ("events", "title"), "project": ("projects", "title"), "person": ("people", "name")}
)


@dataclass(frozen=True)
class Preview:
    """`url` is the link itself, where the public address is known; `alternates` are type, title and
    relative address of the same selection in other forms.
    """

    title: str
    description: str
    url: str = ""
    alternates: tuple[tuple[str, str, str], ...] = ()


def build_preview(page: str, query: str) -> Preview:
    """Build the preview of a page under a query. Raises StoreError and SettingsError."""
    view, _notices = responses.read_view(page, query, kept=EXTRAS)
    public = view.settings.public_url
    return Preview(
        title=" · ".join([*_find_opened(view), _build_title(view, page), view.settings.short_name]),
        description=(
            _(CANDIDATE)
            if "candidate" in dict(responses.parse_query(query))
            else _build_description(view, page)
        ),
        url=public + link_to(view) if public else "",
        alternates=tuple(_build_alternates(view, page)),
    )


def _build_title(view: View, page: str) -> str:
    name, filters = pgettext("page", PAGES[page]), view.filters
    if page in UNFILTERED:
        return name
    selection = describe_filters(filters, view.labels, name)
    names_something_else = filters.role or filters.kind  # such as "Keynotes in May 2025"
    return f"{name}: {selection}" if names_something_else else selection


def _find_opened(view: View) -> list[str]:
    """Return what is open over the page: a record's title, or a number's name."""
    for name, (table, column) in OPENED_RECORDS.items():
        shown = name in view.extras and (name != "person" or view.settings.profiles)
        if shown and (row := questions.record(view.version, table, view.extras[name])):
            return [choose_term(row, column)]
    asked = parse_drill_down(view.extras.get("why", ""))
    return [METRICS[asked.metric].label] if asked and asked.metric in METRICS else []


def _build_description(view: View, page: str) -> str:
    as_of = _("As of {day}.", day=format_day(view.published_day))
    start = [_("Demo data.")] if view.generated else []
    if page in UNFILTERED:
        return " ".join([*start, _(UNFILTERED_WORDS[page]), as_of])
    shown = [METRICS[name] for name in PAGE_METRICS[page]]
    numbers = ", ".join(filter(None, (_describe_metric(view, metric) for metric in shown)))
    everywhere = [
        name
        for name in view.filters.chosen
        if all(name in view.filters.ignored_by(m.table) for m in shown)
    ]
    unfiltered = (
        [_("Not filtered by {filters}.", filters=list_filters(everywhere))] if everywhere else []
    )
    return " ".join([*start, f"{capitalise(numbers)}.", *unfiltered, as_of])


def _describe_metric(view: View, metric: Metric) -> str:
    """Describe a metric in words, with what it is not filtered by where others are."""
    quantity, planned = view.number(metric.name), metric.name == "events_planned"
    if planned and not quantity.value:
        return ""
    notes = [metric.coverage(quantity)]
    words = metric.words(quantity)
    if quantity.total and not quantity.known:
        label = lower_first(metric.label)
        words = _("{label} {coverage}", label=label, coverage=notes.pop())
    elif planned:
        words = _("{number} planned", number=words)
    if ignored := _list_ignored(view, metric):
        notes.append(_("not filtered by {filters}", filters=list_filters(ignored)))
    notes = [note for note in notes if note]
    return _("{words} ({notes})", words=words, notes="; ".join(notes)) if notes else words


def _list_ignored(view: View, metric: Metric) -> list[str]:
    """Return the filters that this metric ignores and another one of the page does not."""
    others = {
        name
        for n in PAGE_METRICS[view.page]
        for name in view.filters.applying_to(METRICS[n].table).chosen
    }
    return [name for name in view.filters.ignored_by(metric.table) if name in others]


def _build_alternates(view: View, page: str) -> Iterator[tuple[str, str, str]]:
    kept = {name: view.extras[name] for name in responses.ANSWER_PARAMETERS if name in view.extras}
    kept[PARAMETER] = view.language
    pairs = [
        pair
        for pair in make_url_pairs(view.filters, kept)
        if pair[0] in FILTER_NAMES or pair[0] in kept
    ]
    if page == "events":
        yield "text/calendar", _("These events as a calendar"), "." + url("calendar.ics", pairs)
        yield "text/csv", _("These events as CSV"), "." + url("api/rows/events.csv", pairs)
        address = "." + url("api/rows/events.jsonld", pairs)
        yield "application/ld+json", _("These events as linked data"), address
    if page in FOLLOWED:
        title = _("What changed, as a feed")
        yield "application/atom+xml", title, "." + url("changes.atom", pairs)
