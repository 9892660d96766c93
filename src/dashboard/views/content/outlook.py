"""What came of a period, and what is next: named things, in the words that the programme keeps of
them, else in those of their records.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.charts.outcomes import Outcome, Upcoming
from dashboard.language.messages import Said, _, choose_text
from dashboard.language.numbers import format_euro
from dashboard.model.quantity import make_quantity, qualify
from dashboard.query.metrics import METRICS, is_metric
from dashboard.text.dates import abbreviate_month
from dashboard.text.placeholders import fill_placeholders
from dashboard.text.sentences import lower_first
from dashboard.text.titles import choose_name
from dashboard.views.content import Line
from dashboard.views.content.agenda import say_place
from dashboard.views.view import View, link_to_record

MAX_LISTED = 40
Row = Mapping[str, Any]


def fill_text(view: View, text: str) -> str:
    """Fill in the numbers that a kept text names, with how well they are known."""

    def describe(word: str) -> str:
        if not is_metric(word):
            return "…"
        quantity, metric = view.number_of(word), METRICS[word.partition("~")[0]]
        return metric.words(quantity)

    return fill_placeholders(text, describe)


def list_results(view: View) -> list[Outcome]:
    """List what came of the period, the weightiest first."""
    return [_make_result(view, row) for row in view.rows("results_of_period", limit=MAX_LISTED)]


def _make_result(view: View, row: Row) -> Outcome:
    (title, lang), (note, note_lang) = _name(view, row), _read_text(view, row, "text_body")
    return Outcome(
        title,
        note or _describe_result(view, row),
        row["pillar"],
        link_to_record(row["table_name"], row["record_id"]),
        lang,
        note_lang,
    )


def _read_text(view: View, row: Row, name: str) -> Said:
    """Read what is kept about a record; empty where nothing is."""
    text, lang = choose_text(row, name)
    return Said(fill_text(view, text), lang)


def _name(view: View, row: Row) -> Said:
    """Name a record by the kept text about it, else by its own short or whole title."""
    kept = _read_text(view, row, "text_title")
    return kept if kept.text else choose_name(row)


def _describe_result(view: View, row: Row) -> str:
    """Say of a record without a kept text what it is: its status, or the amount and whose it is."""
    if row["table_name"] != "funding":
        return lower_first(view.terms["project-status"].get(row["status"] or "", ""))
    quantity = make_quantity(row["amount_eur"], row["amount_kind"])
    amount = qualify(quantity.kind, format_euro(row["amount_eur"]))
    return amount if row["is_ours"] else _("{amount}; not our money", amount=amount)


def list_next(view: View) -> list[Upcoming]:
    """List what is next: by date, then what has none."""
    rows = view.rows("what_is_next", today=view.today, limit=MAX_LISTED)
    return [_make_upcoming(view, row) for row in rows]


def _make_upcoming(view: View, row: Row) -> Upcoming:
    (title, lang), (note, note_lang) = _name(view, row), _read_text(view, row, "text_body")
    return Upcoming(
        _say_when(view, row),
        title,
        note or say_place(view, row),
        link_to_record(row["table_name"], row["record_id"]) if row["record_id"] else "",
        lang,
        note_lang,
    )


def list_coming(coming: Sequence[Upcoming]) -> list[Line]:
    """List what is next as lines, for slides and files."""
    return [
        Line(one.title, one.note, one.act, one.when, lang=one.lang, note_lang=one.note_lang)
        for one in coming
    ]


def _say_when(view: View, row: Row) -> str:
    """Say when, as precisely as it is known; without a date where it stands: to start, in progress."""
    start, end = row["start_date"], row["end_date"]
    if start and end and len(start) == len(end) == 4 and start != end:
        return f"{start}–{end}"
    if start or end:
        return _say_date(start or end, view.today)
    if row["status"] == "in-development":
        return _("in progress")
    return _("to start") if row["table_name"] == "projects" else _("undated")


def _say_date(value: str, today: date) -> str:
    """Say a day or month in short, with its year where that is not the present one: 1 Dec; Jan 2027;
    2027.
    """
    if len(value) < len("2027-01"):
        return value
    words = abbreviate_month(value[:7])
    if len(value) == len("2027-01-01"):
        words = _("{day} {month}", day=int(value[8:]), month=words)
    other = value[:4] != str(today.year)
    return _("{date} {year}", date=words, year=value[:4]) if other else words
