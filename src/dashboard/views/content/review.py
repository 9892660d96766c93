"""The year in review: to read, to project, to print and to take along."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.markup import Element
from dashboard.charts.outcomes import Outcome
from dashboard.language.messages import N_, _, choose_term, ngettext
from dashboard.model.filters import NOT_STATED
from dashboard.query.metrics import METRICS
from dashboard.query.row_labels import say_label
from dashboard.text.selection import name_period
from dashboard.views.content import Content, Line, Section, Spread, Tile, compare
from dashboard.views.content import review_blocks as blocks
from dashboard.views.content.common import describe_selection
from dashboard.views.content.review_findings import make_lead
from dashboard.views.content.review_spreads import make_spreads, name_pillar
from dashboard.views.content.review_texts import Texts, read_texts
from dashboard.views.content.review_things import TABLES, Things, read_things
from dashboard.views.content.tiles import make_tiles
from dashboard.views.view import View, link_to_record

NUMBERS = (
    "events_held",
    "training_participants",
    "contributors",
    "projects",
    "funding_received",
)
"""Of the whole, on the first slide; on the page each spread has its own."""
NAMES = {
    "events": N_("Events"),
    "series": N_("Series"),
    "trainings": N_("Trainings and modules"),
    "projects": N_("Projects and results"),
}
MAX_ACTIVITIES = 4
"""Of a partner, on its line."""
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the review of a view, or its year beside the one that the link compares."""
    if other := compare.find_other_year(view):
        return compare.content(view, other)
    things, texts, named = read_things(view), read_texts(view), view.rows("highlights")
    spreads = make_spreads(view, things, texts, _list_named(texts, named))
    highlights, lists = blocks.find_highlights(view, texts), list_named(named, things)
    partners = list_partners(view)
    return Content(
        make_title(view),
        make_lead(view, texts),
        make_tiles(view, NUMBERS),
        sections=(
            *list_highlights(highlights),
            *lists,
            *list_by_pillar(view, things, spreads),
            *partners,
        ),
        blocks=_build_blocks(view, texts, highlights, spreads, (*lists, *partners)),
        counted=_list_metrics(spreads),
        spreads=spreads,
        slides=("highlights", *(spread.key for spread in spreads)),
    )


def _list_named(texts: Texts, named: Sequence[Row]) -> list[tuple[str, str]]:
    """List the records of which texts tell, then those that sources name among the highlights."""
    return [*texts.records, *((row["table_name"], row["record_id"]) for row in named)]


def _list_metrics(spreads: Sequence[Spread]) -> tuple[str, ...]:
    """List the metrics of which the review tells, each once."""
    words = [*NUMBERS, *(tile.number for spread in spreads for tile in spread.tiles)]
    return tuple(dict.fromkeys(word.partition("~")[0] for word in words))


def _build_blocks(
    view: View,
    texts: Texts,
    highlights: Sequence[Outcome],
    spreads: Sequence[Spread],
    lists: Sequence[Section],
) -> dict[str, Element | None]:
    built = blocks.build_highlights(highlights, as_sentences=bool(texts.highlights))
    return {
        "above": blocks.build_kicker(view, _say_what(view)),
        "lead": blocks.build_lead_text(texts),
        "left-out": blocks.build_left_out(view),
        "compare": compare.build_invitation(view),
        "highlights": built,
        "contents": blocks.build_contents(spreads, built),
        **{f"list-{section.key}": blocks.build_folded_list(section) for section in lists},
        "notes": blocks.build_notes(_list_metrics(spreads)),
    }


def make_title(view: View) -> str:
    """Title the page: "DASH, 2025 in review"; other filters are said."""
    programme, year = view.settings.short_name, view.filters.year
    if view.filters.chosen == ("year",):
        return _("{programme}, {year} in review", programme=programme, year=str(year))
    if not view.filters.chosen:
        return _("{programme}, all years in review", programme=programme)
    return _(
        "{programme} in review: {selection}",
        programme=programme,
        selection=describe_selection(view, None, within=True),
    )


