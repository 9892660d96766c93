"""Problems: what is wrong with a record, where, and how its keeper can mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from dashboard.intake.messages import Complaint, Text, ngettext, read_text
from dashboard.language.messages import _

ANSWERS = "your answers"
AS_PUBLISHED = " as published"
"""In place of a file: what a steward answered; a table of the served version, after its name."""
JSON_NAMES = {"said": "rule"}


@dataclass(frozen=True)
class Problem(Complaint):
    """One fault. `row` is the number that a spreadsheet shows (the header is row 1), or None.

    `said` is what must hold, `mend` what to write instead: both are for people only, and are put
    into words (`message`, `hint`) in the language of whoever reads them. `code` is the id of the
    kind of problem, by which the program decides and groups; `variant` tells apart
    those of one kind that are not one group, such as rows with 3 cells and rows with 5. `rows` is
    how many rows it stands for, where not each is listed. `sheet` is that of a workbook; `column`
    is the name in the contract, where it has one there; `header` and `letter` are what the file
    calls it, where that is known. A note (what is suspicious but allowed) has the same form.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    said: Text
    mend: Text
    sheet: str | None = None
    header: str | None = None
    letter: str | None = None
    code: str = field(kw_only=True, compare=False)
    rows: int = field(default=1, compare=False)
    variant: str = field(default="", compare=False)

    @property
    def column_words(self) -> str:
        """The column as the file calls it: “Datum Event (C)”; empty where there is none."""
        name = self.header or self.column or ""
        if self.letter and self.letter != name:
            return f"{shorten(name)} ({self.letter})"
        return shorten(name)

    def __str__(self) -> str:
        place = describe_place(self.file, self.sheet, self.row, self.column_words)
        shown = "" if self.value is None else f" “{shorten(self.value)}”:"
        return f"{place}:{shown} {self.message}. {self.hint}"

    def as_dict(self) -> dict[str, object]:
        """Return the fields by the names that the command line gives them in JSON."""
        names = (one.name for one in fields(self) if one.name != "variant")
        words = {"said": self.message, "mend": self.hint}
        return {
            JSON_NAMES.get(name, name): words[name] if name in words else getattr(self, name)
            for name in names
        }


@dataclass(frozen=True, order=True)
class SheetFault:
    """A problem or note on a sheet, as the limited process gives it: `row` and `column` are numbers
    from 1, 0 for none; `code` as in Problem.
    """

    row: int
    column: int
    said: Text = field(compare=False)
    mend: Text = field(compare=False)
    code: str


def read_fault(given: Mapping[str, Any]) -> SheetFault:
    """Make a fault again of what JSON made of it in the limited process."""
    said, mend = read_text(given["said"]), read_text(given["mend"])
    return SheetFault(given["row"], given["column"], said, mend, given["code"])


def name_file(file: str) -> str:
    """Say what a problem names as its file: its name, unless it is no file."""
    if file == ANSWERS:
        return _("your answers")
    if file.endswith(AS_PUBLISHED):
        return _("{file} as published", file=file.removesuffix(AS_PUBLISHED))
    return file


def describe_place(file: str, sheet: str | None, row: int | None, column: str) -> str:
    """Say where something stands, as far as that is known: file, sheet, row and column."""
    parts = [
        name_file(file),
        "" if sheet is None else _("sheet {sheet}", sheet=shorten(sheet)),
        "" if row is None else _("row {row}", row=row),
        _("column {column}", column=column) if column else "",
    ]
    return ", ".join(filter(None, parts))


def shorten(value: str, length: int = 60) -> str:
    """Return a value on one line, without control characters, cut where it is long."""
    plain = "".join(c if c.isprintable() else "�" for c in value)
    return plain if len(plain) <= length else plain[: length - 1] + "…"


class Refused(Exception):
    """Records that cannot be published. `problems` holds all of them, `notes` what else is to be
    said.
    """

    notes: tuple[Problem, ...] = ()

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(
            problems, key=lambda p: (p.file, p.sheet or "", p.row or 0, p.column or "", p.code)
        )
        count = len(self.problems)
        super().__init__(ngettext("{n} problem found", "{n} problems found", count))
