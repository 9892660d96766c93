"""What a defect is, and all of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any


@dataclass(frozen=True)
class Defect:
    """Files with one thing that is wrong, and where.

    `rows` are the rows as the spreadsheet shows them that may be named (for a calendar: which
    event, or a line of it), `columns` the columns, by the name in the contract or as the file has
    it; where one is empty, any will do. `refused` says that it must be a problem; otherwise a note
    is enough. `mentions` is what the message must hold, in one of its parts, whatever the case.
    """

    id: str
    kind: str
    made: Callable[[], Mapping[str, bytes]]
    rows: frozenset[int]
    columns: frozenset[str]
    refused: bool = True
    mentions: str = ""

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Name and bytes; written when they are asked for, because there are hundreds of workbooks."""
        return self.made()

    def named_by(self, found: Any) -> bool:
        """Whether a problem or a note of the intake is at the right place."""
        return (
            found.file in self.files
            and (not self.rows or found.row in self.rows)
            and (not self.columns or not self.columns.isdisjoint(_names(found.column)))
        )

    def hinted_by(self, found: Any) -> bool:
        said = " ".join(str(part) for part in (found.value, found.message, found.hint, found.sheet))
        return self.mentions.casefold() in said.casefold()


def _names(column: str | None) -> set[str]:
    """A column may be named with its letter or its original name beside it."""
    return {column or "", *re.split(r"[^\w-]+", column or "")}


def defects() -> Iterator[Defect]:
    """All of them, each with an id of its own."""
    from tests.intake.corpus import calendars, csvs, others, secretary, values, workbooks  # noqa: PLC0415

    parts = (values, csvs, others, workbooks, calendars, secretary)
    return chain.from_iterable(part.defects() for part in parts)
