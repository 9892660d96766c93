"""What a cell was found to say, and what must be known of whoever wrote it: the words that the
parsers share.
"""

from dataclasses import dataclass
from enum import StrEnum

from dashboard.intake.messages import Complaint, Text


class UnclearValueError(Complaint, ValueError):
    """The text cannot be read, or in more ways than one. `mend` says what to write instead."""

    def __init__(self, said: Text, mend: Text) -> None:
        super().__init__(said)
        self.said, self.mend = said, mend


class ColumnRemark(StrEnum):
    """What was done to a cell that is told once for a whole column, not for each of its rows."""

    TIME = "time"
    SERIAL = "serial"
    DUTCH = "dutch"


@dataclass(frozen=True)
class ParsedValue:
    """What a cell says: `text` in the form of the schema (None: not known), the `kind` of quantity
    where its words give one, and a `note` where something was lost in reading; `aside` what is told
    once for its column.
    """

    text: str | None
    kind: str | None = None
    note: Text | None = None
    aside: ColumnRemark | None = None


class DateOrder(StrEnum):
    """The order of day and month in a date of three numbers."""

    DAY_MONTH = "day/month"
    MONTH_DAY = "month/day"


class Separators(StrEnum):
    """Which mark of a number is for thousands: the dot (1.234,50) or the comma (1,234.50)."""

    DUTCH = "Dutch"
    ENGLISH = "English"


@dataclass(frozen=True)
class Dialect:
    """How whoever wrote a delivery writes what may be read in two ways; None where nobody said.
    `home` is the time zone of the programme, to which a moment in UTC belongs.
    """

    dates: DateOrder | None = None
    amounts: Separators | None = None
    home: str = "Europe/Amsterdam"


DEFAULT_DIALECT = Dialect()
