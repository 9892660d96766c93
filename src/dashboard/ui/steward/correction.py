"""One record at a time: the small correction in a meeting, with the same check, preview and
publishing as a file.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.language.messages import _
from dashboard.publishing import delivery
from dashboard.query import questions
from dashboard.schema.contract import Column, Table, say_meaning, tables
from dashboard.ui.markdown import escape
from dashboard.views.view import View

Check = Callable[[View, Mapping[str, bytes]], None]


def draw_correction_form(view: View, word: str, check: Check) -> None:
    """Draw the fields of the record that the link names, as they are kept; `check` gets them as a
    delivery.
    """
    table, _dot, identity = word.partition(".")
    record = questions.record(view.version, table, identity)
    if record is None:
        st.warning(_("The record of this link is not known here."), icon=":material/help:")
        return
    contract = tables()[table]
    st.header(_("Correct one record: {record}", record=escape(identity)), anchor=False)
    with st.form(f"edit-{word}", border=True):
        values = {
            column.name: _draw_field(view, column, record[column.name], word, contract)
            for column in contract.shown_columns
        }
        if st.form_submit_button(_("Check"), type="primary"):
            check(view, delivery.build_record_file(view.store, table, values))
            st.rerun()


def _draw_field(view: View, column: Column, value: object, word: str, contract: Table) -> str:
    """Draw one column and return what it holds now: a list where the contract has one, else text;
    the key cannot be changed.
    """
    key, text = f"edit-{word}-{column.name}", "" if value is None else str(value)
    label, help_text = (
        f"{column.name}{' *' if column.required else ''}",
        say_meaning(column) or None,
    )
    if not column.terms:
        locked = column.name in contract.key
        return str(st.text_input(label, text, key=key, help=help_text, disabled=locked))
    labels = {"": _("not stated")} | view.terms.get(column.terms, {})
    options = list(labels)
    chosen: str = st.selectbox(
        label,
        options,
        index=options.index(text) if text in options else 0,
        key=key,
        help=help_text,
        format_func=labels.__getitem__,
    )
    return chosen


def link_to_correction(table: str, identity: str) -> str:
    """Return the link to the form of a record; empty where a table has no single key."""
    return f"publish?edit={table}.{identity}" if len(tables()[table].key) == 1 else ""
