"""What the document of a review says, as blocks in order: the page's words and numbers, then tables
of its numbers and of all events as an annex.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.export.view_export import Export, Number
from dashboard.export.word.annex import make_event_rows, make_number_row
from dashboard.export.word.passages import (
    Passage,
    make_figure,
    make_footnote,
    make_text,
)
from dashboard.export.word.sources import say_sources
from dashboard.query import provenance
from dashboard.query.metrics import METRICS
from dashboard.text.counts import format_count
from dashboard.text.messages import Words, _, ngettext
from dashboard.views.content import Line, Spread, Tile
from dashboard.views.content.compare import find_other_year
from dashboard.views.content.events import MAX_EVENTS
from dashboard.views.view import View, find_record

Row = Mapping[str, Any]
MAX_ALSO = 24
"""Things of a spread that are named besides the first; the others are counted."""
TITLE, SUBTITLE, HEADLINE, LEAD, NOTE, BODY, QUOTE, WARNING, BULLET, FOOT = (
    "Title",
    "Subtitle",
    "Headline",
    "Lead paragraph",
    "Note",
    "Normal",
    "Quote",
    "Warning",
    "List Bullet",
    "Footer",
)
"""Names of styles: Word's own where it has one, so that a template of the house has them too."""
HEADING = "Heading {level}"
LINK = "link"
"""The key of the link, which goes on opening the view."""


@dataclass(frozen=True)
class Paragraph:
    """A passage in the style of that name; `pillar` is the id of the pillar that a heading is about,
    `begins_page` what begins on a new page.
    """

    style: str
    passage: Passage
    pillar: str = ""
    begins_page: bool = False


@dataclass(frozen=True)
class Figures:
    """Numbers side by side, each with what it is called and what must be known with it."""

    columns: Sequence[tuple[Passage, Passage, Passage | None]]


@dataclass(frozen=True)
class Table:
    """A table: what it shows, the heads of its columns, how wide they are (parts of the whole), and
    a passage for each row.
    """

    name: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Passage]


Block = Paragraph | Figures | Table


def has_document(view: View) -> bool:
    """Return whether a view comes as a document: the review of one selection does."""
    return view.page == "review" and find_other_year(view) is None


def list_passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    """List the passages of blocks in order, each followed by its footnote."""
    for block in blocks:
        for passage in _list_of_block(block):
            yield from filter(None, (passage, passage.footnote))


def _list_of_block(block: Block) -> list[Passage]:
    match block:
        case Paragraph():
            return [block.passage]
        case Figures():
            return [passage for column in block.columns for passage in column if passage]
        case Table():
            return list(block.rows)


def make_foot(shown: Export) -> Passage:
    """Make what stands at the foot of every page, before its number."""
    said = _("{programme} · data as of {day}", programme=shown.programme, day=shown.as_of)
    warned = " · ".join([*shown.warnings, said])
    return make_text(shown, "foot", _("Foot"), warned)


def make_report(shown: Export) -> list[Block]:
    """Make what the document of a review says."""
    return list(_Report(shown).blocks())


