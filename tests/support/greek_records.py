"""Records without a Latin letter in what people read: a Latin word on a page is then one of ours."""

import csv
import string
from pathlib import Path

from dashboard.schema.contract import tables

GREEK = str.maketrans(string.ascii_letters, "αβγδεφγηιζκλμνοπκρστυβωξψζΑΒΓΔΕΦΓΗΙΖΚΛΜΝΟΠΚΡΣΤΥΒΩΞΨΖ")
NOT_READ = {"list", "title_language", "table_name", "field", "metric", "country", "ror", "orcid"}
"""Columns of text that hold a code."""


def write_greek(text: str) -> str:
    """Write a text in Greek letters; what stands in braces is a number's name and stays."""
    pieces = text.split("{")
    first, rest = pieces[0], [piece.partition("}") for piece in pieces[1:]]
    return first.translate(GREEK) + "".join(
        f"{{{name}}}{after.translate(GREEK)}" for name, _, after in rest
    )


def make_greek(folder: Path, made: Path) -> Path:
    """Copy a folder of records, with every text that people read in Greek letters."""
    made.mkdir(parents=True, exist_ok=True)
    contract = tables()
    for path in sorted(folder.glob("*.csv")):
        read = {
            column.name
            for column in contract[path.stem].columns
            if column.form == "text" and column.name not in NOT_READ
        }
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = reader.fieldnames or (), list(reader)
        with (made / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            for row in rows:
                writer.writerow(
                    {
                        name: write_greek(cell) if name in read else cell
                        for name, cell in row.items()
                    }
                )
    return made
