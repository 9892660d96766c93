"""The facts of a timeline without its picture: as a table, as links, and as plain bars."""

from collections.abc import Sequence

from dashboard.charts import Bars
from dashboard.charts.event_counts import Column
from dashboard.charts.event_marks import Look
from dashboard.charts.event_words import TimelineLabels, say_status
from dashboard.charts.lanes import Span
from dashboard.charts.marks import say_value
from dashboard.charts.periods import Period
from dashboard.charts.spans import Step, choose_header_step, count_months
from dashboard.charts.theme import Palette
from dashboard.language.messages import _, choose_term, ngettext
from dashboard.model import Row
from dashboard.text.records import format_event_dates, format_event_place


def tabulate_event(event: Row, labels: TimelineLabels) -> Row:
    """Give the row of an event in the table beside the picture."""
    people = ", ".join(
        f"{row['name']} ({labels.roles.get(row['role'], row['role']).lower()})"
        for row in labels.people.get(event["event_id"], ())
    )
    return {
        _("When"): format_event_dates(event),
        _("Event"): choose_term(event, "title"),
        _("Who"): people,
        _("Where"): format_event_place(event),
        _("Kind"): labels.kinds.get(event["kind"] or "", _("not stated")),
        _("Our role"): labels.our_roles.get(event["our_role"] or "", _("not stated")),
        _("Status"): say_status(event["status"]),
    }


def tabulate_columns(columns: Sequence[Column]) -> list[Row]:
    """Give the table of events that are counted only: a row per month or year."""
    return [
        {
            _("When"): column.part.said,
            _("Events"): column.total,
            _("Organised by us"): column.of(Look.OWN),
            _("Contributed"): column.of(Look.CONTRIBUTED),
            _("Role not stated"): column.of(Look.UNSTATED),
            _("Planned"): column.of(Look.PLANNED),
        }
        for column in columns
    ]


def list_links(
    events: Sequence[Row], columns: Sequence[Column], periods: Sequence[Period]
) -> list[tuple[str, str]]:
    """List what every mark, column and period opens."""
    links = [
        (
            say_value(format_event_dates(event), choose_term(event, "title")),
            f"event={event['event_id']}",
        )
        for event in events
    ]
    links += [(column.words, column.part.link) for column in columns if column.part.link]
    return links + [(period.label, period.link) for period in periods if period.link]


def choose_bar_step(span: Span) -> Step:
    """Choose what a bar of the plain chart stands for."""
    if choose_header_step(span) == Step.DAY:
        return Step.WEEK
    return Step.MONTH if count_months(span) <= 24 else Step.YEAR


def list_bars(columns: Sequence[Column], colours: Palette, undated: int = 0) -> Bars | None:
    """List the months for a program that draws its own bars; the names stand in the table. Of
    `undated` events no month is known; None where no month has any.
    """
    note = ngettext(
        "{n:,} event is known by the year only, and is in none of the bars",
        "{n:,} events are known by the year only, and are in none of the bars",
        undated,
    )
    looks = {
        Look.OWN: (_("Organised by us"), colours.accent),
        Look.CONTRIBUTED: (_("Contributed"), colours.contributed),
        Look.UNSTATED: (_("Role not stated"), colours.no_pillar),
        Look.PLANNED: (_("Planned"), colours.context),
    }
    series = [
        (name, [column.of(look) for column in columns], colour)
        for look, (name, colour) in looks.items()
        if any(column.of(look) for column in columns)
    ]
    if not series:
        return None
    return Bars([column.part.name for column in columns], series, note=note if undated else "")
