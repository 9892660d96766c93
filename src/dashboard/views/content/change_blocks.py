"""The page of what changed as elements: the choice since when, and the changes of each part as
sentences that open what they are about.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from dashboard.charts.marks import draw_empty, draw_fold
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, ngettext
from dashboard.model.filters import NO_FILTERS
from dashboard.publishing.since import PARTS, Change, Since
from dashboard.text.dates import format_day
from dashboard.views.resolve_since import Basis
from dashboard.views.view import DIALOGS, PANELS, View, link_to_record, make_url_pairs, url

MAX_NUMBERS, MAX_SHOWN, MAX_FOLDED = 5, 9, 200
"""Numbers and records of a part that are shown at once, and how many the folds hold."""
PLACE = "\0"
"""Stands in a template of an address for the day that will be chosen."""
FIRST_DAY = "2000-01-01"


def build_blocks(
    view: View, basis: Basis, since: Since, notes: Sequence[str]
) -> dict[str, Element | None]:
    """Build what the page shows, by name: the choice, a block for each part, and what is noted."""
    blocks: dict[str, Element | None] = {
        part: _build_part(since, since.part(part)) for part in PARTS
    }
    return blocks | {
        "choice": build_choice(view, basis),
        "nothing": None if since.has_news or basis.is_first else _build_nothing(view, since),
        "notes": _build_notes(view, since, notes),
    }


# Since when
# ----------------------------------------------------------------------------------------------


def build_choice(view: View, basis: Basis) -> Element:
    """Build the choice since when: the last publication, a kept meeting, or a day."""
    listed = Element(
        "select",
        tuple(_list_options(view, basis)),
        attributes={"data-name": "since", "aria-label": _("Since when")},
    )
    return make_element(
        "div",
        make_element("span", listed, css="pick pick-since"),
        _build_day(view, basis),
        css="since",
        role="group",
        aria_label=_("Since when"),
    )


def _list_options(view: View, basis: Basis) -> Iterator[Element]:
    """List what can be chosen: where each leads, and what is chosen, where that is none of them."""
    asked = view.extras.get("since", "")
    last = format_day(basis.last or basis.day)
    offered = {"": _("Since the last publication ({day})", day=last)}
    for meeting in basis.offered:
        day = format_day(next((on for _id, on in meeting.pins if on), meeting.day))
        offered[meeting.id] = _("Since “{meeting}” ({day})", meeting=meeting.title, day=day)
    if asked not in offered:
        offered[asked] = _("Since {day}", day=format_day(basis.day))
    for value, label in offered.items():
        attributes = {"value": _lead(view, value)}
        yield Element(
            "option",
            (label,),
            attributes=attributes | ({"selected": ""} if value == asked else {}),
        )


def _build_day(view: View, basis: Basis) -> Element:
    """Build the field for a day; what is chosen leads there at once."""
    field = make_element(
        "input",
        id="since-day",
        name="value",
        type="date",
        value=basis.day.isoformat(),
        min=FIRST_DAY,
        max=view.today.isoformat(),
    )
    label = Element("label", (_("or since a day"),), attributes={"for": "since-day"})
    leads = {
        "data-address": _lead(view, PLACE).replace("%00", "{}"),
        "data-without": _lead(view, ""),
    }
    return Element("form", (label, field), css="more-filter since-day", attributes=leads)


def _lead(view: View, since: str) -> str:
    """Say where a choice leads; no panel stays open."""
    closed = dict.fromkeys(DIALOGS, "")
    pairs = make_url_pairs(view.filters, {**view.extras, **closed, "since": since})
    return f".{url(view.page, pairs)}"


# The changes
# ----------------------------------------------------------------------------------------------


def _build_part(since: Since, changes: Sequence[Change]) -> Element | None:
    """Build the changes of a part: its numbers, then its records, each list folded after a few."""
    if not changes:
        return None
    numbers = [one for one in changes if one.kind == "number"]
    others = [one for one in changes if one.kind != "number"]
    more_numbers = ngettext(
        "{n:,} more number", "{n:,} more numbers", max(len(numbers) - MAX_NUMBERS, 0)
    )
    more_others = ngettext("{n:,} more", "{n:,} more", max(len(others) - MAX_SHOWN, 0))
    return make_element(
        "div",
        *_build_list(since, numbers, MAX_NUMBERS, more_numbers),
        *_build_list(since, others, MAX_SHOWN, more_others),
        css="changes",
    )


def _build_list(since: Since, changes: Sequence[Change], most: int, more: str) -> Iterator[Element]:
    rows = [build_row(one, find_act(since, one)) for one in changes[: most + MAX_FOLDED]]
    if rows:
        yield make_element("ul", *rows[:most], css="change-list")
    if rows[most:]:
        left = len(changes) - len(rows)
        beyond = _("and {n:,} more", n=left) if left else ""
        yield draw_fold(
            more,
            make_element("ul", *rows[most:], css="change-list"),
            make_element("p", beyond, css="more") if beyond else None,
        )


def build_row(change: Change, act: str) -> Element:
    """Build a sentence, in which what it is about opens something."""
    pieces: list[Element | str] = []
    for text, strong in change.words():
        if not strong:
            pieces.append(text)
            continue
        title = make_element("a" if act else "b", text, css="name", act=act)
        lang = change.title.lang
        pieces.append(make_element("span", title, lang=lang) if lang else title)
    return make_element("li", *pieces, css=f"change change-{change.kind}")


def find_act(since: Since, change: Change) -> str:
    """Find what a change opens: the records behind a number, a record; one that was removed, as it
    was.
    """
    if change.kind == "number":
        return f"why={change.metric}"
    act = link_to_record(change.table, change.record_id)
    if change.kind != "record" or change.after is not None:
        return act
    page = "events" if change.table in PANELS.values() else "records"
    pin = {"v": since.before.id, "on": since.day_before.isoformat()}
    return f"open:/{page}?{urlencode(pin)}&{act}"


# What is not there, and what is noted
# ----------------------------------------------------------------------------------------------


def _build_nothing(view: View, since: Since) -> Element:
    """Build the line in the place of changes, with the nearest: when something last changed."""
    day = format_day(view.published_day)
    if view.extras.get("since") and since.before.id == view.version.id:
        way = make_element(
            "a", _("The last publication was on {day}.", day=day), act=f"open:{_lead(view, '')[1:]}"
        )
        return make_element("p", way, css="empty")
    return draw_empty(_("The last publication was on {day}.", day=day))


def _build_notes(view: View, since: Since, notes: Sequence[str]) -> Element | None:
    """Build what stands at the foot: what lies outside the filters, and what is to be noted."""
    lines = [make_element("p", note, css="note") for note in notes]
    if since.outside:
        said = ngettext(
            "{n:,} more record differs outside what is chosen.",
            "{n:,} more records differ outside what is chosen.",
            since.outside,
        )
        everything = {**view.extras, **dict.fromkeys(DIALOGS, ""), "period": ""}
        link = url(view.page, make_url_pairs(NO_FILTERS, everything))
        way = make_element("a", _("Show all"), act=f"open:{link}")
        lines.insert(0, make_element("p", f"{said} ", way, css="note"))
    return make_element("div", *lines, css="change-notes") if lines else None
