"""Which record a name means: people by name or known spelling, organisations by name, places by
venue or city, the rest by title.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
from rapidfuzz import fuzz, process

from dashboard.intake.messages import TermName, Text, _
from dashboard.intake.person_names import join_words, may_stand_for, split_name
from dashboard.schema.contract import Reference, tables
from dashboard.schema.convert import quote_identifier
from dashboard.schema.folding import fold, fold_words

MAX_SUGGESTIONS = 300
"""Looking for the nearest name among thousands takes milliseconds; a column of nonsense must not
take hours.
"""

LABELS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "people": (("people", ("name",)), ("person_aliases", ("alias",))),
    "organisations": (("organisations", ("name", "other_names")),),
    "places": (("places", ("venue", "city")),),
}
"""Where the names of a table stand, if not in its own title or name."""
TITLES = ("title", "title_nl", "title_en", "name")
"""Columns by which records are named, in whatever language."""


@dataclass(frozen=True)
class Term:
    """One allowed value of a list, with its labels."""

    id: str
    en: str
    nl: str

    def label(self, *, dutch: bool) -> str:
        return self.nl if dutch else self.en


@dataclass(frozen=True)
class Vocabulary:
    """The allowed values of one list."""

    terms: tuple[Term, ...]

    @cached_property
    def ids(self) -> set[str]:
        return {term.id for term in self.terms}

    def name(self, identity: str) -> TermName:
        """Name a term for whoever reads: by its id, in Dutch by its label."""
        labels = {term.id: term.nl for term in self.terms}
        return TermName(identity, labels.get(identity, identity).lower())

    @cached_property
    def meanings(self) -> dict[str, str]:
        """The ids and labels, in any case, that stand for one id only."""
        meant: dict[str, set[str]] = {}
        for term in self.terms:
            for label in (term.id, term.en, term.nl):
                meant.setdefault(fold(label), set()).add(term.id)
        return {label: next(iter(found)) for label, found in meant.items() if len(found) == 1}


class NameIndex:
    """Looks things up in the records of the store (known.<table>) and of the upload
    (clean.<table>).
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.labels: dict[str, dict[str, dict[str, str]]] = {}
        self.suggested = 0

    @cached_property
    def _present(self) -> set[tuple[str, str]]:
        query = (
            "select schema_name, table_name from duckdb_tables() where schema_name in ('known',"
            " 'clean')"
        )
        return set(self.con.execute(query).fetchall())

    def _union(self, table: str, columns: tuple[str, ...]) -> str | None:
        listed = ", ".join(quote_identifier(c) for c in columns)
        parts = [
            f"select {listed} from {schema}.{quote_identifier(table)}"
            for schema in ("known", "clean")
            if (schema, table) in self._present
        ]
        return " union all ".join(parts) or None

    def _rows(self, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
        query = self._union(table, columns)
        return self.con.execute(f"select distinct * from ({query})").fetchall() if query else []

    def terms(self, vocabulary: str) -> Vocabulary:
        """List the allowed values of a list, in its order."""
        rows = self._rows("terms", ("list", "term_id", "label_en", "label_nl", "sort"))
        found = [row for row in rows if row[0] == vocabulary and row[1]]
        found.sort(key=lambda row: (int(row[4]) if (row[4] or "").isdigit() else 0, row[1]))
        return Vocabulary(
            tuple(Term(row[1], row[2] or row[1], row[3] or row[2] or row[1]) for row in found)
        )

    def ids_sql(self, reference: Reference) -> str | None:
        """Write SQL for the ids of the table that is referred to; None if nobody has that table."""
        query = self._union(reference.target, (reference.target_column,))
        key = quote_identifier(reference.target_column)
        return f"select {key} from ({query}) where {key} is not null" if query else None

    def find(self, reference: Reference, value: str) -> tuple[str | None, Text]:
        """Find the id that a name means; returns it with, where not the name itself is known, what
        was read into it; or None and how to mend it.
        """
        labels = self._labels(reference)
        said: Text = ""
        found = labels.get(fold_words(value), {})
        if not found and reference.target == "people":
            found = self._person(labels, value)
            names = ", ".join(sorted(set(found.values())))
            said = _("It is read as {names}: write the id where that is not meant.", names=names)
        if len(found) == 1:
            return next(iter(found)), said
        if found:
            ids = ", ".join(sorted(found)[:12])
            return None, _("“{value}” may be {ids}: write the id.", value=value, ids=ids)
        return None, self._suggestion(labels, value, reference.target)

    def _person(self, labels: dict[str, dict[str, str]], value: str) -> dict[str, str]:
        """Find who is meant by a name that is written in another order, or with initials."""
        words = split_name(value)
        if exact := labels.get(join_words(words)):
            return exact
        last = words[-1].lstrip("'") if words else ""
        found: dict[str, str] = {}
        for known in self._by_last_word.get(last, ()):
            if may_stand_for(words, known):
                found |= labels[" ".join(known)]
        return found

    @cached_property
    def _by_last_word(self) -> dict[str, list[tuple[str, ...]]]:
        """The spellings of people by their last words, once `labels` holds them."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for spelling in self.labels["people"]:
            words = tuple(spelling.split())
            found.setdefault(words[-1], []).append(words)
        return found

    def _suggestion(self, labels: dict[str, dict[str, str]], value: str, target: str) -> Text:
        self.suggested += 1
        hit = None
        if self.suggested <= MAX_SUGGESTIONS:
            hit = process.extractOne(
                fold_words(value), list(labels), scorer=fuzz.WRatio, score_cutoff=75
            )
        if hit is None:
            return _("Add it to {table} first, or write the id.", table=target)
        id_, shown = next(iter(labels[hit[0]].items()))
        if shown == id_:
            return _("Did you mean “{name}”?", name=id_)
        return _("Did you mean “{name}” ({id})?", name=shown, id=id_)

    def _labels(self, reference: Reference) -> dict[str, dict[str, str]]:
        """Map the folded words of a name to the ids that have it, with the name as it is written. A
        city stands for a place in it only where no place is the city itself.
        """
        if reference.target not in self.labels:
            strong: dict[str, dict[str, str]] = {}
            weak: dict[str, dict[str, str]] = {}
            for id_, name, rank in self._named(reference):
                if id_ and (key := fold_words(name)):
                    (strong if rank else weak).setdefault(key, {}).setdefault(id_, name)
            self.labels[reference.target] = weak | strong
        return self.labels[reference.target]

    def _named(self, reference: Reference) -> Iterator[tuple[str, str, bool]]:
        """Yield for each record its id, a name of it, and whether the name is its own rather than
        that of its city.
        """
        key, table = reference.target_column, tables()[reference.target]
        title = tuple(c.name for c in table.file_columns if c.name in TITLES)
        for source, columns in LABELS.get(table.name, ((table.name, title),)):
            for id_, *values in self._rows(source, (key, *columns)):
                if table.name == "places":
                    yield from _of_place(id_, *values)
                    continue
                for column, value in zip(columns, values, strict=True):
                    names = (value or "").split(";") if column == "other_names" else [value]
                    yield from ((id_, name.strip(), True) for name in names if name)
        for (id_,) in self._rows(table.name, (key,)):
            yield id_, id_ or "", True


def _of_place(id_: str, venue: str | None, city: str | None) -> Iterator[tuple[str, str, bool]]:
    if venue:
        yield id_, venue, True
        yield id_, f"{venue}, {city or ''}", True
    if city:
        yield id_, city, venue is None
