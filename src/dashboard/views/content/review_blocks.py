"""What stands around the spreads of a review, as elements: its lead, highlights and notes."""

from collections.abc import Sequence

from dashboard.charts.marks import draw_fold, draw_line, join_classes, name_pillar_class
from dashboard.charts.markup import Element, make_element
from dashboard.charts.outcomes import Outcome
from dashboard.model.drill_down import format_drill_down
from dashboard.query.metrics import METRICS
from dashboard.text.messages import _
from dashboard.views.content import Section, Spread
from dashboard.views.content.outlook import list_results
from dashboard.views.content.review_texts import Texts
from dashboard.views.view import View, link_to_record

MAX_HIGHLIGHTS = 8
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
    return make_element("p", texts.lead.body, css="review-lead") if texts.lead else None


def find_highlights(view: View, texts: Texts) -> list[Outcome]:
    """Find what stands out: what the programme says of its highlights, else what came of the period."""
    if not texts.highlights:
        return list_results(view)[:MAX_HIGHLIGHTS]
    return [
        Outcome(
            text.title, text.body, text.pillar, link_to_record(*text.record) if text.record else ""
        )
        for text in texts.highlights
    ]


def build_highlights(highlights: Sequence[Outcome]) -> Element | None:
    """Build what stands out as sentences in two columns, each with the colour of its pillar."""
    if not highlights:
        return None
    return make_element(
        "section",
        make_element("h2", _("Highlights"), css="block-heading"),
        make_element("ul", *map(_build_highlight, highlights), css="highlights"),
        css="block",
        id="review-highlights",
    )


def _build_highlight(one: Outcome) -> Element:
    pip = join_classes("result-pip", name_pillar_class(one.pillar))
    title = one.title if one.title.endswith(SENTENCE_ENDS) else f"{one.title}."
    return make_element(
        "li",
        make_element("span", css=pip, aria_hidden="true"),
        make_element(
            "p",
            make_element("a" if one.act else "b", title, css="name", act=one.act),
            f" {one.note}" if one.note else "",
        ),
        css="highlight",
    )


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
    lines = (draw_line(line.text, line.note, line.link) for line in section.lines)
    label = _("{heading}: {n:,}", heading=section.heading, n=len(section.lines))
    return draw_fold(label, make_element("ul", *lines, css="lines"))


def build_notes(metrics: Sequence[str]) -> Element:
    """Build the notes: what each number of the review counts and leaves out, folded."""
    notes = (_build_note(metric) for metric in metrics)
    return draw_fold(_("What the numbers count"), make_element("ul", *notes, css="review-notes"))


def _build_note(metric: str) -> Element:
    defined = METRICS[metric]
    left_out = _("Not counted: {what}", what=defined.not_counted[:1].lower())
    return make_element(
        "li",
        make_element("a", defined.label, css="name", act=f"why={format_drill_down(metric)}"),
        make_element("small", f"{defined.counted} {left_out}{defined.not_counted[1:]}"),
    )
