"""The corpus of questions in words (tests/asking/corpus.jsonl), and the records that it is asked of."""

import csv
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKING = ROOT / "tests" / "asking"


def read_corpus():
    """Read the lines of the corpus; tests/asking/README.md says what they hold."""
    with (ASKING / "corpus.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def merge_records(folder):
    """Write the shipped records, with the invented ones of the corpus among them, into a folder."""
    for shipped in (ROOT / "data").glob("*.csv"):
        columns, rows = _read_table(shipped)
        invented = ASKING / "records" / shipped.name
        if invented.exists():
            rows += _read_table(invented)[1]
        with (folder / shipped.name).open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    return folder


def _read_table(path):
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        return table.fieldnames, list(table)
