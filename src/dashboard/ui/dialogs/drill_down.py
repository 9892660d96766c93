"""The drill-down panel, “Why this number?”: its definition, its records with the source of each,
and a citation: one panel for all numbers.
"""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from dashboard.charts.markup import Element, make_element
from dashboard.export.csv_files import to_csv, to_spreadsheet_csv
from dashboard.language.messages import _, pgettext
from dashboard.language.nouns import name_noun
from dashboard.model.drill_down import DrillDown, parse_drill_down
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.query.metrics import METRICS, Metric
from dashboard.query.provenance import (
    Evidence,
    collect_evidence,
    format_citation,
    tabulate_evidence,
)
from dashboard.query.targets import Progress
from dashboard.text.lists import join_names
from dashboard.text.selection import describe_filters
from dashboard.text.sentences import capitalise, lower_first
from dashboard.ui import state
from dashboard.ui.dialogs import evidence_rows, share, target_texts
from dashboard.ui.dialogs.record_parts import build_facts
from dashboard.ui.elements import draw_elements
from dashboard.ui.markdown import escape
from dashboard.ui.page_blocks import build_fold
from dashboard.ui.permission import defer, requires
from dashboard.views.content.common import format_statuses
from dashboard.views.content.compared_names import build_changes
from dashboard.views.content.tiles import say_not_filtered
from dashboard.views.view import View

NOUNS: Mapping[str, str] = {
    "events": "event",
    "contributions": "contribution",
    "trainings": "training",
    "projects": "project",
    "funding": "grant",
    "series": "series",
    "partners": "partner",
}
"""The noun of the records behind a number (language.nouns), by their table."""


def open_drill_down(view: View, word: str) -> None:
    """Open the panel of a metric, or of the part of it that a bar, bubble or cell stands for."""
    asked = parse_drill_down(word)
    if asked is None or asked.metric not in METRICS:
        st.toast(_("The number of this link is not known here."), icon=":material/help:")
        return
    metric = METRICS[asked.metric]
    quantity = view.number(metric.name, asked.filters(view.filters))
    title = f"{escape(ask_why(metric, quantity))} :small[:gray[{escape(metric.label)}]]"
    st.dialog(title, width="medium", on_dismiss=state.close_panels)(_draw_panel)(
        view, asked, quantity
    )


def ask_why(metric: Metric, quantity: Quantity) -> str:
    """Ask the question that the panel answers: "Why about 589?"."""
    number = evidence_rows.format_total(metric, quantity)
    if number:
        return _("Why {number}?", number=number)
    return _("Why not known?") if quantity.unknown else _("Why withheld?")


@requires(Role.VIEWER, draws=True)
def _draw_panel(view: View, asked: DrillDown, quantity: Quantity) -> None:
    metric, filters = METRICS[asked.metric], asked.filters(view.filters)
    noun = capitalise(name_noun(NOUNS.get(metric.records, "event")))
    selection = describe_filters(filters.applying_to(metric.table), view.labels, noun).strip()
    records = collect_evidence(view.version, asked, view.filters)
    draw_elements(
        view,
        "panel-why",
        make_element(
            "div",
            *_build_definition(view, metric, quantity, filters, selection),
            build_changes(view, asked),
            *evidence_rows.build_evidence(metric, quantity, records),
            _build_sources(metric, filters, records),
            _build_details(metric),
            css="panel",
        ),
    )
    _draw_files(view, asked, quantity, selection, records)
    state.rerun_if_link_opened()


def _build_definition(
    view: View, metric: Metric, quantity: Quantity, filters: Filters, selection: str
) -> Iterable[Element | None]:
    """Build what is selected, what is counted of it and what is not, and how far its target is."""
    statuses = format_statuses(view, metric.name, filters)
    about = " · ".join(filter(None, (capitalise(selection), statuses)))
    yield make_element("p", about, css="panel-about")
    yield make_element(
        "p",
        _(
            "{counted} Not counted: {not_counted}",
            counted=metric.counted,
            not_counted=lower_first(metric.not_counted),
        ),
        " ",
        evidence_rows.explain_kind(metric, quantity),
        css="panel-text",
    )
    if progress := view.target(metric.name, filters):
        yield _build_target(progress)


def _build_target(progress: Progress) -> Element:
    said = make_element("b", target_texts.format_status(progress))
    lines = target_texts.list_target_lines(progress)
    return make_element(
        "div",
        make_element(
            "p",
            said,
            " ",
            _(
                "{aim}. {sentence}",
                aim=target_texts.format_aim(progress),
                sentence=progress.sentence,
            ),
        ),
        *(make_element("p", line, css="note") for line in lines),
        css="panel-target",
    )


def _build_sources(metric: Metric, filters: Filters, records: Sequence[Evidence]) -> Element | None:
    """Build the line of what the filters leave alone, and who states the records."""
    sources = evidence_rows.name_sources(records)
    said = [
        capitalise(say_not_filtered(metric, filters)),
        _("Source: {sources}", sources=join_names(sources)) if sources else "",
    ]
    text = " · ".join(filter(None, said))
    return make_element("p", text, css="panel-foot") if text else None


def _build_details(metric: Metric) -> Element:
    facts = [
        (_("Worked out"), metric.formula),
        (pgettext("of a number", "Belongs to"), capitalise(metric.calendar)),
        (_("Answers for it"), metric.owner),
    ]
    everything = make_element("a", _("All definitions"), act="page:records?tab=definitions")
    return build_fold(
        _("Definition"), build_facts(facts), make_element("p", everything), key="definition"
    )


def _draw_files(
    view: View, asked: DrillDown, quantity: Quantity, selection: str, records: list[Evidence]
) -> None:
    """Draw what is taken along of a number: its records as a table, and its citation."""
    metric = METRICS[asked.metric]
    with st.container(key="panel-files"):
        with st.expander(_("Cite it")):
            st.code(_cite(view, metric, quantity, selection), language=None, wrap_lines=True)
        if not records:
            return
        st.download_button(
            _("As a table"),
            defer(_build_records_file, records),
            f"{str(asked).replace('~', '-')}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


@requires(Role.VIEWER)
def _build_records_file(records: list[Evidence]) -> bytes:
    return to_spreadsheet_csv(to_csv(tabulate_evidence(records)))


def _cite(view: View, metric: Metric, quantity: Quantity, selection: str) -> str:
    return format_citation(
        metric,
        quantity,
        selection=selection,
        publisher=f"{view.settings.name} ({view.settings.organisation})",
        version=view.version,
        published=view.published_day,
        address=share.build_address(view),
    )
