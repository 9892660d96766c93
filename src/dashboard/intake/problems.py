"""Problems: what is wrong with a record, where, and how its keeper can mend it."""

from dataclasses import asdict, dataclass, field

JSON_NAMES = {"message": "rule", "hint": "mend"}


@dataclass(frozen=True)
class Problem:
    """One fault. `row` is the number that a spreadsheet shows (the header is row 1), or None.

    `message` says what must hold, `hint` what to write instead: both are for people only. `code` is
    the id of the kind of problem, by which the program decides and groups; `variant` tells apart
    those of one kind that are not one group, such as rows with 3 cells and rows with 5. `rows` is
    how many rows it stands for, where not each is listed. `sheet` is that of a workbook; `column`
    is the name in the contract, where it has one there; `header` and `letter` are what the file
    calls it, where that is known. A note (what is suspicious but allowed) has the same form.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    message: str
    hint: str
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
        place = self.file
        if self.sheet is not None:
            place += f", sheet {shorten(self.sheet)}"
        if self.row is not None:
            place += f", row {self.row}"
        if self.column_words:
            place += f", column {self.column_words}"
        shown = "" if self.value is None else f" “{shorten(self.value)}”:"
        return f"{place}:{shown} {self.message}. {self.hint}"

    def as_dict(self) -> dict[str, object]:
        """Return the fields by the names that the command line gives them in JSON."""
        fields = {name: value for name, value in asdict(self).items() if name != "variant"}
        return {JSON_NAMES.get(name, name): value for name, value in fields.items()}


@dataclass(frozen=True, order=True)
class SheetFault:
    """A problem or note on a sheet, as the limited process gives it: `row` and `column` are numbers
    from 1, 0 for none; `code` as in Problem.
    """

    row: int
    column: int
    message: str
    hint: str
    code: str


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
        super().__init__(f"{count} problem{'s' if count != 1 else ''} found")