def _say_what(view: View) -> str:
    """Say of which time it is a review: "2025 in review"."""
    if year := view.filters.whole_year:
        return _("{year} in review", year=str(year))
    period = name_period(view.filters)
    return _("{period} in review", period=period) if period else _("all years in review")


def list_highlights(highlights: Sequence[Outcome]) -> tuple[Section, ...]:
    """List what stands out, for files."""
    lines = [_make_line(one) for one in highlights]
    return (Section(_("Highlights"), lines, key="highlights"),) if lines else ()


def _make_line(one: Outcome) -> Line:
    return Line(one.title, one.note, one.act, lang=one.lang, note_lang=one.note_lang)


def list_named(named: Sequence[Row], things: Things) -> tuple[Section, ...]:
    """List what each source names among its highlights, as far as it is in the selection."""
    within = {thing.key for thing in things.found}
    found: dict[str, list[Line]] = {}
    for row in named:
        key = row["table_name"], row["record_id"]
        if key in within:
            label, lang = say_label(row)
            line = Line(label, link=link_to_record(*key), lang=lang)
            found.setdefault(row["source"], []).append(line)
    return tuple(
        Section(
            _("Named among the highlights of {source}", source=source),
            lines,
            key=f"highlights:{source}",
        )
        for source, lines in found.items()
    )


def list_by_pillar(
    view: View, things: Things, spreads: Sequence[Spread] = ()
) -> tuple[Section, ...]:
    """List what is told of each pillar and what stands under it, and under none what no source places
    under one.
    """
    return tuple(
        section
        for pillar in view.labels["pillar"]
        for section in (
            *(tell_spread(one, pillar) for one in spreads if one.key == f"review-{pillar}"),
            *_list_things(view, things, pillar),
        )
        if section.lines
    )


def tell_spread(spread: Spread, pillar: str) -> Section:
    """Tell the sentences and the numbers of a part of the report as lines, for files."""
    numbers = [Line(tile.label, _describe_tile(tile)) for tile in spread.tiles]
    langs = {"lang": spread.title_lang, "note_lang": spread.text_lang}
    told = [Line(spread.title, spread.text, **langs)] if spread.title else []
    # without a text of its own a part says what is recorded besides the numbers
    besides = [Line(spread.text, lang=spread.text_lang)] if spread.text and not told else []
    lines = [*told, *numbers, *besides]
    return Section(spread.name, lines, key=f"pillar:{pillar}", pillar=pillar)


def _describe_tile(tile: Tile) -> str:
    """Describe the number of a tile, with what stands beside it."""
    metric = METRICS[tile.number.partition("~")[0]]
    return "; ".join(part for part in (metric.words(tile.quantity), tile.qualifier) if part)


def _list_things(view: View, things: Things, pillar: str) -> tuple[Section, ...]:
    chosen = view.filters.pillar
    if chosen and pillar not in chosen:
        return ()
    mine = things.under(None if pillar == NOT_STATED else pillar)
    name, key = name_pillar(view, pillar), f"pillar:{pillar}"
    return tuple(
        Section(
            name,
            [one.line for one in mine if one.table == table],
            _(NAMES[table]),
            key=key,
            pillar=pillar,
        )
        for table in TABLES
    )


def list_partners(view: View) -> tuple[Section, ...]:
    """List partner organisations and what they take part in."""
    found: dict[str, list[Row]] = {}
    for row in view.rows("partner_activities"):
        found.setdefault(row["organisation_id"], []).append(row)
    if not found:
        return ()
    lines = [
        Line(rows[0]["name"], _name_first(rows), f"record=organisations.{identity}")
        for identity, rows in found.items()
    ]
    heading = ngettext("Partner organisation", "Partner organisations", len(lines))
    return (Section(heading, lines, key="partners"),)


def _name_first(activities: Sequence[Row]) -> str:
    """Name the first activities, each once, and hint at more."""
    first = activities[:MAX_ACTIVITIES]
    more = " …" if len(activities) > MAX_ACTIVITIES else ""
    return f"{', '.join(dict.fromkeys(choose_term(row, 'title') for row in first))}{more}"
