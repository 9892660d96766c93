"""The parts of the Records page: search over everything, tables, definitions, sources, worklist."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.export import record_table
from dashboard.export.csv_files import to_csv
from dashboard.model.filters import APPLIES
from dashboard.query import questions
from dashboard.query.metrics import METRICS
from dashboard.query.quality import KINDS
from dashboard.query.search import search
from dashboard.schema.contract import tables as contract
from dashboard.text.wording import unmixed
from dashboard.text.words import count
from dashboard.ui import caches, metric_cards, state, tables
from dashboard.ui.markdown import escape
from dashboard.views.content.events import MOST_IN_A_FILE
from dashboard.views.view import View

TABS = {"tables": "Tables", "definitions": "Definitions", "sources": "Sources", "todo": "To do"}
PAGE_ROWS, MAX_CLAIMS = 500, 2000
OWNING_TABLES = {
    "event_people": "events",
    "event_parties": "events",
    "series_parties": "series",
    "training_parts": "trainings",
    "project_parties": "projects",
}
"""Tables without a key of their own: a row opens the record that it belongs to."""


def draw_search(view: View) -> None:
    """One box over everything; what it found, each to be opened."""
    st.session_state["find"] = view.extras.get("find", "")
    st.text_input(
        "Search in everything",
        key="find",
        max_chars=200,
        icon=":material/search:",
        placeholder="A name, a title, a place, a word …",
        on_change=state.adopt_widget_value,
        args=("find",),
    )
    if not (text := view.extras.get("find")):
        return
    found = search(view.version, text, limit=200)
    for typed, used in found.corrections.items():
        st.caption(
            f"Nothing holds “{escape(typed)}”; shown is what holds {escape(' or '.join(used))}."
        )
    if not found.total:
        st.info(
            f"Nothing found for “{escape(text)}”. Try fewer or shorter words.",
            icon=":material/search_off:",
        )
        return
    labels = unmixed(
        [row["label"] for row in found.rows],
        [row["table_name"] for row in found.rows],
        [row["record_id"] for row in found.rows],
    )
    shown = [
        {"Record": label, "Table": row["table_name"]}
        for label, row in zip(labels, found.rows, strict=True)
    ]
    links = [state.link_to_record(row["table_name"], row["record_id"]) for row in found.rows]
    more = f", the first {len(shown):,} are shown" if found.total > len(shown) else ""
    st.caption(f"{count(found.total, 'record')} found{more}. Choose a row to open it.")
    tables.draw_selectable_table(shown, links, "found", alt="Records found", height=400)


def draw_tables(view: View) -> None:
    """A table as it is kept, page by page; a chosen row is opened."""
    rows_of = view.version.manifest.rows
    names = list(contract())
    chosen = view.extras.get("table", "events")
    st.session_state["table"] = chosen if chosen in names else "events"
    st.selectbox(
        "Table",
        names,
        key="table",
        on_change=state.adopt_widget_value,
        args=("table",),
        format_func=lambda n: f"{n} ({rows_of.get(n, 0):,})",
    )
    name = st.session_state["table"]
    st.caption(
        f"{escape(contract()[name].meaning)} What each column means stands in data/README.md."
    )
    pages = max(1, -(-rows_of.get(name, 0) // PAGE_ROWS))
    page = st.number_input(f"Page of {pages}", 1, pages, key=f"page-{name}") if pages > 1 else 1
    rows = questions.browse(view.version, name, PAGE_ROWS, (int(page) - 1) * PAGE_ROWS)
    table = contract()[name]
    shown = [{column.name: row[column.name] for column in table.shown_columns} for row in rows]
    owner = OWNING_TABLES.get(name, name)
    key = {"claims": "record_id", "person_aliases": "person_id", "deviations": "target_id"}.get(
        name, contract()[owner].key[0]
    )
    linked = {"person_aliases": "people", "deviations": "targets"}.get(name, owner)
    links = [
        (
            state.link_to_record(row["table_name"], row["record_id"])
            if name == "claims"
            else ""
            if name == "terms"
            else state.link_to_record(linked, str(row[key]))
        )
        for row in rows
    ]
    total = rows_of.get(name, 0)
    note = f"A file holds the first {MOST_IN_A_FILE:,} rows." if total > MOST_IN_A_FILE else ""
    whole = partial(record_table.whole, view.version, name)
    tables.draw_table(
        view, f"{name}: {count(total, 'row')}", shown, links, name, csv=whole, note=note
    )


def draw_definitions(view: View) -> None:
    """Every number: what it counts and what not, how it is worked out, which filters apply."""
    for metric in METRICS.values():
        with st.container(border=True):
            st.markdown(
                f"**{metric.label}**: {metric_cards.format_value(metric, view.number(metric.name))}"
            )
            st.markdown(
                f"{metric.counted} Not counted:"
                f" {metric.not_counted[0].lower()}{metric.not_counted[1:]}  \nWorked out:"
                f" {metric.formula[0].lower()}{metric.formula[1:]} Belongs to: {metric.calendar}."
            )
            st.caption(
                f"Name {escape(metric.name)} · filters that apply:"
                f" {', '.join(name.replace('_', ' ') for name in sorted(APPLIES[metric.table]))} ·"
                f" {metric.owner} answers for it"
            )
            st.button(
                "Why this number?",
                key=f"define-{metric.name}",
                type="tertiary",
                on_click=state.open_link,
                args=(f"why={metric.name}",),
            )


def draw_sources(view: View) -> None:
    """Every source, and what it says, in the order of its lines."""
    for source in questions.browse(view.version, "sources"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                escape(source["title"]),
                key=f"source-{source['source_id']}",
                type="tertiary",
                on_click=state.open_link,
                args=(f"record=sources.{source['source_id']}",),
            )
            st.markdown(
                f":gray[{escape(', '.join(str(p) for p in (source['publisher'], source['year']) if p))}]"
            )
    claims = view.rows("claims_in_order", limit=MAX_CLAIMS)
    total = view.version.manifest.rows.get("claims", 0)
    links = [state.link_to_record(c["table_name"], c["record_id"]) for c in claims]
    tables.draw_table(
        view,
        f"What the sources say: {count(total, 'claim')}",
        _format_claims(claims),
        links,
        "claims",
        csv=lambda: to_csv(_format_claims(view.rows("claims_in_order", limit=MOST_IN_A_FILE))),
        note=(
            f"The first {MAX_CLAIMS:,} are shown; the file holds more."
            if total > MAX_CLAIMS
            else ""
        ),
    )


def _format_claims(claims: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Claims as readers see them."""
    return [
        {
            "Line": c["line"],
            "Section": c["section"],
            "Record": c["label"],
            "Stated": c["stated"],
            "Table": c["table_name"],
            "About": c["field"] or "",
            "Stance": c["stance"],
            "Source": c["source"],
        }
        for c in claims
    ]


