"""Answers of a steward about names that no record has, as rows of the delivery and ids in its cells.

Rows are added, never put in the place of others: those of the uploaded files stay, and an id that
is taken is not given again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from dashboard.intake.files import Origin, RawRecords
from dashboard.intake.messages import _
from dashboard.intake.problems import ANSWERS, Problem
from dashboard.schema.contract import tables
from dashboard.schema.convert import ROW, slug
from dashboard.schema.folding import fold

NEW_PERSON = "a new person"
"""Answer in place of the id of a person: nobody who is known is meant."""
ORIGIN = Origin(ANSWERS)
CITY_DEGREES = 0.25
"""Degrees within which two places of one name are one."""
Row = Mapping[str, str | None]
Known = Mapping[str, pa.Table]


@dataclass
class _Settled:
    """`ids` gives for each table and name the id that it means, None where it is left out; `rows`
    are new ones.
    """

    ids: dict[str, dict[str, str | None]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)

    def add(self, table: str, row: Row) -> int:
        """Add a row; returns its number among the answers."""
        self.rows.setdefault(table, []).append(row)
        return len(self.rows[table])


def apply_name_answers(
    upload: RawRecords,
    known: Known,
    people: Mapping[str, str],
    places: Mapping[str, Row] | None = None,
) -> RawRecords:
    """Apply what was answered about the names in an upload: `people` is the id of the person or
    NEW, `places` the row of the table places that is meant (its id alone: a known place; empty: no
    place). `known` are the records of the store.
    """
    settled = _Settled()
    _add_people(settled, people, upload, known)
    _add_places(settled, places or {}, upload, known)
    named = {name: _with_ids(name, rows, settled.ids) for name, rows in upload.tables.items()}
    notes = [*upload.notes, *settled.notes]
    found = RawRecords(named, list(upload.problems), notes, list(upload.origins))
    if settled.rows:
        base = found.add_origin(ORIGIN)
        for table, rows in settled.rows.items():
            found.add_rows(table, _arrow(table, rows, base))
    return found


def _add_people(
    settled: _Settled, said: Mapping[str, str], upload: RawRecords, known: Known
) -> None:
    taken = set(_cells("people", "person_id", upload, known))
    named = {slug(cell) for cell in _cells("people", "name", upload, known)}
    named |= {slug(cell) for cell in _cells("person_aliases", "alias", upload, known)}
    new: dict[str, tuple[str, str]] = {}
    ids = settled.ids.setdefault("people", {})
    for name, answer in said.items():
        key = slug(name) or fold(name)
        if answer != NEW_PERSON:
            ids[name] = answer
            if key not in named:
                settled.add("person_aliases", {"alias": name, "person_id": answer})
        elif key in new:
            ids[name], first = new[key]
            number = settled.add("person_aliases", {"alias": name, "person_id": ids[name]})
            settled.notes.append(_note_same(number, name, first))
        else:
            identity = find_free_id(slug(name) or "person", taken)
            new[key] = identity, name
            ids[name] = identity
            taken.add(identity)
            settled.add("people", {"person_id": identity, "name": name})
        named.add(key)


def _note_same(number: int, name: str, first: str) -> Problem:
    message = _("it is written like “{first}”, and is taken for the same new person", first=first)
    hint = _("If they are two, give each an id of its own in people.csv.")
    return ORIGIN.problem(
        "same-new-person", message, hint, row=number, column="alias", value=name, variant=first
    )


def _add_places(
    settled: _Settled, said: Mapping[str, Row], upload: RawRecords, known: Known
) -> None:
    taken = set(_cells("places", "place_id", upload, known))
    there = [row for row in _rows("places", upload, known) if row["place_id"]]
    ids = settled.ids.setdefault("places", {})
    for name, row in said.items():
        if len(row) < 2:
            ids[name] = row.get("place_id")
        elif here := next((one for one in there if _is_one_place(one, row)), None):
            ids[name] = here["place_id"]
        else:
            identity = find_free_id(row["place_id"] or "place", taken)
            taken.add(identity)
            ids[name] = identity
            there.append(dict(row) | {"place_id": identity})
            settled.add("places", there[-1])


def _is_one_place(one: Row, other: Row) -> bool:
    """Return whether two places are one: of one name, and not far from each other, as a country may
    have two Springfields.
    """
    named = all(
        fold(_text(one, name)) == fold(_text(other, name)) for name in ("venue", "city", "country")
    )
    return named and all(
        _near(_text(one, name), _text(other, name)) for name in ("latitude", "longitude")
    )


def _text(row: Row, name: str) -> str:
    return (row.get(name) or "").strip()


def _near(one: str, other: str) -> bool:
    try:
        return abs(float(one) - float(other)) < CITY_DEGREES
    except ValueError:  # not known, or not written as a number
        return True


def find_free_id(wanted: str, taken: set[str]) -> str:
    """Find the first free id: the wanted one, or the first of wanted-2, wanted-3 … that nobody has."""
    number = 1
    while (identity := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return identity


def _rows(table: str, upload: RawRecords, known: Known) -> Iterator[Row]:
    for records in (known, upload.tables):
        if table in records:
            yield from records[table].to_pylist()


def _cells(table: str, column: str, upload: RawRecords, known: Known) -> Iterator[str]:
    """Collect the cells of a column in the records of the store and in the upload that hold
    something.
    """
    for records in (known, upload.tables):
        if table in records:
            yield from (
                cell.strip()
                for cell in records[table].column(column).to_pylist()
                if cell and cell.strip()
            )


def _with_ids(table: str, rows: pa.Table, ids: Mapping[str, Mapping[str, str | None]]) -> pa.Table:
    """Return the rows with an id in every cell that names what was answered about."""
    for reference in tables()[table].references:
        if meant := ids.get(reference.target):
            index = rows.schema.get_field_index(reference.column)
            cells = [
                meant.get((cell or "").strip(), cell) for cell in rows.column(index).to_pylist()
            ]
            rows = rows.set_column(index, reference.column, pa.array(cells, pa.string()))
    return rows


def _arrow(table: str, rows: Sequence[Row], base: int) -> pa.Table:
    names = [column.name for column in tables()[table].file_columns]
    arrays = [pa.array([row.get(name) for row in rows], pa.string()) for name in names]
    return pa.table(
        [pa.array(range(base + 1, base + 1 + len(rows)), pa.int64()), *arrays], names=[ROW, *names]
    )
