"""CSV that a spreadsheet opens as it is meant: text stays text, numbers stay numbers."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.intake.formulas import guard_formula

BOM = "\ufeff"
"""The mark by which a spreadsheet knows UTF-8; without it Excel shows “CafÃ©”, and saves that."""


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows with the same columns as CSV with a header; empty for no rows.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; see OWASP, CSV
    injection; what is uploaded again loses it (intake/formulas.py). Lists become "a; b".
    """
    found = list(rows)
    if not found:
        return ""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {name: guard_formula(flatten(value)) for name, value in row.items()} for row in found
    )
    return file.getvalue()


def to_spreadsheet_csv(text: str) -> bytes:
    """Encode CSV as a file that a spreadsheet opens with all of its letters."""
    return f"{BOM}{text}".encode() if text else b""


def flatten(value: Any) -> Any:
    """Write a value on one line: a list of things as "a; b", a thing as its parts without ids."""
    if isinstance(value, list | tuple):
        return "; ".join(str(flatten(item)) for item in value)
    if isinstance(value, dict):
        return ", ".join(
            str(v) for k, v in value.items() if v is not None and not k.endswith("_id")
        )
    return "" if value is None else value
