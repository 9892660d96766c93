"""The parts of the Records page: search over everything, tables, definitions, sources, worklist."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.charts.marks import draw_line
from dashboard.charts.markup import Element, make_element
from dashboard.export import record_table
from dashboard.export.csv_files import to_csv
from dashboard.language.messages import N_, _, pgettext
from dashboard.language.numbers import format_integer
from dashboard.model.filters import APPLIES
from dashboard.query import questions
from dashboard.query.metrics import METRICS, Metric
from dashboard.query.quality import TASK_KINDS, Task
from dashboard.query.row_labels import say_label
from dashboard.query.search import SearchResult, search
from dashboard.schema.contract import say_meaning
from dashboard.schema.contract import tables as contract
from dashboard.text.counts import format_count
from dashboard.text.labels import distinguish_list
from dashboard.text.lists import join_names
from dashboard.text.selection import name_filter
from dashboard.ui import caches, elements, state, tables
from dashboard.ui.dialogs.column_names import name_table
from dashboard.ui.markdown import escape
from dashboard.ui.page_blocks import build_value
from dashboard.views.content.events import MAX_ROWS_IN_A_FILE
from dashboard.views.view import View, link_to_record

TABS: Mapping[str, str] = {
    "tables": N_("Tables"),
    "definitions": N_("Definitions"),
    "sources": N_("Sources"),
    "todo": N_("To do"),
}
PAGE_ROWS, MAX_CLAIMS = 500, 2000
OWNING_TABLES = {
    "event_people": "events",
    "event_parties": "events",
    "series_parties": "series",
    "training_parts": "trainings",
    "project_parties": "projects",
    "person_aliases": "people",
    "deviations": "targets",
}
"""Tables without a key of their own: a row opens the record that it belongs to."""


def draw_search(view: View) -> None:
    """Draw the field in which all records are searched, and beneath it those that were found, each to
    be opened.
    """
    st.session_state["find"] = view.extras.get("find", "")
    st.text_input(
        _("Search all records"),
        key="find",
        on_change=state.adopt_widget_value,
        args=("find",),
        max_chars=200,
        placeholder=_("Find: a name, a title, a place"),
        icon=":material/search:",
        label_visibility="collapsed",
    )
    if text := view.extras.get("find"):
        elements.draw_elements(
            view, "found", build_found(text, search(view.version, text, limit=200))
        )


def build_found(text: str, found: SearchResult) -> Element:
    """Build the records that were found, with what was read otherwise than it was typed."""
    more = found.total - len(found.rows)
    heading = (
        _("{records} found for “{text}”", records=format_count(found.total, "record"), text=text)
        if found.total
        else _("Nothing found for “{text}”", text=text)
    )
    advice = _("Try fewer or shorter words.")
    return make_element(
        "section",
        make_element("h2", heading, css="block-heading"),
        *(make_element("p", said, css="note") for said in _say_corrections(found)),
        make_element("ul", *_list_found(found.rows), css="lines") if found.rows else None,
        make_element("p", _("and {n:,} more", n=more) if found.rows else advice, css="more")
        if more or not found.rows
        else None,
        css="block",
    )


def _say_corrections(found: SearchResult) -> Iterator[str]:
    for typed, used in found.corrections.items():
        yield _(
            "Nothing holds “{typed}”; shown is what holds {used}.",
            typed=typed,
            used=join_names(used, "or"),
        )


def _list_found(rows: Sequence[Mapping[str, Any]]) -> Iterator[Element]:
    """List records by labels of which no two are equal, with their tables."""
    said = [say_label(row) for row in rows]
    names, ids = ([row[key] for row in rows] for key in ("table_name", "record_id"))
    labels = distinguish_list([text for text, _lang in said], names, ids)
    for (text, lang), label, name, identity in zip(said, labels, names, ids, strict=True):
        table = name_table(name).replace("_", " ")
        # with more behind it, it is not in one language
        marked = lang if label == text else ""
        yield draw_line(label, table, link_to_record(name, identity), marked)


def draw_tables(view: View) -> None:
    """Draw a table as it is kept, page by page; a chosen row is opened."""
    name = _draw_table_choice(view)
    table, total = contract()[name], view.version.manifest.rows.get(name, 0)
    st.caption(
        _(
            "{meaning} What each column means stands in data/README.md.",
            meaning=escape(say_meaning(table)),
        )
    )
    pages = max(1, -(-total // PAGE_ROWS))
    label = _("Page of {pages}", pages=pages)
    page = st.number_input(label, 1, pages, key=f"page-{name}") if pages > 1 else 1
    rows = questions.browse(view.version, name, PAGE_ROWS, (int(page) - 1) * PAGE_ROWS)
    tables.draw_table(
        view,
        _("{table}: {rows}", table=name_table(name), rows=format_count(total, "row")),
        [{column.name: row[column.name] for column in table.shown_columns} for row in rows],
        [_link_to_row(name, row) for row in rows],
        name,
        csv=partial(record_table.table_to_csv, view.version, name),
        note=_("A file holds the first {n:,} rows.", n=MAX_ROWS_IN_A_FILE)
        if total > MAX_ROWS_IN_A_FILE
        else "",
    )


def _draw_table_choice(view: View) -> str:
    """Draw the choice of a table, which stands in the URL, and return the one that is chosen."""
    rows_of = view.version.manifest.rows
    called = {
        name: f"{name_table(name)} ({format_integer(rows_of.get(name, 0))})" for name in contract()
    }
    chosen = view.extras.get("table", "events")
    st.session_state["table"] = chosen if chosen in called else "events"
    st.selectbox(
        _("Table"),
        list(called),
        key="table",
        on_change=state.adopt_widget_value,
        args=("table",),
        format_func=called.__getitem__,
    )
    return str(st.session_state["table"])


def _link_to_row(name: str, row: Mapping[str, Any]) -> str:
    """Return the link to the record that a row is or belongs to; a term opens nothing."""
    if name == "terms":
        return ""
    if name == "claims":
        return link_to_record(row["table_name"], row["record_id"])
    owner = OWNING_TABLES.get(name, name)
    return link_to_record(owner, str(row[contract()[owner].key[0]]))


def draw_definitions(view: View) -> None:
    """Draw every number: what it counts and what not, how it is worked out, which filters apply."""
    rows = (_build_definition(view, metric) for metric in METRICS.values())
    elements.draw_elements(view, "definitions", make_element("ul", *rows, css="definitions"))


def _build_definition(view: View, metric: Metric) -> Element:
    value = build_value(view.number(metric.name), money=metric.unit == "euro")
    filters = ", ".join(name_filter(name) for name in sorted(APPLIES[metric.table]))
    return make_element(
        "li",
        make_element("h2", make_element("a", metric.label, act=f"why={metric.name}"), " ", value),
        make_element("p", metric.counted),
        make_element("p", _("Not counted: {what}", what=metric.not_counted)),
        make_element("p", _("Worked out: {formula}", formula=metric.formula)),
        make_element("p", _("Belongs to: {calendar}.", calendar=metric.calendar)),
        make_element("p", _("Filters that apply: {filters}.", filters=filters), css="note"),
        make_element(
            "p",
            _("{owner} answers for it; its name is {name}.", owner=metric.owner, name=metric.name),
            css="note",
        ),
        css="definition",
    )


def draw_sources(view: View) -> None:
    """Draw every source, and what it says, in the order of its lines."""
    for source in questions.browse(view.version, "sources"):
        _draw_source(source)
    claims = view.rows("claims_in_order", limit=MAX_CLAIMS)
    total = view.version.manifest.rows.get("claims", 0)
    more = _("The first {n:,} are shown; the file holds more.", n=MAX_CLAIMS)
    tables.draw_table(
        view,
        _("What the sources say: {claims}", claims=format_count(total, "claim")),
        _format_claims(claims),
        [link_to_record(claim["table_name"], claim["record_id"]) for claim in claims],
        "claims",
        csv=partial(_build_claims_csv, view),
        note=more if total > MAX_CLAIMS else "",
        large=(_("Record"),),
    )


def _draw_source(source: Mapping[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            escape(source["title"]),
            key=f"source-{source['source_id']}",
            type="tertiary",
            on_click=state.open_link,
            args=(f"record=sources.{source['source_id']}",),
        )
        origin = ", ".join(str(part) for part in (source["publisher"], source["year"]) if part)
        st.markdown(f":gray[{escape(origin)}]")


def _build_claims_csv(view: View) -> str:
    return to_csv(_format_claims(view.rows("claims_in_order", limit=MAX_ROWS_IN_A_FILE)))


def _format_claims(claims: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return claims as readers see them."""
    heads = {
        "line": pgettext("of a source", "Line"),
        "section": _("Section"),
        "label": _("Record"),
        "stated": _("Stated"),
        "table_name": _("Table"),
        "field": pgettext("of a claim", "About"),
        "stance": _("Stance"),
        "source": _("Source"),
    }
    stances = _name_stances()
    rows = (
        {
            **claim,
            "label": say_label(claim).text,
            "field": claim["field"] or "",
            "stance": stances.get(claim["stance"], claim["stance"]),
        }
        for claim in claims
    )
    return [{head: row[name] for name, head in heads.items()} for row in rows]


