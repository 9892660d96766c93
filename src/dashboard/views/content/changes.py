"""What changed since the last meeting, the last publication, a day?"""

from collections.abc import Iterator, Sequence

from dashboard.language.messages import N_, Words, _, emphasize
from dashboard.language.numbers import format_integer
from dashboard.publishing.since import (
    CORRECTED,
    HAPPENED,
    KNOWN,
    LOOK_AHEAD,
    PARTS,
    UNSORTED,
    WATCH,
    Change,
    Since,
    make_headline,
    say_day,
    write_text,
)
from dashboard.text.column_names import name_table
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day
from dashboard.text.lists import join_names
from dashboard.text.sentences import capitalise
from dashboard.views.content import Content, Line, Section, Sheet
from dashboard.views.content.change_blocks import build_blocks, find_act
from dashboard.views.resolve_since import Basis
from dashboard.views.view import View, compare_since

NUMBERS = "numbers"
"""Name of the list of the numbers that moved."""
MAX_NUMBERS, MAX_NAMED = 7, 18
"""Numbers, and changes of a part, that slides and documents name: beside the headline, on two slides."""
SENTENCES = {
    HAPPENED: N_("Happened since {day}: **{n}**"),
    KNOWN: N_("Became known since {day}: **{n}**"),
    UNSORTED: N_("Changed since {day}: **{n}**"),
    CORRECTED: N_("Corrected since {day}: **{n}**"),
    WATCH: N_("To watch: **{n}**"),
}
"""What the slide of a part says in large letters."""


def content(view: View) -> Content:
    """Make the page of what changed."""
    basis, since = read_since(view)
    notes = tuple(list_notes(since))
    return Content(
        make_title(basis),
        make_lead(basis, since),
        sections=tuple(_list_sections(since)),
        sheets=_tabulate(since),
        counted=tuple(dict.fromkeys(one.metric.name for one in since.numbers)),
        blocks=build_blocks(view, basis, since, notes),
        slides=(NUMBERS, *PARTS),
    )


def read_since(view: View) -> tuple[Basis, Since]:
    """Read what a view compares with, and what differs."""
    if view.since is None:
        view = compare_since(view)
    assert view.since is not None
    basis = view.since
    found = view.answers.since(basis.before, basis.day, view.version, view.today, view.filters)
    return basis, found


def make_title(basis: Basis) -> str:
    """Name the page by what it compares with."""
    day = format_day(basis.day)
    if basis.meeting:
        return _("What changed since “{meeting}” ({day})", meeting=basis.meeting, day=day)
    return _("What changed since {day}", day=day)


def make_lead(basis: Basis, since: Since) -> Words:
    """Make the headline: what weighs most, or that there is nothing to compare with yet."""
    if basis.is_first:
        return emphasize(N_("These are the **first data**: there is nothing to compare with yet."))
    return make_headline(since)


def write_minutes(view: View) -> str:
    """Write what changed as a text to be copied: the title, the headline, the sentences of each part,
    and what is to be noted.
    """
    basis, since = read_since(view)
    notes = (*basis.notices, *list_notes(since))
    body = write_text(since, lead=make_lead(basis, since), notes=notes)
    return f"{make_title(basis)}\n\n{body}\n"


def list_notes(since: Since) -> Iterator[str]:
    """List what is to be noted: what is counted and not told, and how far ahead was looked."""
    if since.part(WATCH):
        yield _(
            "The day of the next meeting is not recorded: what ends within {days} days is told.",
            days=LOOK_AHEAD.days,
        )
    if since.too_many:
        yield _(
            "So many records differ in {tables} that they are counted only: why is not told.",
            tables=join_names([name_table(name) for name in since.too_many]),
        )
    if since.others:
        counted = [
            _("{n} in {table}", n=format_integer(n), table=name_table(name))
            for name, n in since.others
        ]
        yield _("Records that differ besides: {counted}.", counted=join_names(counted))


def _list_sections(since: Since) -> Iterator[Section]:
    """List the changes for slides and files: the numbers that moved, then what changed in each part."""
    if numbers := since.of_kind("number"):
        lines = _make_lines(since, numbers[:MAX_NUMBERS])
        more = len(numbers) - len(lines)
        yield Section(_("Numbers that moved"), lines, more=more, key=NUMBERS)
    for part, heading in PARTS.items():
        if changes := [one for one in since.part(part) if one.kind != "number"]:
            lines = _make_lines(since, changes[:MAX_NAMED])
            more = len(changes) - len(lines)
            day, number = say_day(since.day_before, since.today), format_integer(len(changes))
            sentence = emphasize(SENTENCES[part], day=day, n=number)
            yield Section(_(heading), lines, more=more, key=part, sentence=sentence)


def _make_lines(since: Since, changes: Sequence[Change]) -> list[Line]:
    return [Line(change.say(), link=find_act(since, change)) for change in changes]


def _tabulate(since: Since) -> Sequence[Sheet]:
    """Tabulate every change for a workbook; no table without any."""
    if not since.changes:
        return ()
    rows = [
        {
            _("Part"): _(PARTS[change.part]),
            _("What changed"): change.say(),
            _("Table"): name_table(change.table) if change.table else "",
        }
        for change in since.changes
    ]
    acts = [find_act(since, change) for change in since.changes]
    links = ["" if act.startswith("open:") else act for act in acts]
    heading = capitalise(format_count(len(rows), "change"))
    return (Sheet("changes", heading, rows, links),)
