"""The agenda for slides: at most nine events each, a month not broken where it has no more."""

from collections.abc import Iterator, Sequence

from dashboard.charts.rows import AgendaRow
from dashboard.language.messages import N_, Words, _, emphasize
from dashboard.text.counts import format_count
from dashboard.text.dates import format_month, name_month
from dashboard.text.lists import join_names
from dashboard.views.content import Line, Section
from dashboard.views.content.slides import MAX_LINES, MAX_PARTS

AGENDA = "agenda"
"""The key of these lists; a workbook has the same rows in the table of the events."""


def list_agenda(rows: Sequence[AgendaRow]) -> tuple[Section, ...]:
    """List events for slides; none where there are more than slides of one list may hold: a reader
    chooses a month then, or takes the table along.
    """
    if len(rows) > MAX_LINES * MAX_PARTS:
        return ()
    return tuple(_make_list(group) for group in _pack_months(rows))


def _pack_months(rows: Sequence[AgendaRow]) -> Iterator[list[AgendaRow]]:
    """Put whole months together as far as a slide goes; what has no month stands apart."""
    months: dict[str, list[AgendaRow]] = {}
    for row in rows:
        months.setdefault(row.month, []).append(row)
    undated = months.pop("", [])
    packed: list[AgendaRow] = []
    for month in months.values():
        if packed and len(packed) + len(month) > MAX_LINES:
            yield packed
            packed = []
        packed = [*packed, *month]
    yield from (group for group in (packed, undated) if group)


def _make_list(rows: Sequence[AgendaRow]) -> Section:
    lines = make_agenda_lines(rows)
    return Section(_("Agenda"), lines, key=AGENDA, sentence=_say_when(rows), repeats="events")


def make_agenda_lines(rows: Sequence[AgendaRow]) -> list[Line]:
    """Make a line per row: date, title, who in which role, place."""
    return [
        Line(row.title, row.role or _name_people(row), row.act, row.date, row.place, row.lang)
        for row in rows
    ]


def _name_people(row: AgendaRow) -> str:
    named = [
        _("{name} ({role})", name=one.name, role=one.role) if one.role else one.name
        for one in row.who
    ]
    return join_names(list(dict.fromkeys(named)))


def _say_when(rows: Sequence[AgendaRow]) -> Words:
    events, first, last = format_count(len(rows), "event"), rows[0].month, rows[-1].month
    if not first:
        years = join_names(sorted({row.year for row in rows if row.year}))
        if not years:
            return emphasize(N_("**{events}** without a known day"), events=events)
        words = N_("**{events}** in {years} without a known day")
        return emphasize(words, events=events, years=years)
    if first == last:
        return emphasize(N_("**{events}** in {month}"), events=events, month=format_month(first))
    begin = name_month(first) if first[:4] == last[:4] else format_month(first)
    words = N_("**{events}** from {first} to {last}")
    return emphasize(words, events=events, first=begin, last=format_month(last))
