"""What a steward says once for all rows of a file or sheet: its table, its columns, its empty
cells, its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.intake.parse_result import DateOrder, Dialect, Separators

Where = tuple[str, str | None]
"""A file, and its sheet where it is a workbook."""
LEFT_OUT = "-"
"""Instead of a table, a column or a term: this sheet, column or value is not taken over."""


@dataclass(frozen=True)
class ReadingOptions:
    """How one file or sheet is read. `columns` gives the column of the contract for a normal name
    in the header; `fills` the term that the empty cells of a column get; `terms`, for a column, the
    term that each other word stands for; `ids` says that records without an id get one of their
    title and day; `dates` and `amounts` how it writes what may be read in two ways.
    """

    table: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    fills: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ids: bool = False
    dates: DateOrder | None = None
    amounts: Separators | None = None

    def dialect(self, otherwise: Dialect) -> Dialect:
        """Return how dates and amounts are read here."""
        return replace(
            otherwise,
            dates=self.dates or otherwise.dates,
            amounts=self.amounts or otherwise.amounts,
        )

    def over(self, other: "ReadingOptions") -> "ReadingOptions":
        """Combine these options with others, which hold where these say nothing."""
        words = {
            c: {**other.terms.get(c, {}), **self.terms.get(c, {})}
            for c in {**other.terms, **self.terms}
        }
        return ReadingOptions(
            self.table or other.table,
            {**other.columns, **self.columns},
            {**other.fills, **self.fills},
            words,
            self.ids or other.ids,
            self.dates or other.dates,
            self.amounts or other.amounts,
        )


@dataclass(frozen=True)
class RememberedMappings:
    """How columns and sheets were named in earlier deliveries: for a table, normal names in a
    header with what they mean; and normal names of sheets and files with their table.
    """

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DeliveryOptions:
    """How each file and sheet of a delivery is read: as said of it, else as said of all, else as
    the last time. `tables` gives the table of a sheet or file by its normal name.
    """

    of: Mapping[Where, ReadingOptions] = field(default_factory=dict)
    everywhere: ReadingOptions = field(default_factory=ReadingOptions)
    tables: Mapping[str, str] = field(default_factory=dict)
    remembered: RememberedMappings = field(default_factory=RememberedMappings)

    def reading(self, where: Where, name: str) -> ReadingOptions:
        """Return what was said of a sheet or file of this normal name."""
        said = self.of.get(where, ReadingOptions()).over(self.everywhere)
        return said if said.table else replace(said, table=self.tables.get(name, ""))


@dataclass(frozen=True)
class Heading:
    """The header of a file or sheet as it was read: `names` by position, with the `letters` of the
    spreadsheet and the `first` value of each column; `columns` is what they were taken for,
    `ignored` and `remembered` the normal names that are left out and those that are read as the
    last time. `table` is empty where the sheet is that of none.
    """

    file: str
    sheet: str | None
    name: str
    table: str
    names: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    columns: Mapping[int, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    remembered: Mapping[str, str] = field(default_factory=dict)
    dutch: bool = False

    @property
    def where(self) -> Where:
        return self.file, self.sheet
