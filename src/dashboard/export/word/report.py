"""What the document of a review says, as blocks in order: the page's words and numbers, then tables
of its numbers and of what it counts as an annex.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from dashboard.export.view_export import Export, Number
from dashboard.export.word import passages
from dashboard.export.word.passages import ROW, Passage, make_passage
from dashboard.language.messages import Words, _, choose_term
from dashboard.query import provenance
from dashboard.query.metrics import METRICS
from dashboard.text.counts import format_count
from dashboard.text.records import format_event_dates
from dashboard.text.sentences import lower_first
from dashboard.views.content import Line, Spread, Tile
from dashboard.views.content.agenda import say_place
from dashboard.views.content.common import format_people_of_events, read_people_of
from dashboard.views.content.compare import find_other_year
from dashboard.views.content.events import MAX_EVENTS
from dashboard.views.view import View, find_record

Row = Mapping[str, Any]
Record = tuple[str, str]
LINK = "link"
"""The key of the link, which goes on opening the view."""


@dataclass(frozen=True)
class Table:
    """A table: what it shows, the heads of its columns, how wide they are (parts of the whole), and
    a passage for each row.
    """

    name: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Passage]


Figures = Sequence[Sequence[Passage]]
"""Numbers side by side, each with what it is called and what must be known with it."""
Block = Passage | Table | Figures


def has_document(view: View) -> bool:
    """Return whether a view comes as a document: the review of one selection does."""
    return view.page == "review" and find_other_year(view) is None


def list_passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    """List the passages of blocks in order, each followed by its footnote."""
    for block in blocks:
        match block:
            case Passage():
                found: Iterable[Passage] = [block]
            case Table():
                found = block.rows
            case _:
                found = chain(*block)
        for passage in found:
            yield from filter(None, (passage, passage.footnote))


def make_foot(shown: Export) -> Passage:
    """Make what stands at the foot of every page, before its number."""
    said = _("{programme} · data as of {day}", programme=shown.programme, day=shown.as_of)
    warned = " · ".join([*shown.warnings, said])
    return make_passage(shown, "foot", _("Foot"), warned, style="Footer")


def make_report(shown: Export) -> list[Block]:
    """Make what the document of a review says."""
    return list(_Report(shown).blocks())


class _Report:
    """Makes the blocks. A record that was named has had its footnote, wherever it is named again."""

    def __init__(self, shown: Export) -> None:
        self.shown, self.content, self.view = shown, shown.content, shown.view
        self.cited = set[Record]()
        self.events = self.view.rows("events", limit=MAX_EVENTS + 1)[:MAX_EVENTS]

    def blocks(self) -> Iterator[Block]:
        yield from self._front()
        yield from self._list("highlights")
        for spread in self.content.spreads:
            yield from self._spread(spread)
        yield from self._list("partners")
        yield from self._annex()

    def _text(self, key: str, name: str, style: str, *words: Words | str, **more: Any) -> Passage:
        return make_passage(self.shown, key, name, *words, style=style, **more)

    def _heading(self, level: int, key: str, text: str, **more: Any) -> Passage:
        return self._text(f"heading:{key}", _("Heading"), f"Heading {level}", text, **more)

    def _front(self) -> Iterator[Block]:
        """Begin with what it is, what is found, its numbers, and how the year was."""
        shown = self.shown
        yield self._text("programme", _("Programme"), "Subtitle", shown.programme)
        yield self._text("title", _("Title"), "Title", shown.title)
        for nr, warning in enumerate(shown.warnings):
            yield self._text(f"warning:{nr}", _("Warning"), "Warning", warning)
        yield self._text("lead", _("Finding"), "Headline", self.content.lead)
        for key, style in (("lead", "Lead paragraph"), ("left-out", "Note")):
            if block := self.content.blocks.get(key):
                yield self._text(f"block:{key}", _("Sentences of the year"), style, block.text)
        if self.content.tiles:
            yield self._figures("", self.content.tiles)
        yield self._text("stand", _("Stand of the data"), "Note", " · ".join(shown.stand()))

    def _spread(self, spread: Spread) -> Iterator[Block]:
        """Tell of a part: its name, its title, its numbers, its sentences, the things it names."""
        key, name = spread.key, spread.name
        rule = next(iter(self.view.settings.colours.get(spread.pillar, ())), "")
        yield self._heading(1, key, name, rule=rule)
        if spread.title:
            yield self._heading(2, f"{key}:title", spread.title)
        if spread.tiles:
            yield self._figures(name, spread.tiles)
        if spread.text:
            yield self._text(f"{key}:text", name, "Normal", spread.text)
        yield from self._items(key, spread.lines)
        if said := spread.quotation:
            whose = f"\n{said.note}" if said.note else ""
            yield self._text(f"{key}:quote", name, "Quote", ((said.text, False), (whose, True)))

    def _figures(self, part: str, tiles: Sequence[Tile]) -> Figures:
        columns = []
        for tile in tiles:
            name = _("{part}: {number}", part=part, number=tile.label) if part else tile.label
            number = self.shown.number(tile.number)
            columns.append(passages.make_figure(self.shown, number, name, tile.label))
        labels = iter(passages.share_footnotes([column[1] for column in columns]))
        return [[value, next(labels), *notes] for value, _label, *notes in columns]

    def _list(self, key: str) -> Iterator[Block]:
        for section in self.content.sections:
            if section.key == key:
                yield self._heading(1, key, section.heading)
                yield from self._items(key, section.lines)

    def _items(self, within: str, lines: Sequence[Line]) -> list[Passage]:
        """Make the lines of a list: the name of each, and what is said of it."""
        return passages.share_footnotes([self._item(within, line) for line in lines])

    def _item(self, within: str, line: Line) -> Passage:
        parting = "\n" if line.when or within == "highlights" else " · "
        words: Words = (
            (f"{line.when} · " if line.when else "", False),
            (line.text, True),
            (f"{parting}{line.note}" if line.note else "", False),
        )
        key, record, cited = f"{within}|{line.link or line.text}", find_record(line.link), None
        if record and record not in self.cited:
            self.cited.add(record)
            claims = self.claims.get(record, ())
            cited = passages.make_footnote(self.shown, line.link, line.text, claims)
        return self._text(key, line.text, "List Bullet", words, within=within, footnote=cited)

    @cached_property
    def claims(self) -> Mapping[Record, Sequence[Row]]:
        """What sources state of the records that are named, and of the events."""
        lists = (section.lines for section in self.content.sections)
        named = (spread.lines for spread in self.content.spreads)
        found = {find_record(line.link) for line in chain(*lists, *named)}
        found |= {("events", event["event_id"]) for event in self.events}
        rows = [{"table_name": one[0], "record_id": one[1]} for one in found if one]
        return provenance.read_claims(self.view.version, rows)

    def _annex(self) -> Iterator[Block]:
        yield self._text("heading:annex", _("Heading"), "Annex heading", _("Annex"))
        yield self._heading(2, "numbers", _("The numbers"))
        heads = (_("Number"), _("Value"), _("Known from"), _("What it counts"))
        rows = [self._count(self.shown.number(name)) for name in self.content.counted]
        yield Table(_("Numbers"), heads, (20, 13, 19, 48), rows)
        yield from self._events()
        yield from self._things()
        link = _("The page as it is now: {link}", link=self.shown.link)
        yield self._text(LINK, _("Link"), "Note", link)

    def _row(self, key: str, name: str, *cells: Words | str, **more: Any) -> Passage:
        return make_passage(self.shown, f"{ROW}:{key}", name, *cells, style="Table text", **more)

    def _count(self, number: Number) -> Passage:
        """Make the row of a number: its value, how well it is known, and what it counts."""
        metric = METRICS[number.metric.name]
        known = "; ".join(number.cautions) or _("all records")
        left_out = _("Not counted: {what}", what=metric.not_counted)
        cells = (metric.label, number.short, known, f"{metric.counted} {left_out}")
        beside = {"within": "numbers", "values": (number.shown_value,)}
        return self._row(metric.name, metric.label, *cells, **beside)

    def _events(self) -> Iterator[Block]:
        """List all events of the selection; of very many only the first."""
        if not self.events:
            return
        number = sum(self.view.statuses().values())
        heading = _("{events} by date", events=format_count(number, "event"))
        yield self._heading(2, "events", heading)
        people = format_people_of_events(self.view, read_people_of(self.view, self.events))
        rows = [self._event(event, people.get(event["event_id"], "")) for event in self.events]
        heads = (_("Date"), _("Event"), _("Who"), _("Where"), _("Stated in"))
        yield Table(_("Events"), heads, (13, 32, 24, 16, 15), rows)
        if more := number - len(rows):
            said = _("and {n:,} more, at the link below", n=more)
            yield self._text("events:more", _("Events"), "Note", said)

    def _event(self, event: Row, people: str) -> Passage:
        """Make the row of an event: when, what, who, where, and where it is stated."""
        identity, status, title = event["event_id"], event["status"], choose_term(event, "title")
        known = self.view.name_term("event-status", status)
        unusual = f" ({lower_first(known)})" if status != "held" else ""
        host = f"\n{event['host_event']}" if event["host_event"] else ""
        name: Words = ((title, True), (f"{unusual}{host}", False))
        stated = _say_stated(self.claims.get(("events", identity), ()))
        cells = (format_event_dates(event), name, people, say_place(self.view, event), stated)
        return self._row(f"event:{identity}", title, *cells, within="events")

    def _things(self) -> Iterator[Block]:
        """List the projects and trainings of the page's lists that no part names."""
        named = {line.link for spread in self.content.spreads for line in spread.lines}
        lists = [section.lines for section in self.content.sections if section.group]
        rows = {}
        for line in chain(*lists):
            record = find_record(line.link)
            if record and record[0] in ("projects", "trainings") and line.link not in named:
                stated = _say_stated(self.claims.get(record, ()))
                cells = ((line.text, True),), line.note, stated
                rows[record] = self._row(line.link, line.text, *cells, within="things")
        if rows:
            yield self._heading(2, "things", _("Further projects and trainings"))
            heads = (_("Name"), _("What is known"), _("Stated in"))
            yield Table(_("Projects and trainings"), heads, (44, 33, 23), list(rows.values()))


def _say_stated(claims: Sequence[Row]) -> str:
    """Say the first place where a record is stated."""
    for claim in claims:
        if claim["stance"] == "stated":
            source, line = claim["source"], claim["line"]
            return _("{source}, line {line}", source=source, line=line) if line else str(source)
    return ""
