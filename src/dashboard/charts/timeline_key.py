"""The key of the marks, and chips of events of which only the year is known: elements of the page."""

from collections.abc import Sequence

from dashboard.charts.event_marks import Look, find_look
from dashboard.charts.event_words import TimelineLabels, shorten_title
from dashboard.charts.lanes import Span
from dashboard.charts.markup import Element, draw_words, make_element
from dashboard.charts.spans import Step, choose_header_step
from dashboard.charts.theme import NO_PILLAR
from dashboard.language.messages import _, choose_text, emphasize, ngettext
from dashboard.model import Row

MAX_CHIPS = 12


def build_key(events: Sequence[Row], span: Span, labels: TimelineLabels) -> Element:
    """Build the key of a timeline: only what occurs among its dated events.

    Each entry has a mark of a class (see Look) and a word; a pillar is a word in its colour.
    """
    dated = [event for event in events if event["date_precision"] in ("day", "month")]
    looks = {find_look(event) for event in dated}
    entries = [_build_entry(look.value, word) for look, word in _name_looks() if look in looks]
    if any(_is_several_days(event) for event in dated):
        entries.append(_build_entry("days", _("several days")))
    if any(event["date_precision"] == "month" for event in dated):
        entries.append(_build_entry("month", _("day not known")))
    entries += _build_pillars(dated, labels)
    if dated and choose_header_step(span) != Step.DAY:
        entries.append(_build_number(choose_header_step(span)))
    return make_element("ul", *entries, css="key")


def _name_looks() -> list[tuple[Look, str]]:
    return [
        (Look.OWN, _("organised by us")),
        (Look.CONTRIBUTED, _("contributed")),
        (Look.UNSTATED, _("our role not stated")),
        (Look.PLANNED, _("planned")),
        (Look.CANCELLED, _("cancelled")),
    ]


def _build_entry(mark: str, word: str) -> Element:
    sign = "×" if mark == Look.CANCELLED.value else ""
    return make_element(
        "li", make_element("span", sign, css=f"mark mark-{mark}", aria_hidden="true"), word
    )


def _is_several_days(event: Row) -> bool:
    last = event["last_day"] or event["first_day"]
    return event["date_precision"] == "day" and bool(event["first_day"] != last)


def _build_pillars(events: Sequence[Row], labels: TimelineLabels) -> list[Element]:
    """Name the pillars that marks are coloured by, and what grey means."""
    coloured = [e for e in events if find_look(e) in (Look.OWN, Look.CONTRIBUTED)]
    found = {event["pillar"] or "" for event in coloured}
    entries = [
        make_element("li", name, css=f"key-pillar pillar-{pillar}")
        for pillar, name in labels.pillars.items()
        if pillar in found - {""}
    ]
    grey = make_element("li", _("grey = no pillar stated"), css=f"key-pillar pillar-{NO_PILLAR}")
    return [*entries, grey] if found - set(labels.pillars) else entries


def _build_number(step: Step) -> Element:
    said = (
        emphasize("year **n** = events that start in it")
        if step == Step.YEAR
        else emphasize("month **n** = events that start in it")
    )
    return make_element("li", *draw_words(said))


def build_year_chips(events: Sequence[Row], words: str) -> Element | None:
    """Build chips of events known by the year only, or by the month, at most twelve, and say how many
    more there are; None without any. `words` say what is known of all of them.
    """
    if not events:
        return None
    more = len(events) - MAX_CHIPS
    rest = ngettext("and {n:,} more", "and {n:,} more", more) if more > 0 else ""
    return make_element(
        "p",
        make_element("span", words, css="chips-label"),
        *(_build_chip(event) for event in events[:MAX_CHIPS]),
        make_element("span", rest, css="chips-more") if rest else None,
        css="year-chips",
    )


def _build_chip(event: Row) -> Element:
    mark = f"mark mark-{find_look(event).value} pillar-{event['pillar'] or NO_PILLAR}"
    sign = "×" if find_look(event) == Look.CANCELLED else ""
    title, lang = choose_text(event, "title")
    return make_element(
        "a",
        make_element("span", sign, css=mark, aria_hidden="true"),
        shorten_title(event),
        css="year-chip",
        act=f"event={event['event_id']}",
        title=title,
        lang=lang,
    )
