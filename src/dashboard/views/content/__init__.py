"""What each page holds: title, numbers, pictures and tables of a view. Pages draw it, files and
slides take it along, so that they hold what the screen shows. Nothing here knows Streamlit, or a
file format.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyarrow as pa

from dashboard.charts import Chart
from dashboard.charts.markup import Element
from dashboard.language.messages import Words, _
from dashboard.model.drill_down import parse_drill_down
from dashboard.model.quantity import Quantity

Row = dict[str, Any]


@dataclass(frozen=True)
class Tile:
    """One number at the head of a page. `number` is the word of its drill-down ("contributions",
    "contributions~role.keynote"), `qualifier` what stands beside it ("from 5 of 12 trainings"),
    `trend` the difference to the year before.
    """

    number: str
    label: str
    quantity: Quantity
    qualifier: str = ""
    trend: str = ""
    money: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart of a page. `key` is its name in links ("by-month"); `note` what is said beneath it, and
    `foot` the same as an element of the page; `nested` is below a heading of the page; `heading`
    stands above it on the page where that is not its finding. `repeats` names the table of the page
    that holds the rows of its own: a file needs them once. `besides` says at the foot of a slide what
    is not in the chart, which the page names elsewhere. Of a chart of elements more things than `most`
    are no picture on a slide but rows: they would be too small, or be folded.
    """

    key: str
    chart: Chart
    note: str = ""
    nested: bool = False
    heading: str = ""
    foot: Element | None = None
    repeats: str = ""
    besides: str = ""
    most: int = 12


@dataclass(frozen=True)
class Sheet:
    """A table of a page: rows with the same columns, and what each row opens ("event=…"), or
    nothing. Cells are text, numbers, dates, None for what is not known, or a Quantity with how well
    it is known.

    Of a table that is too long for a page only the first rows are here; `more` says how many are
    not, `note` the same in words, and `longer` makes the table with all of them, or as many as a
    file may hold.
    """

    key: str
    heading: str
    rows: Sequence[Row]
    links: Sequence[str] = ()
    more: int = 0
    note: str = ""
    longer: Callable[[], "Sheet"] | None = field(default=None, compare=False, repr=False)

    def for_a_file(self) -> "Sheet":
        """Return the table as a file holds it."""
        return self.longer() if self.longer else self

    @cached_property
    def shown(self) -> list[Row]:
        """The rows as they are read: a quantity in words."""
        return [{name: _in_words(value) for name, value in row.items()} for row in self.rows]

    @cached_property
    def grid(self) -> pa.Table:
        """The same for a grid of the browser."""
        return make_arrow_table(self.shown)


def _in_words(value: Any) -> Any:
    if not isinstance(value, Quantity):
        return value
    return _("{number} (disputed)", number=value.words()) if value.disputed else value.words()


def make_arrow_table(rows: Sequence[Row]) -> pa.Table:
    """Make a table of rows with the same columns; where a column holds more than one kind of thing,
    its cells become text.
    """
    return (
        pa.table({name: _column([row[name] for row in rows]) for name in rows[0]})
        if rows
        else pa.table({})
    )


def _column(values: list[Any]) -> pa.Array:
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())


@dataclass(frozen=True)
class Line:
    """A line of a list: `text`, a quieter `note` after it, and what it opens ("event=…"), or
    nothing; `when` and `place` are in words. `lang` and `note_lang` are the languages of text and note
    where they are those of a record, and not the page's.
    """

    text: str
    note: str = ""
    link: str = ""
    when: str = ""
    place: str = ""
    lang: str = ""
    note_lang: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with lines beneath; `group` is the name of a list under the same heading as the one
    before, `more` how many lines there are besides. `key` names the section for programs
    and in files ("compared"), whatever its heading says: lists under one heading share it. `pillar`
    is the id of the pillar that the section is about. `sentence` is what its slide says in large
    letters, where that is not the heading; `repeats` names the table of the page that holds the same
    rows: a workbook needs them once.
    """

    heading: str
    lines: Sequence[Line]
    group: str = ""
    more: int = 0
    key: str = ""
    pillar: str = ""
    sentence: Words = ()
    repeats: str = ""


@dataclass(frozen=True)
class Spread:
    """A part of a report: what it is called, its few numbers, and beside them a title, sentences and
    what they tell of; `lines` name the first of that for slides and files, `quotation` is somebody's
    own words (its note says whose). `key` names it in the page, `pillar` is the id of the pillar that
    it is about, `is_plain`: about none. `title_lang` and `text_lang` are the languages of what was
    written of it, where they are not the page's.
    """

    key: str
    name: str
    tiles: Sequence[Tile] = ()
    title: str = ""
    text: str = ""
    inside: Sequence[Element | None] = ()
    pillar: str = ""
    is_plain: bool = False
    lines: Sequence[Line] = ()
    quotation: Line | None = None
    title_lang: str = ""
    text_lang: str = ""


@dataclass(frozen=True)
class Content:
    """What a page holds, in plain text. `lead` is its finding in sentences, the headline; `tiles`
    the numbers beneath it; `counted` are names of metrics that its pictures and tables count
    besides. `blocks` are elements of the page by name: lists and rows, which files take from
    `sections` and `sheets`. `spreads` are the parts of a report. `slides` names the pictures, lists
    and spreads of which slides are made, in the order of the screen (see slides.make_slides).
    """

    title: str
    lead: Words = ()
    tiles: Sequence[Tile] = ()
    pictures: Sequence[Picture] = ()
    sheets: Sequence[Sheet] = ()
    sections: Sequence[Section] = ()
    counted: Sequence[str] = ()
    blocks: Mapping[str, Element | None] = field(default_factory=dict)
    spreads: Sequence[Spread] = ()
    slides: Sequence[str] = ()

    @property
    def numbers(self) -> Sequence[str]:
        """The words of the numbers on its tiles."""
        return tuple(tile.number for tile in self.tiles)

    @property
    def labels(self) -> Mapping[str, str]:
        """What its numbers are called, by their words; those of a part of a report with its name."""
        of_parts = {
            tile.number: _("{name}: {value}", name=spread.name, value=tile.label)
            for spread in self.spreads
            for tile in spread.tiles
        }
        return of_parts | {tile.number: tile.label for tile in self.tiles}

    @property
    def metrics(self) -> Sequence[str]:
        """The names of the metrics that the page tells, each once."""
        asked = (parse_drill_down(number) for number in self.numbers)
        return tuple(dict.fromkeys([*(one.metric for one in asked if one), *self.counted]))

    @property
    def finding(self) -> str:
        """The lead as plain text."""
        return "".join(text for text, _strong in self.lead)

    def picture(self, key: str) -> Picture | None:
        """Find the chart of that name, if the page holds it."""
        return next((picture for picture in self.pictures if picture.key == key), None)

    def sheet(self, key: str) -> Sheet:
        """Find the table of that name. Raises KeyError where the page has none."""
        return {sheet.key: sheet for sheet in self.sheets}[key]

    def heading(self, key: str) -> str:
        """Find the heading of the list of that name; empty where the page has none."""
        return next((section.heading for section in self.sections if section.key == key), "")
