"""A wrong value in an otherwise right table, in every form of file; see values.txt."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from tests.intake.corpus.bases import right
from tests.intake.corpus.defects import Defect
from tests.intake.corpus.forms import FORMS, Row, delivered, dictionary, written

_LONG = "x" * 10_000


def defects() -> Iterator[Defect]:
    """Each line is a defect: its number decides on the form of the file and on the row."""
    lines = (Path(__file__).parent / "values.txt").read_text("utf-8").splitlines()
    cases = [line for line in lines if line and not line.startswith("#")]
    for number, line in enumerate(cases):
        kind, table, cells, also, more = (*(part.strip() for part in line.split("|")), "", "")[:5]
        yield _defect(number, kind, table, _pairs(cells), _list(also), _pairs(more))


def _defect(
    number: int, kind: str, table: str, cells: Row, also: list[str], more: Mapping[str, str]
) -> Defect:
    forms, size = _list(more.get("forms", "")) or FORMS, int(more.get("size", "12"))
    form = forms[number % len(forms)]
    index = size - 2 if "twin" in more else (7 * number + 3) % (size - 2) + 1
    twin = int(more["twin"]) if "twin" in more else index
    wrong = range(size) if "column" in more else [index]
    like = right(table, twin + 1)[-1]
    faults = {
        (at, column): _filled(cell, at + 1, like) for at in wrong for column, cell in cells.items()
    }
    first = next(iter(cells))
    named = [first, *also]
    return Defect(
        f"{number:03d}-{table}-{first}-{form.replace(' ', '-')}",
        kind,
        partial(_files, table, size, form, faults),
        frozenset() if "column" in more else frozenset({index + 2, twin + 2}),
        frozenset(named) | {dictionary()[table][1][name][0] for name in named},
        refused="note" not in more,
        mentions=more.get("hint", ""),
    )


def _files(
    table: str, size: int, form: str, faults: Mapping[tuple[int, str], str]
) -> dict[str, bytes]:
    files = [delivered(table, written(table, right(table, size), form, faults), form)]
    if table == "deviations":
        files.append(
            delivered("targets", written("targets", right("targets", size), form, {}), form)
        )
    return dict(files)


def _filled(cell: str, n: int, twin: Row) -> str:
    shown = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), cell)
    shown = re.sub(r"\{(\w+)\[1:\]\}", lambda found: twin[found[1]][1:], shown)
    known = {
        **twin,
        "n": n,
        "count": 25 + n,
        "bsn": _passes_eleven(100_000_000 + 1_234_567 * n),
        "long": _LONG,
    }
    return re.sub(r"\{(\w+)\}", lambda found: str(known[found[1]]), shown)


def _passes_eleven(start: int) -> int:
    """The next number that passes the eleven test of citizen numbers."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return next(
        number
        for number in range(start, start + 200)
        if sum(w * int(d) for w, d in zip(weights, str(number), strict=True)) % 11 == 0
    )


def _pairs(text: str) -> dict[str, str]:
    found = (part.partition("=") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in found}


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
