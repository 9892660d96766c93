"""Numbers as data: what a page shows as cards, sentences, bars and cells, to be stored in a file
and to be compared with what is shown later. Words are made of these values, never read back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from dashboard.language.messages import current_language
from dashboard.language.numbers import format_euro, format_number
from dashboard.model.quantity import Kind, Quantity, name_qualifier
from dashboard.query.metrics import METRICS
from dashboard.views.content import Content

MONEY = "euro"
"""The unit of metrics that are amounts of money."""
LARGE = "[mb]illion|miljoen|miljard"
"""Words behind a number that make it another one, in any language: a file may hold both."""
WITHOUT_VALUE = {
    Kind.UNKNOWN: Quantity(None, unknown=1),
    Kind.FEWER_THAN: Quantity(None, fewer_than=1),
}
"""Numbers that are not stated, by why they are not."""


@dataclass(frozen=True)
class ShownValue:
    """A number that is shown: its value (None where it is not known or withheld), how well it is
    known, and the name of its metric, empty for a number that is none.
    """

    value: Decimal | None
    kind: Kind = Kind.EXACT
    metric: str = ""

    @property
    def is_money(self) -> bool:
        """Whether it is an amount in euro."""
        return self.metric in METRICS and METRICS[self.metric].unit == MONEY

    @property
    def words(self) -> str:
        """The value without its qualifier, as a card says it: "589", "€725,000", "unknown"."""
        return format_value(self.value, self.kind, money=self.is_money)

    @property
    def qualifier(self) -> str:
        """What stands beside the value: "about", "at least", or nothing."""
        return name_qualifier(self.kind)

    @property
    def wordings(self) -> frozenset[str]:
        """The ways in which sentences of ours write the value; none where there is no value."""
        if self.value is None:
            return frozenset()
        return _list_wordings(abs(self.value), self.is_money, current_language())


@lru_cache(maxsize=4096)
def _list_wordings(value: Decimal, is_money: bool, _language: str) -> frozenset[str]:
    return frozenset({format_number(value), *([format_euro(value)] if is_money else [])})


def format_value(value: Decimal | int | None, kind: Kind, *, money: bool) -> str:
    """Format a value without its qualifier; what is not stated says why."""
    if kind in WITHOUT_VALUE:
        return WITHOUT_VALUE[kind].words()
    return format_euro(value) if money and value is not None else format_number(value)


def from_quantity(quantity: Quantity, metric: str = "") -> ShownValue:
    """Take what a quantity shows: its value and how well that is known."""
    value = None if quantity.value is None else Decimal(quantity.value)
    return ShownValue(value, quantity.kind, metric)


def from_cell(cell: object) -> ShownValue | None:
    """Take the number of a cell; None for a cell that holds something else."""
    match cell:
        case bool() | None:
            return None
        case Quantity():
            return from_quantity(cell)
        case int() | Decimal():
            return ShownValue(Decimal(cell))
        case float() if cell - cell == 0:
            return ShownValue(Decimal(int(cell) if cell.is_integer() else str(cell)))
        case _:
            return None


def from_cells(cells: Iterable[object]) -> Iterator[ShownValue]:
    """Take the numbers of some cells."""
    return (found for cell in cells if (found := from_cell(cell)) and found.value is not None)


def from_counts(quantity: Quantity) -> Iterator[ShownValue]:
    """Take the numbers of records that stand beside a quantity: those known, all, those disputed."""
    counts = (quantity.known, quantity.total, quantity.not_known, quantity.disputed)
    return (ShownValue(Decimal(count)) for count in counts if count)


def collect_values(content: Content) -> Iterator[ShownValue]:
    """Collect the numbers of a page's pictures, tables and lists."""
    for picture in content.pictures:
        series = picture.chart.bars.series if picture.chart.bars else ()
        yield from from_cells(value for _, values, *_ in series for value in values)
        yield from from_cells(cell for row in picture.chart.table for cell in row.values())
    for sheet in content.sheets:
        yield from from_cells(cell for row in sheet.rows for cell in row.values())
    for heading in dict.fromkeys(section.heading for section in content.sections):
        lengths = [len(s.lines) + s.more for s in content.sections if s.heading == heading]
        yield from from_cells([*lengths, sum(lengths)])


def select_said(text: str, values: Iterable[ShownValue]) -> tuple[ShownValue, ...]:
    """Select the values that a text of ours says, each number once: as that of a metric where no
    other has the same.
    """
    said: dict[Decimal | None, ShownValue] = {}
    for value in values:
        if any(_says(text, wording) for wording in value.wordings):
            known = said.setdefault(value.value, value)
            if value.metric not in ("", known.metric):
                said[value.value] = replace(known, metric="")
    return tuple(said.values())


def _says(text: str, wording: str) -> bool:
    return all(word in text for word in wording.split()) and find_wording(text, wording) is not None


def find_wording(text: str, wording: str) -> int | None:
    """Find where a text says a number in so many words, whatever space is between them, as no part of a
    longer number.
    """
    found = _whole(wording).search(text)
    return found.start() if found else None


@lru_cache(maxsize=4096)
def _whole(wording: str) -> re.Pattern[str]:
    """Find a wording that is no part of a longer number."""
    words = r"\s".join(map(re.escape, wording.split()))
    return re.compile(rf"(?<![\w.,]){words}(?!\w|[.,]\d|\s(?:{LARGE}))")


def select_outdated(
    before: Sequence[ShownValue], today: Sequence[ShownValue]
) -> Iterator[ShownValue]:
    """Select the stored values that are not shown any more, however well they were known."""
    still = {value.value for value in today}
    return (value for value in before if value.value is not None and value.value not in still)
