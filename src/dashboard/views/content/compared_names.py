"""Which records came and which went between two years that are compared, by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.markup import Element, draw_said, make_element
from dashboard.language.messages import Said, _, ngettext
from dashboard.language.numbers import format_integer
from dashboard.model import Row
from dashboard.model.drill_down import DrillDown
from dashboard.query.comparison import is_running, same_day
from dashboard.query.metrics import METRICS
from dashboard.query.row_labels import say_label
from dashboard.views.content.compare import find_other_year
from dashboard.views.view import View, link_to_record

MAX_READ, MAX_NAMED = 2000, 60
"""Records of a year: more are neither compared nor named; and those of one list."""


@dataclass(frozen=True)
class Changes:
    """The records of a number in a year and in the other one: only there, or in both. None were read
    where there are too many.
    """

    year: int
    other: int
    came: Sequence[Row] = ()
    went: Sequence[Row] = ()
    stayed: int = 0
    too_many: bool = False


def find_changes(view: View, asked: DrillDown) -> Changes | None:
    """Find the records behind a number that one year has and the other has not; None where the link
    compares no years.
    """
    year, other = view.filters.whole_year, find_other_year(view)
    if year is None or other is None:
        return None
    now, before = _read_records(view, asked, year, other), _read_records(view, asked, other, year)
    if len(now) > MAX_READ or len(before) > MAX_READ:
        return Changes(year, other, too_many=True)
    came = [row for key, row in now.items() if key not in before]
    went = [row for key, row in before.items() if key not in now]
    return Changes(year, other, came, went, len(now) - len(came))


def _read_records(
    view: View, asked: DrillDown, year: int, other: int
) -> dict[tuple[str, str, str], Row]:
    """Read the records of a number in a year that count for it: up to the same day where one of the
    two years runs.
    """
    metric, filters = METRICS[asked.metric], asked.filters(view.filters).within("year", str(year))
    latest = max(year, other)
    if is_running(latest, view.today):
        filters = filters.with_(until=same_day(year, view.today))
    rows = view.rows(
        metric.records_question, filters, limit=MAX_READ + 1, offset=0, **metric.params
    )
    return {
        (row["table_name"], row["record_id"], row["label"]): row
        for row in rows
        if row["value"] is not None
    }


def build_changes(view: View, asked: DrillDown) -> Element | None:
    """Build the lists of what came and what went, for the panel of a number; None where the link
    compares no years.
    """
    found = find_changes(view, asked)
    if found is None:
        return None
    if found.too_many:
        return make_element("p", _("Too many records to name what came and went."), css="note")
    stayed = ngettext("{n:,} in both years", "{n:,} in both years", found.stayed)
    return make_element(
        "div",
        _build_list(view, _("Only in {year}", year=found.year), found.came),
        _build_list(view, _("Only in {year}", year=found.other), found.went),
        make_element("p", stayed, css="note") if found.stayed else None,
        css="came-and-went",
    )


def _build_list(view: View, heading: str, rows: Sequence[Row]) -> Element:
    named = [make_element("li", _build_name(view, row)) for row in rows[:MAX_NAMED]]
    rest = len(rows) - len(named)
    if rest > 0:
        named.append(make_element("li", _("and {n:,} more", n=rest), css="more"))
    return make_element(
        "section",
        make_element("h3", f"{heading}: ", make_element("b", format_integer(len(rows)))),
        make_element("ul", *named) if named else make_element("p", _("none"), css="note"),
    )


def _build_name(view: View, row: Row) -> Element | str:
    table, identity = row["table_name"], row["record_id"]
    closed = table == "people" and not view.settings.profiles
    act = "" if closed else link_to_record(table, identity)
    label, lang = say_label(row)
    return make_element("a", label, act=act, lang=lang) if act else draw_said(Said(label, lang))
