"""The parts of a review: a spread per pillar, one for what stands under none, and what is next."""

from collections.abc import Iterator, Sequence

from dashboard.charts.marks import draw_fold, draw_line
from dashboard.charts.markup import Element, make_element
from dashboard.charts.outcomes import draw_next_list
from dashboard.language.messages import N_, _, ngettext
from dashboard.model.filters import NOT_STATED
from dashboard.query.metrics import METRICS
from dashboard.text.lists import join_names
from dashboard.text.selection import describe_period
from dashboard.text.sentences import capitalise
from dashboard.views.content import Line, Spread, Tile
from dashboard.views.content.outlook import list_coming, list_next
from dashboard.views.content.review_texts import Text, Texts
from dashboard.views.content.review_things import Thing, Things, rank_things
from dashboard.views.content.tiles import make_tile
from dashboard.views.view import View

OF_PILLAR = (
    "training_participants",
    "modules_developed",
    "events_organised",
    "results",
    "funding_received",
    "projects",
    "projects_coming",
    "funding_elsewhere",
    "series",
    "events_held",
    "trainings_held",
)
OF_NONE = ("events_held", "contributors", "countries", "projects", "series")
"""Numbers of a spread in the order of their weight: the first that are known are shown."""
LABELS = {
    "training_participants": N_("People trained"),
    "events_organised": N_("Events of our own"),
    "events_held": N_("Events"),
}
"""What numbers are called here, where that is not what they are called themselves."""
SAID = ("events_held", "series", "trainings_held", "modules_developed", "projects", "results")
"""Numbers that the sentence of a pillar without a text says, of those that do not stand beside it."""
MAX_NUMBERS, MAX_NAMED, MAX_FOLDED, MAX_NEXT = 3, 6, 100, 6


def make_spreads(
    view: View, things: Things, texts: Texts, named: Sequence[tuple[str, str]]
) -> tuple[Spread, ...]:
    """Make the spreads of a review in the order of the pillars; none of a pillar of which nothing is
    told. `named` are the records that texts and sources name among the highlights, in order.
    """
    chosen = view.filters.pillar
    pillars = [pillar for pillar in view.labels["pillar"] if not chosen or pillar in chosen]
    found = (_make_spread(view, pillar, things, texts, named) for pillar in pillars)
    return (*(spread for spread in found if spread), *_make_next(view))


def _make_spread(
    view: View, pillar: str, things: Things, texts: Texts, named: Sequence[tuple[str, str]]
) -> Spread | None:
    stated = None if pillar == NOT_STATED else pillar
    mine, text = rank_things(things.under(stated), named), texts.pillars.get(pillar)
    tiles = choose_numbers(view, pillar)
    if not (mine or text or tiles):
        return None
    quotes = [quote for quote in texts.quotations if quote.pillar == stated]
    return Spread(
        f"review-{pillar}",
        name_pillar(view, pillar),
        tiles,
        text.title if text else "",
        text.body if text else say_numbers(view, pillar, tiles),
        (
            list_things(mine),
            _lead_to_events(pillar) if things.unlisted else None,
            *map(build_quotation, quotes[:1]),
        ),
        pillar=stated or "none",
        lines=[thing.line for thing in mine[:MAX_NAMED]],
        quotation=_name_quotation(quotes[0]) if quotes else None,
        title_lang=text.title_lang if text else "",
        text_lang=text.body_lang if text else "",
    )


def name_pillar(view: View, pillar: str) -> str:
    """Name a pillar as the heading of its spread; what no source places under one as just that."""
    return _("Under no stated pillar") if pillar == NOT_STATED else view.labels["pillar"][pillar]


def choose_numbers(view: View, pillar: str) -> tuple[Tile, ...]:
    """Choose the three weightiest numbers of a pillar that are known and not zero, of those to which
    the chosen filters apply.
    """
    names = OF_NONE if pillar == NOT_STATED else OF_PILLAR
    words = (f"{name}~pillar.{pillar}" for name in names if _is_filtered(view, name))
    known = [word for word in words if view.number_of(word).value]
    return tuple(_make_tile(view, word) for word in known[:MAX_NUMBERS])


def _is_filtered(view: View, metric: str) -> bool:
    return not view.filters.ignored_by(METRICS[metric].table)


def _make_tile(view: View, word: str) -> Tile:
    label = LABELS.get(word.partition("~")[0], "")
    return make_tile(view, word, _(label) if label else "")


def say_numbers(view: View, pillar: str, tiles: Sequence[Tile]) -> str:
    """Say in a sentence what else is recorded of a pillar, where no text tells of it."""
    shown = {tile.number.partition("~")[0] for tile in tiles}
    within = view.filters.within("pillar", pillar)
    others = [METRICS[name] for name in SAID if name not in shown and _is_filtered(view, name)]
    numbers = [(metric, view.number(metric.name, within)) for metric in others]
    said = [metric.words(number) for metric, number in numbers if number.value]
    if not said:
        return ""
    period = capitalise(describe_period(view.filters))
    if not period:
        return _("Also recorded: {numbers}.", numbers=join_names(said))
    return _("{period} also {numbers}.", period=period, numbers=join_names(said))


def list_things(things: Sequence[Thing]) -> Element | None:
    """List the first things by name in two columns, the others folded."""
    if not things:
        return None
    rest = things[MAX_NAMED:]
    label = ngettext("and {n:,} more", "and {n:,} more", len(rest))
    return make_element(
        "div",
        _build_list(things[:MAX_NAMED]),
        draw_fold(label, _build_list(rest[:MAX_FOLDED]), _count_unlisted(rest)) if rest else None,
        css="things",
    )


def _build_list(things: Sequence[Thing]) -> Element:
    lines = (draw_line(one.title, one.note, one.line.link, one.lang) for one in things)
    return make_element("ul", *lines, css="thing-list")


def _count_unlisted(rest: Sequence[Thing]) -> Element | None:
    """Count those that are too many even for a fold; the files of the pages hold all."""
    number = len(rest) - MAX_FOLDED
    if number <= 0:
        return None
    words = ngettext(
        "and {n:,} more: see Events, Trainings and Projects",
        "and {n:,} more: see Events, Trainings and Projects",
        number,
    )
    return make_element("p", words, css="more")


def _lead_to_events(pillar: str) -> Element:
    """Build the way to the events, where they are too many to be named here."""
    link = make_element("a", _("All events"), act=f"page:events?pillar={pillar}")
    return make_element("p", link, css="spread-way")


def _name_quotation(quotation: Text) -> Line:
    return Line(quotation.body, quotation.title, lang=quotation.body_lang)


def build_quotation(quotation: Text) -> Element:
    """Build somebody's own words, with who said them."""
    return make_element(
        "blockquote",
        make_element("p", quotation.body, lang=quotation.body_lang),
        make_element("small", quotation.title) if quotation.title else None,
        css="quotation",
    )


def _make_next(view: View) -> Iterator[Spread]:
    """Make the spread of what is next; none in the review of a year that is longer ago, or where
    nothing is planned.
    """
    last = view.filters.period()[1]
    if last and last.year < view.today.year - 1:
        return
    if coming := list_next(view):
        chart = draw_next_list(coming, limit=MAX_NEXT)
        lines = list_coming(coming[:MAX_NEXT])
        name, inside = _("What is next"), (chart.markup,)
        yield Spread("review-next", name, inside=inside, is_plain=True, lines=lines)