def draw_worklist(view: View) -> None:
    """The worklist: what is missing, unknown, disagreeing or double, and what to fill in."""
    tasks = caches.get_worklist(view.version)
    numbers = Counter(task.kind for task in tasks)
    kinds = [kind for kind in KINDS if numbers[kind]]
    chosen = view.extras.get("by", "")
    st.session_state["todo"] = chosen if chosen in kinds else None
    if not tasks:
        st.success("Nothing is to be mended.", icon=":material/done_all:")
        return
    st.pills(
        "Matter",
        kinds,
        key="todo",
        on_change=state.adopt_widget_value,
        args=("by", "todo"),
        format_func=lambda k: f"{KINDS[k]} {numbers[k]}",
    )
    mine = [task for task in tasks if st.session_state["todo"] in (None, task.kind)]
    shown = [
        {
            "Record": t.label,
            "What to do": t.todo,
            "What": t.what,
            "Matter": KINDS[t.kind],
            "Table": t.table,
            "Column": t.column,
        }
        for t in mine
    ]
    tables.draw_table(
        view,
        f"To do: {count(len(mine), 'matter')}",
        shown,
        [state.link_to_record(t.table, t.record_id) for t in mine],
        "todo",
    )


DRAW_TAB: dict[str, Callable[[View], None]] = {
    "tables": draw_tables,
    "definitions": draw_definitions,
    "sources": draw_sources,
    "todo": draw_worklist,
}
