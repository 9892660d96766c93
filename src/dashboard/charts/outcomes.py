"""What came of it, and what is next: short rows of named things."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import Chart
from dashboard.charts.marks import (
    draw_empty,
    draw_fold,
    join_classes,
    make_chart,
    name_pillar_class,
)
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, ngettext, pgettext
from dashboard.text.lists import join_names

MAX_SHOWN = 5


@dataclass(frozen=True)
class Outcome:
    """A result: what it is, what it is for or with whom, its pillar (none where none is stated), and
    what it opens. `lang` and `note_lang` are those of its texts, where they are not the page's.
    """

    title: str
    note: str = ""
    pillar: str | None = None
    act: str = ""
    lang: str = ""
    note_lang: str = ""


@dataclass(frozen=True)
class Upcoming:
    """What is next: when, in words ("2026–2028", "to start"), what, a note, and what it opens."""

    when: str
    title: str
    note: str = ""
    act: str = ""
    lang: str = ""
    note_lang: str = ""


def draw_result_list(results: Sequence[Outcome], *, limit: int = MAX_SHOWN) -> Chart:
    """Draw a row per result, in the order in which they are given; those after `limit` are folded."""
    if not results:
        sentence = _("No results are recorded")
        return make_chart(draw_empty(sentence), sentence, [])
    table = [{_("Result"): result.title, _("What it is for"): result.note} for result in results]
    items = [_draw_result(result) for result in results]
    markup = _draw_items(items, limit, "result-list")
    return make_chart(markup, _name_first(results), table, _link(results))


def draw_next_list(coming: Sequence[Upcoming], *, limit: int = MAX_SHOWN, empty: str = "") -> Chart:
    """Draw a row per thing to come, in the order in which they are given; those after `limit` are
    folded. `empty` is the line for none.
    """
    if not coming:
        sentence = empty or _("Nothing to come is recorded")
        return make_chart(draw_empty(sentence), sentence, [])
    note = pgettext("what is said besides", "Note")
    table = [{_("When"): one.when, _("What"): one.title, note: one.note} for one in coming]
    items = [_draw_upcoming(one) for one in coming]
    markup = _draw_items(items, limit, "next-list")
    return make_chart(markup, _name_first(coming), table, _link(coming))


def _draw_items(items: Sequence[Element], limit: int, css: str) -> Element:
    rest = items[limit:]
    label = ngettext("{n:,} more", "{n:,} more", len(rest))
    return make_element(
        "div",
        make_element("ul", *items[:limit], css=css),
        draw_fold(label, make_element("ul", *rest, css=css)) if rest else None,
        css="outcomes",
    )


def _draw_result(result: Outcome) -> Element:
    pip = join_classes("result-pip", name_pillar_class(result.pillar))
    return make_element(
        "li",
        make_element("span", css=pip, aria_hidden="true"),
        _draw_words(result),
        css="outcome result",
    )


def _draw_upcoming(one: Upcoming) -> Element:
    return make_element(
        "li", make_element("span", one.when, css="next-when"), _draw_words(one), css="outcome next"
    )


def _draw_words(one: Outcome | Upcoming) -> Element:
    tag = "a" if one.act else "span"
    title = make_element(tag, one.title, css="outcome-title", act=one.act, lang=one.lang)
    note = make_element("small", one.note, css="outcome-note", lang=one.note_lang)
    return make_element("span", title, note if one.note else None, css="outcome-words")


def _name_first(found: Sequence[Outcome] | Sequence[Upcoming]) -> str:
    """Name the first three, and how many more there are."""
    names, more = [one.title for one in found[:3]], len(found) - 3
    if more <= 0:
        return join_names(names)
    return ngettext(
        "{names}, and {n:,} more", "{names}, and {n:,} more", more, names=", ".join(names)
    )


def _link(found: Sequence[Outcome] | Sequence[Upcoming]) -> list[tuple[str, str]]:
    return [(one.title, one.act) for one in found if one.act]