def _name_stances() -> dict[str, str]:
    """Name how a claim stands to what the record says."""
    return {
        "stated": _("stated"),
        "added": pgettext("of a claim", "added"),
        "differs": _("differs"),
    }


def draw_worklist(view: View) -> None:
    """Draw what is missing, unknown, disagreeing or double, and what to fill in."""
    tasks = caches.get_worklist(view.version)
    if not tasks:
        st.session_state["todo"] = None
        st.success(_("Nothing is to be mended."), icon=":material/done_all:")
        return
    kind = _draw_kind_choice(view, tasks)
    mine = [task for task in tasks if kind in (None, task.kind)]
    tables.draw_table(
        view,
        _("To do: {matters}", matters=format_count(len(mine), "matter")),
        _format_tasks(mine),
        [link_to_record(task.table, task.record_id) for task in mine],
        "todo",
        large=(_("Record"),),
    )


def _draw_kind_choice(view: View, tasks: Sequence[Task]) -> str | None:
    """Draw the choice of a kind of task, which stands in the URL, and return the one that is
    chosen.
    """
    numbers = Counter(task.kind for task in tasks)
    called = {
        kind: f"{_(label)} {format_integer(numbers[kind])}"
        for kind, label in TASK_KINDS.items()
        if numbers[kind]
    }
    chosen = view.extras.get("by", "")
    st.session_state["todo"] = chosen if chosen in called else None
    st.pills(
        _("Matter"),
        list(called),
        key="todo",
        on_change=state.adopt_widget_value,
        args=("by", "todo"),
        format_func=called.__getitem__,
    )
    found: str | None = st.session_state["todo"]
    return found


def _format_tasks(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    return [
        {
            _("Record"): task.label,
            _("What to do"): task.todo,
            _("What"): task.what,
            _("Matter"): _(TASK_KINDS[task.kind]),
            _("Table"): task.table,
            _("Column"): task.column,
        }
        for task in tasks
    ]


DRAW_TAB: dict[str, Callable[[View], None]] = {
    "tables": draw_tables,
    "definitions": draw_definitions,
    "sources": draw_sources,
    "todo": draw_worklist,
}
