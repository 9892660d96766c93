"""The drill-down panel, “Why this number?”: its definition, its records with the source of each,
and a citation: one panel for all numbers.
"""

import streamlit as st

from dashboard.export.csv_files import to_csv, to_spreadsheet_csv
from dashboard.model.drill_down import DrillDown, parse_drill_down
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.query.metrics import METRICS, Metric
from dashboard.query.provenance import (
    Evidence,
    collect_evidence,
    describe_reconciliation,
    format_citation,
    tabulate_evidence,
)
from dashboard.text.dates import format_partial_date
from dashboard.text.selection import describe_filters
from dashboard.ui import metric_cards, state, tables
from dashboard.ui.dialogs import share
from dashboard.ui.elements import draw_elements
from dashboard.ui.markdown import escape
from dashboard.ui.permission import defer, requires
from dashboard.views.content.compared_names import build_changes
from dashboard.views.view import View

NOUNS = {
    "events": "Events",
    "contributions": "Contributions",
    "trainings": "Trainings",
    "projects": "Projects",
    "funding": "Grants",
    "series": "Series",
    "partners": "Partners",
}


def open_drill_down(view: View, word: str) -> None:
    """Open the panel of a metric, or of the part of it that a bar, bubble or cell stands for."""
    asked = parse_drill_down(word)
    if asked is None or asked.metric not in METRICS:
        st.toast("The number of this link is not known here.", icon=":material/help:")
        return
    metric = METRICS[asked.metric]
    quantity = view.number(metric.name, asked.filters(view.filters))
    title = escape(f"{metric.label}: {metric.words(quantity)}")
    st.dialog(title, width="large", on_dismiss=state.close_panels)(_draw_panel)(
        view, asked, quantity
    )


@requires(Role.VIEWER, draws=True)
def _draw_panel(view: View, asked: DrillDown, quantity: Quantity) -> None:
    metric, filters = METRICS[asked.metric], asked.filters(view.filters)
    selection = describe_filters(
        filters.applying_to(metric.table), view.labels, NOUNS.get(metric.records, "Events")
    ).strip()
    st.markdown(f"**{escape(selection[0].upper() + selection[1:])}**")
    for note in metric_cards.format_notes(view, metric, quantity, filters):
        st.caption(note)
    draw_elements(view, "why-compared", build_changes(view, asked))
    _draw_definition(metric)
    if progress := view.target(metric.name, filters):
        metric_cards.draw_target(progress)
    records = collect_evidence(view.version, asked, view.filters)
    st.markdown(f"**Records.** {escape(describe_reconciliation(metric, quantity, records))}")
    if records:
        _draw_records(records, asked)
    _draw_citation(view, metric, quantity, selection)
    state.rerun_if_link_opened()


def _draw_definition(metric: Metric) -> None:
    st.markdown(
        f"**Counted.** {metric.counted}  \n**Not counted.** {metric.not_counted}  \n**Worked out.**"
        f" {metric.formula}  \n**Belongs to.** {metric.calendar[0].upper()}{metric.calendar[1:]}. "
        f" \n**Answers for it.** {metric.owner}."
    )


def _draw_records(records: list[Evidence], asked: DrillDown) -> None:
    """Draw the records as rows; one that is chosen is opened."""
    tables.draw_selectable_table(
        _format_records(records),
        [state.link_to_record(e.row["table_name"], e.row["record_id"]) for e in records],
        "why-rows",
        alt="Records behind the number",
        height=320,
        inside=True,
    )
    st.caption("Choose a row to open the record.")
    st.download_button(
        "Download the records",
        defer(_build_records_file, records),
        f"{str(asked).replace('~', '-')}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _format_records(records: list[Evidence]) -> list[dict[str, str]]:
    """Return the rows as they are read, with what differs where anything does."""
    differs = any(e.differing for e in records)
    return [
        {
            "Record": e.row["label"],
            "When": format_dates(e.row["date"]),
            "Counts for": format_contribution(e),
            "Stated in": e.stated,
            **({"But": e.differing} if differs else {}),
        }
        for e in records
    ]


@requires(Role.VIEWER)
def _build_records_file(records: list[Evidence]) -> bytes:
    return to_spreadsheet_csv(to_csv(tabulate_evidence(records)))


def format_dates(date: str | None) -> str:
    """Return the date of a record, or from when to when it runs, as precisely as it is known."""
    return " to ".join(
        part if part == "?" else format_partial_date(part)
        for part in (date or "").split(" to ")
        if part
    )


def format_contribution(record: Evidence) -> str:
    """Return what a record adds to the number: 44; about 400; not known."""
    row = record.row
    if row["value"] is None:
        return "not known" if row["kind"] == "unknown" else "withheld"
    return f"{record.quantity.words()}{' (disputed)' if record.quantity.disputed else ''}"


def _draw_citation(view: View, metric: Metric, quantity: Quantity, selection: str) -> None:
    published = view.published_day
    st.markdown("**Cite it.**")
    st.code(
        format_citation(
            metric,
            quantity,
            selection=selection,
            publisher=f"{view.settings.name} ({view.settings.organisation})",
            version=view.version,
            published=published,
            address=share.build_address(view),
        ),
        language=None,
        wrap_lines=True,
    )