class _Report:
    """Makes the blocks. A record that was named has had its footnote, wherever it is named again."""

    def __init__(self, shown: Export) -> None:
        self.shown, self.content, self.view = shown, shown.content, shown.view
        self.cited, self.numbers = set[tuple[str, str]](), dict[str, Number]()

    def blocks(self) -> Iterator[Block]:
        yield from self._front()
        for section in self.content.sections:
            if section.key == "highlights":
                yield from self._list(section.heading, "highlights", section.lines, "\n")
        for spread in self.content.spreads:
            yield from self._spread(spread)
        for section in self.content.sections:
            if section.key == "partners":
                yield from self._list(section.heading, "partners", section.lines)
        yield from self._annex()

    def _text(self, style: str, key: str, name: str, words: Words | str, **more: Any) -> Paragraph:
        return Paragraph(style, make_text(self.shown, key, name, words), **more)

    def _heading(self, level: int, key: str, text: str, **more: Any) -> Paragraph:
        return self._text(HEADING.format(level=level), f"heading:{key}", _("Heading"), text, **more)

    def _front(self) -> Iterator[Block]:
        """Begin with what it is, what is found, its numbers, and how the year was."""
        shown = self.shown
        yield self._text(SUBTITLE, "programme", _("Programme"), shown.programme)
        yield self._text(TITLE, "title", _("Title"), shown.title)
        for nr, warning in enumerate(shown.warnings):
            yield self._text(WARNING, f"warning:{nr}", _("Warning"), warning)
        yield self._text(HEADLINE, "lead", _("Finding"), self.content.lead)
        for key, style in (("lead", LEAD), ("left-out", NOTE)):
            block = self.content.blocks.get(key)
            if block:
                yield self._text(style, f"block:{key}", _("Sentences of the year"), block.text)
        if self.content.tiles:
            yield self._figures("", self.content.tiles)
        yield self._text(NOTE, "stand", _("Stand of the data"), " · ".join(shown.stand()))

    def _spread(self, spread: Spread) -> Iterator[Block]:
        """Tell of a part: its name, its title, its numbers, its sentences, the things it names."""
        yield self._heading(1, spread.key, spread.name, pillar=spread.pillar)
        if spread.title:
            yield self._heading(2, f"{spread.key}:title", spread.title)
        if spread.tiles:
            yield self._figures(spread.name, spread.tiles)
        if spread.text:
            yield self._text(BODY, f"{spread.key}:text", spread.name, spread.text)
        for line in spread.lines:
            yield self._item(spread.key, line, " · " if not line.when else "\n")
        if rest := self._list_rest(spread):
            yield self._text(NOTE, f"{spread.key}:also", spread.name, _say_also(rest))
        if spread.quotation:
            yield self._text(QUOTE, f"{spread.key}:quote", spread.name, _quote(spread.quotation))

    def _list_rest(self, spread: Spread) -> list[Line]:
        """List the other things under the pillar of a part, as the lists of the page have them."""
        key = f"pillar:{spread.key.removeprefix('review-')}"
        lists = [section for section in self.content.sections if section.key == key]
        named = {line.link for line in spread.lines}
        lines = (line for section in lists if section.group for line in section.lines)
        return [line for line in lines if line.link not in named]

    def _figures(self, part: str, tiles: Sequence[Tile]) -> Figures:
        return Figures([self._figure(part, tile) for tile in tiles])

    def _figure(self, part: str, tile: Tile) -> tuple[Passage, Passage, Passage | None]:
        name = _("{part}: {number}", part=part, number=tile.label) if part else tile.label
        return make_figure(self.shown, self.number(tile.number), name, tile.label)

    def number(self, word: str) -> Number:
        """Read a number once, wherever it stands."""
        if word not in self.numbers:
            self.numbers[word] = self.shown.number(word)
        return self.numbers[word]

    def _list(
        self, heading: str, key: str, lines: Sequence[Line], parting: str = " · "
    ) -> Iterator[Block]:
        yield self._heading(1, key, heading)
        for line in lines:
            yield self._item(key, line, parting)

    def _item(self, within: str, line: Line, parting: str) -> Paragraph:
        """Make a line of a list: its name, and what is said of it."""
        words: Words = (
            (f"{line.when} · " if line.when else "", False),
            (line.text, True),
            (f"{parting}{line.note}" if line.note else "", False),
        )
        key = f"{within}|{line.link or line.text}"
        cited = self._cite(line)
        return Paragraph(
            BULLET,
            make_text(self.shown, key, line.text, words, within=within, footnote=cited),
        )

    def _cite(self, line: Line) -> Passage | None:
        """Say where a record is stated, the first time that it is named."""
        record = find_record(line.link)
        if record is None or record in self.cited:
            return None
        self.cited.add(record)
        return make_footnote(line.link, line.text, say_sources(self.claims.get(record, ())))

    @cached_property
    def claims(self) -> Mapping[tuple[str, str], Sequence[Row]]:
        """What sources state of the records that are named, by table and id."""
        lines = [line for section in self.content.sections for line in section.lines]
        lines += [line for spread in self.content.spreads for line in spread.lines]
        records = dict.fromkeys(find_record(line.link) for line in lines)
        rows = [{"table_name": one[0], "record_id": one[1]} for one in records if one]
        return provenance.read_claims(self.view.version, rows)

    def _annex(self) -> Iterator[Block]:
        heading = self._heading(1, "annex", _("Annex"))
        yield Paragraph(heading.style, heading.passage, begins_page=True)
        yield self._heading(2, "numbers", _("The numbers"))
        yield self._numbers()
        yield self._heading(2, "definitions", _("What the numbers count"))
        for name in self.content.counted:
            yield self._definition(name)
        yield from self._events()
        link = _("The page as it is now: {link}", link=self.shown.link)
        yield self._text(NOTE, LINK, _("Link"), link)

    def _numbers(self) -> Table:
        words = dict.fromkeys([*self.content.numbers, *self.content.labels])
        heads = (_("Number"), _("Value"), _("Known from"))
        return Table(
            _("Numbers"),
            heads,
            (44, 22, 34),
            [make_number_row(self.shown, self.number(word)) for word in words],
        )

    def _definition(self, name: str) -> Paragraph:
        metric = METRICS[name]
        left_out = _("Not counted: {what}", what=metric.not_counted)
        line = Line(metric.label, f"{metric.counted} {left_out}", f"definition={name}")
        return self._item("definitions", line, " · ")

    def _events(self) -> Iterator[Block]:
        """List all events of the selection; of very many only the first."""
        events = self.view.rows("events", limit=MAX_EVENTS + 1)
        if not events:
            return
        number = sum(self.view.statuses().values())
        heading = _("{events} by date", events=format_count(number, "event").capitalize())
        yield self._heading(2, "events", heading)
        rows = make_event_rows(self.shown, events[:MAX_EVENTS])
        heads = (_("Date"), _("Event"), _("Who"), _("Where"), _("Stated in"))
        yield Table(_("Events"), heads, (15, 28, 22, 15, 20), rows)
        if more := number - len(rows):
            said = ngettext(
                "and {n:,} more event, at the link below",
                "and {n:,} more events, at the link below",
                more,
            )
            yield self._text(NOTE, "events:more", _("Events"), said)


def _say_also(rest: Sequence[Line]) -> str:
    """Name the other things of a part in a sentence."""
    names = "; ".join(line.text for line in rest[:MAX_ALSO])
    if len(rest) <= MAX_ALSO:
        return _("Also: {names}.", names=names)
    more = len(rest) - MAX_ALSO
    return ngettext(
        "Also: {names}; and {n:,} more.", "Also: {names}; and {n:,} more.", more, names=names
    )


def _quote(quotation: Line) -> Words:
    return ((quotation.text, False), (f"\n{quotation.note}" if quotation.note else "", True))
