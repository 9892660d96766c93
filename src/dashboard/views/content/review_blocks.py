"""What stands around the spreads of a review, as elements: its lead, highlights and notes."""

from collections.abc import Sequence

from dashboard.charts.marks import draw_fold, draw_line, join_classes, name_pillar_class
from dashboard.charts.markup import Element, draw_said, make_element
from dashboard.charts.outcomes import Outcome
from dashboard.language.messages import Said, _
from dashboard.language.nouns import name_noun
from dashboard.model.drill_down import format_drill_down
from dashboard.query.metrics import METRICS
from dashboard.text.lists import join_names
from dashboard.views.content import Section, Spread
from dashboard.views.content.outlook import list_results
from dashboard.views.content.review_texts import Texts
from dashboard.views.content.review_things import list_left_out
from dashboard.views.view import View, link_to_record

MAX_HIGHLIGHTS = 8
LEFT_OUT = {
    "events": "event",
    "series": "series",
    "trainings": "training",
    "projects": "project",
}
"""The noun for what a table holds."""
SENTENCE_ENDS = (".", "?", "!", "…")


def build_kicker(view: View, title: str) -> Element:
    """Build the small line above the headline: whose report it is, and of what."""
    return make_element(
        "p",
        _(
            "{name}, {organisation} · {title}",
            name=view.settings.name,
            organisation=view.settings.organisation,
            title=title,
        ),
        css="kicker",
    )


def build_lead_text(texts: Texts) -> Element | None:
    """Build the sentences with which the year begins."""
    if not texts.lead:
        return None
    return make_element("p", texts.lead.body, css="review-lead", lang=texts.lead.body_lang)


def find_highlights(view: View, texts: Texts) -> list[Outcome]:
    """Find what stands out: what the programme says of its highlights, else what came of the years
    that are shown; nothing of single months, by which results are not dated.
    """
    if not texts.highlights:
        return [] if view.filters.month else list_results(view)[:MAX_HIGHLIGHTS]
    return [
        Outcome(
            text.title,
            text.body,
            text.pillar,
            link_to_record(*text.record) if text.record else "",
            text.title_lang,
            text.body_lang,
        )
        for text in texts.highlights
    ]


def build_highlights(highlights: Sequence[Outcome], *, as_sentences: bool) -> Element | None:
    """Build what stands out in two columns, each with the colour of its pillar; names with their notes
    `as_sentences`, where they were written so.
    """
    if not highlights:
        return None
    return make_element(
        "section",
        make_element("h2", _("Highlights"), css="block-heading"),
        make_element(
            "ul",
            *(_build_highlight(one, as_sentences=as_sentences) for one in highlights),
            css="highlights",
        ),
        css="block",
        id="review-highlights",
    )


def _build_highlight(one: Outcome, *, as_sentences: bool) -> Element:
    pip = join_classes("result-pip", name_pillar_class(one.pillar))
    ends = not as_sentences or one.title.endswith(SENTENCE_ENDS)
    title, parting = one.title if ends else f"{one.title}.", " " if as_sentences else " · "
    return make_element(
        "li",
        make_element("span", css=pip, aria_hidden="true"),
        make_element(
            "p",
            make_element("a" if one.act else "b", title, css="name", act=one.act, lang=one.lang),
            *_draw_note(one, parting),
        ),
        css="highlight",
    )


def _draw_note(one: Outcome, parting: str) -> Sequence[Element | str]:
    if not one.note_lang:
        return (f"{parting}{one.note}",) if one.note else ()
    return parting, draw_said(Said(one.note, one.note_lang))


def build_left_out(view: View) -> Element | None:
    """Build the line that says of what a chosen filter does not tell; None where all are told of."""
    names = [name_noun(LEFT_OUT[table]) for table in list_left_out(view)]
    if not names:
        return None
    words = _(
        "Not told here, because a chosen filter does not apply to them: {tables}",
        tables=join_names(names),
    )
    return make_element("p", words, css="note left-out")


def build_contents(spreads: Sequence[Spread], highlights: Element | None) -> Element | None:
    """Build the contents: a way to each spread; none where there is little to go to."""
    goals = [(spread.key, spread.name) for spread in spreads]
    if highlights:
        goals.insert(0, ("review-highlights", _("Highlights")))
    if len(goals) < 2:
        return None
    links = (make_element("li", make_element("a", name, href=f"#{key}")) for key, name in goals)
    return make_element("nav", make_element("ol", *links), css="contents", aria_label=_("Contents"))


def build_folded_list(section: Section) -> Element:
    """Build a list as one line that opens it."""
    lines = (draw_line(line.text, line.note, line.link, line.lang) for line in section.lines)
    label = _("{heading}: {n:,}", heading=section.heading, n=len(section.lines))
    return draw_fold(label, make_element("ul", *lines, css="lines"))


def build_notes(metrics: Sequence[str]) -> Element:
    """Build the notes: what each number of the review counts and leaves out, folded."""
    notes = (_build_note(metric) for metric in metrics)
    return draw_fold(_("What the numbers count"), make_element("ul", *notes, css="review-notes"))


def _build_note(metric: str) -> Element:
    defined = METRICS[metric]
    said = _(
        "{counted} Not counted: {not_counted}",
        counted=defined.counted,
        not_counted=defined.not_counted[:1].lower() + defined.not_counted[1:],
    )
    return make_element(
        "li",
        make_element("a", defined.label, css="name", act=f"why={format_drill_down(metric)}"),
        make_element("small", said),
    )
