"""Given answers: what a steward has answered about the offered files, from one check to the next.

A question is drawn under the key of its answer; pressing “Check again” collects what stands in the
boxes. An answer belongs to the files that it is about: with others it is dropped.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from dashboard.intake.name_answers import NEW_PERSON
from dashboard.intake.parse_result import DateOrder, Separators
from dashboard.intake.reading_options import LEFT_OUT, ReadingOptions, Where
from dashboard.language.messages import N_, _
from dashboard.model.roles import Role
from dashboard.publishing.delivery import CheckedDelivery, StewardAnswers
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires

Key = tuple[Where, str, str, str]
"""File and sheet; what is asked (encoding, table, column, fill, term, ids, dates, amounts, rest);
column; word.
"""
ANSWERED: Mapping[str, str] = {
    "encoding": N_("{where}: its letters are {meant}"),
    "table": N_("{where}: the table is {meant}"),
    "column": N_("{where}: column “{word}” is {meant}"),
    "fill": N_("{where}: empty cells of {column} get {meant}"),
    "term": N_("{where}: “{word}” in {column} is {meant}"),
    "ids": N_("{where}: ids are made of title and day"),
    "dates": N_("{where}: dates are {meant}"),
    "amounts": N_("{where}: amounts are {meant}"),
}
"""What was answered, by what was asked."""
ANSWERED_LEFT_OUT: Mapping[str, str] = {
    "table": N_("{where}: the table is left out"),
    "column": N_("{where}: column “{word}” is left out"),
    "term": N_("{where}: “{word}” in {column} is left out"),
}
"""The same where it is not taken over."""
WAYS: Mapping[DateOrder | Separators, str] = {
    DateOrder.DAY_MONTH: N_("day/month"),
    DateOrder.MONTH_DAY: N_("month/day"),
    Separators.DUTCH: N_("Dutch"),
    Separators.ENGLISH: N_("English"),
}
"""How dates and amounts can be read."""


def read_answers(checked: CheckedDelivery) -> dict[str, dict[Any, Any]]:
    """Return what was answered about these files; answers about other files are dropped."""
    session = st.session_state
    if session.get("answers", {}).get("delivery") != checked.delivery:
        session["answers"] = {
            "delivery": checked.delivery,
            "people": {},
            "places": {},
            "sheets": {},
            "boxes": {},
        }
    kept: dict[str, dict[Any, Any]] = session["answers"]
    return kept


def register_box(checked: CheckedDelivery, key: Key) -> str:
    """Return the session key of the widget that asks this, and remember that it is asked."""
    name = f"ask-{checked.delivery}-{'-'.join(map(str, (*key[0], *key[1:])))}"
    read_answers(checked)["boxes"][key] = name
    return name


def has_questions(checked: CheckedDelivery) -> bool:
    """Return whether anything about these files can be answered on the page."""
    found = read_answers(checked)
    return bool(found["boxes"] or found["people"] or found["places"])


def collect_answers(checked: CheckedDelivery) -> StewardAnswers:
    """Return the answers, with what stands in the boxes just now."""
    found = read_answers(checked)
    for key, name in found["boxes"].items():
        if name in st.session_state:
            value = st.session_state[name]
            if value is None or value is False:
                found["sheets"].pop(key, None)
            else:
                found["sheets"][key] = value
    found["sheets"] |= _leave_out_rest(found["sheets"], found["boxes"])
    found["boxes"] = {}
    people = {name: answer for name, answer in found["people"].items() if answer}
    places = {name: row for name, row in found["places"].items() if row is not None}
    encodings = {key[0][0]: name for key, name in found["sheets"].items() if key[1] == "encoding"}
    return StewardAnswers(people, places, build_readings(found["sheets"]), encodings)


def _leave_out_rest(sheets: Mapping[Key, Any], asked: Iterable[Key]) -> dict[Key, str]:
    """Return the columns of which nothing was said, as left out where the rest is to be."""
    wanted = {key[0] for key, value in sheets.items() if key[1] == "rest" and value}
    return {
        key: LEFT_OUT
        for key in asked
        if key[1] == "column" and key[0] in wanted and key not in sheets
    }


def build_readings(sheets: Mapping[Key, Any]) -> dict[Where, ReadingOptions]:
    """Return how each file and sheet is read by these answers."""
    found: dict[Where, dict[str, Any]] = {}
    for (where, what, column, word), value in sheets.items():
        one = found.setdefault(where, {"columns": {}, "fills": {}, "terms": {}})
        if what == "column":
            one["columns"][word] = value
        elif what == "fill":
            one["fills"][column] = value
        elif what == "term":
            one["terms"].setdefault(column, {})[word.casefold()] = value
        elif what in ("table", "ids", "dates", "amounts"):
            one[what] = value
    return {where: ReadingOptions(**one) for where, one in found.items()}


def draw_given_answers(checked: CheckedDelivery) -> None:
    """Draw what was answered so far and counts when the files are checked again; it can be taken
    back.
    """
    found = read_answers(checked)
    lines = [
        _format_answer(key, value) for key, value in found["sheets"].items() if key[1] != "rest"
    ]
    lines += [
        f"{name}: {_format_person(answer)}" for name, answer in found["people"].items() if answer
    ]
    lines += [
        f"{name}: {_format_place(row)}" for name, row in found["places"].items() if row is not None
    ]
    if not lines:
        return
    with st.expander(_("What you have answered ({n})", n=len(lines)), icon=":material/checklist:"):
        st.markdown("\n".join(f"- {escape(line)}" for line in lines))
        st.button(
            _("Take all answers back"), key=f"back-{checked.delivery}", on_click=forget_answers
        )


def _format_person(answer: str) -> str:
    return _("a new person") if answer == NEW_PERSON else answer


def _format_place(row: Mapping[str, str]) -> str:
    named = ", ".join(row[part] for part in ("venue", "city", "country") if row.get(part))
    return named or row.get("place_id") or _("left out")


def _format_answer(key: Key, value: Any) -> str:
    where, what, column, word = key
    message = ANSWERED_LEFT_OUT[what] if value == LEFT_OUT else ANSWERED[what]
    meant = _(WAYS[value]) if isinstance(value, DateOrder | Separators) else str(value)
    return _(message, where=name_place(where), column=column, word=word, meant=meant)


def name_place(where: Where) -> str:
    """Name a file, with its sheet where it is a workbook."""
    file, sheet = where
    return file if sheet is None else _("{file}, sheet {sheet}", file=file, sheet=sheet)


@requires(Role.STEWARD)
def forget_answers() -> None:
    """Forget what was answered (callback)."""
    st.session_state.pop("answers", None)
