"""The answer to a question, as elements above its page: what was understood and what was not, the
sentence, the named things, what else is possible, and what was left out.
"""

from collections.abc import Iterator, Sequence

from dashboard.asking.answer import Answer
from dashboard.charts.markup import Element, draw_words, make_element
from dashboard.language.messages import _, pgettext
from dashboard.model.filters import FILTER_NAMES
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.ui import asked, elements
from dashboard.ui.asked import Phrase, Question
from dashboard.views.actions import OPEN
from dashboard.views.content import Line
from dashboard.views.view import View

PART = "answer"
"""The part of the page: its name in the browser, too (components/page.js)."""
COLUMNS = {
    "when": "max-content",
    "text": "minmax(0, 1.3fr)",
    "note": "minmax(0, 1fr)",
    "place": "minmax(0, .7fr)",
}
"""What the named things say, in this order, and how wide that is."""


def draw_answer(view: View) -> None:
    """Draw the answer to what was asked last, where its view is shown."""
    question = asked.find_shown(view)
    if question is None:
        return
    part = elements.build_part(view, elements.current_reader(), [build_answer(view, question)])
    elements.draw_part(PART, part, asked.follow_answer)


def build_answer(view: View, question: Question) -> Element:
    """Build the answer of a question. The sentence of one that is that of the page stands in the
    place of the page's own headline (ui/static/site.css).
    """
    answer = question.answer
    stands = asked.leads(answer) and view.page not in UNFILTERED
    return make_element(
        "section",
        make_element("div", *_build_reading(view, answer), css="answer-reading"),
        _build_sentence(view, question, stands=stands),
        build_rows(answer.lines),
        make_element("p", _("and {n:,} more", n=answer.more), css="more") if answer.more else None,
        _build_wider(answer),
        *_build_foot(answer),
        css="answer answer-stands" if stands else "answer",
        aria_label=_("Answer"),
    )


def _build_sentence(view: View, question: Question, *, stands: bool) -> Element:
    words = draw_words(question.answer.lead)
    if not stands:
        return make_element("h2", *words, css="answer-sentence", id=question.identity)
    name = make_element("span", pgettext("page", PAGES[view.page]), css="page-name")
    return make_element(
        "h1", name, make_element("span", *words), css="headline", id=question.identity
    )


# --- what was understood


def _build_reading(view: View, answer: Answer) -> Iterator[Element | None]:
    """Build the chips of what was understood, each with the way back where it is a filter, and of what
    was not.
    """
    if asked.leads(answer) and view.page not in UNFILTERED:
        chips = [_build_chip(view, one) for one in asked.list_phrases(view, answer.reading)]
    else:
        named = (one for one in answer.reading.understood if one.name in FILTER_NAMES)
        chips = [make_element("span", one.label, css="chip") for one in named]
    yield from _build_chips(_("Understood"), chips)
    rest = answer.reading.rest
    left_out = [make_element("span", words, css="chip chip-left-out") for words in rest]
    yield from _build_chips(_("Not understood"), left_out)


def _build_chips(label: str, chips: Sequence[Element]) -> Iterator[Element]:
    if chips:
        yield make_element("span", label, css="answer-label", aria_hidden="true")
        shown = (make_element("li", chip) for chip in chips)
        yield make_element("ul", *shown, css="chips", aria_label=label)


def _build_chip(view: View, phrase: Phrase) -> Element:
    return make_element(
        "a",
        f"{phrase.kind}: ",
        make_element("b", phrase.label),
        make_element("span", "×", css="remove", aria_hidden="true"),
        css="chip",
        act=f"{OPEN}{asked.lead_without(view, phrase).address}",
        title=_("Take back: {filter}", filter=phrase.label),
    )


# --- the named things


def build_rows(lines: Sequence[Line]) -> Element | None:
    """Build named things as rows: date, name, who or what, place; a column of which no line has
    anything is left out.
    """
    if not lines:
        return None
    columns = [name for name in COLUMNS if any(getattr(line, name) for line in lines)]
    rows = (
        make_element("li", *(_build_cell(line, name) for name in columns), css="answer-row")
        for line in lines
    )
    widths = " ".join(COLUMNS[name] for name in columns)
    return make_element("ul", *rows, css="answer-rows", style={"--cells": widths})


def _build_cell(line: Line, name: str) -> Element:
    said = getattr(line, name)
    if name == "text":
        tag = "a" if line.link else "span"
        shown = make_element(tag, said, css="answer-name", act=line.link)
        return make_element("span", shown, css="answer-text", lang=line.lang)
    if name == "place" and not said:
        return make_element("span", _("place not stated"), css="answer-place answer-unstated")
    return make_element("span", said, css=f"answer-{name}", lang=line.note_lang * (name == "note"))


# --- what else, and what not


def _build_wider(answer: Answer) -> Element | None:
    """Build the other readings: those to choose between and examples one under the other, wider ones
    in a line.
    """
    if not answer.wider:
        return None
    links = [
        make_element("a", label, act=act, css="answer-way")
        for (label, _link), act in zip(answer.wider, asked.list_ways(answer), strict=True)
    ]
    if not asked.leads(answer):
        return make_element(
            "ul", *(make_element("li", link) for link in links), css="answer-choices"
        )
    pieces = [piece for link in links for piece in (" · ", link)]
    return make_element("p", _("Also possible:"), " ", *pieces[1:], css="answer-wider")


def _build_foot(answer: Answer) -> Iterator[Element]:
    for note in answer.notes:
        yield make_element("p", note, css="note")
    if answer.metric and asked.leads(answer):
        way = make_element("a", _("Why this number?"), act=f"why={answer.metric}", css="answer-way")
        yield make_element("p", way, css="note answer-why")
