"""The columns of a record that differ, in words: from what to what, or what is known now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.language.messages import Said, _, choose_term, choose_text
from dashboard.language.numbers import format_euro
from dashboard.model.quantity import make_quantity, qualify
from dashboard.publishing.since.sorts import QUALIFIERS
from dashboard.query import questions
from dashboard.schema.contract import Column, tables
from dashboard.store import RecordChange, Version
from dashboard.text.column_names import name_column
from dashboard.text.countries import name_country
from dashboard.text.dates import format_partial_date
from dashboard.text.sentences import lower_first

Row = Mapping[str, Any]
MAX_LETTERS = 60
"""Of a text that is told from what to what: of a longer one it is told that it was corrected."""


@dataclass(frozen=True)
class Vocabulary:
    """What the terms and the ids in records are called: `terms` by list and id, `names` the records
    that others name, by table and id.
    """

    terms: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    names: Mapping[tuple[str, str], Row] = field(default_factory=dict)

    def name_term(self, vocabulary: str, term: object) -> str:
        """Say what a term is called within a sentence; the term itself where it is not known."""
        found = self.terms.get((vocabulary, str(term)))
        return lower_first(choose_term(found, "label")) if found else str(term)

    def name_reference(self, table: str, identity: object) -> str:
        """Say what a record that another one names is called; its id where it is not known."""
        return name_record(self.names.get((table, str(identity)), {}), str(identity)).text


def read_vocabulary(versions: Iterable[Version], changes: Iterable[RecordChange]) -> Vocabulary:
    """Read what the terms are called, and the records that some changed ones name otherwise than
    before.
    """
    order = list(versions)
    terms = {
        (row["list"], row["term_id"]): row
        for version in order
        for row in questions.browse(version, "terms", limit=10_000)
    }
    asked = {key for change in changes for key in _list_references(change)}
    names = {
        (table, identity): row
        for version in order
        for table, identity in sorted(asked)
        if (row := questions.record(version, table, identity))
    }
    return Vocabulary(terms, names)


def _list_references(change: RecordChange) -> Iterator[tuple[str, str]]:
    for reference in tables()[change.table].references:
        for row in (change.before, change.after):
            if row and reference.column in change.columns and row[reference.column]:
                yield reference.target, str(row[reference.column])


def name_record(row: Row, identity: str) -> Said:
    """Name a record: by its title, or by a name, which is in no language; else by its id."""
    title = choose_text(row, "title")
    if title.text:
        return title
    names = (row[name] for name in ("name", "venue", "city") if row.get(name))
    return Said(str(next(names, identity)))


def say_known(vocabulary: Vocabulary, table: str, after: Row, columns: Iterable[str]) -> list[str]:
    """Say what is known now that was not: "participants 95"."""
    return [
        _("{column} {value}", column=name_column(name), value=value)
        for name in _drop_qualifiers(columns)
        if (value := _say_value(vocabulary, table, after, name))
    ]


def say_corrected(
    vocabulary: Vocabulary, table: str, before: Row, after: Row, columns: Iterable[str]
) -> list[str]:
    """Say from what to what a record was corrected: "participants 80 → 95"; of long texts, that they
    were.
    """
    return [_say_step(vocabulary, table, before, after, name) for name in _drop_qualifiers(columns)]


def _say_step(vocabulary: Vocabulary, table: str, before: Row, after: Row, name: str) -> str:
    column = name_column(name)
    old, new = (_say_value(vocabulary, table, row, name) for row in (before, after))
    if max(len(old), len(new)) > MAX_LETTERS or old == new:
        return _("{column} written anew", column=column)
    unknown = _("not known")
    return _(
        "{column} {before} → {after}", column=column, before=old or unknown, after=new or unknown
    )


def _drop_qualifiers(columns: Iterable[str]) -> list[str]:
    """Leave out how well a number is known where it says so itself; alone it stands for the number."""
    return list(dict.fromkeys(QUALIFIERS.get(name, name) for name in columns))


def _say_value(vocabulary: Vocabulary, table: str, row: Row, name: str) -> str:
    """Say a value as readers do; empty where there is none."""
    column, value = tables()[table].column(name), row[name]
    if name == "participants":
        return make_quantity(value, row["participants_kind"]).words()
    if name == "amount_eur":
        quantity = make_quantity(value, row["amount_kind"])
        return qualify(quantity.kind, format_euro(value)) if value is not None else quantity.words()
    return "" if value is None else _say_known_value(vocabulary, table, column, value)


def _say_known_value(vocabulary: Vocabulary, table: str, column: Column, value: object) -> str:
    if column.terms:
        return vocabulary.name_term(column.terms, value)
    if column.form in ("date", "period"):
        return format_partial_date(str(value))
    if "country" in column.marks:
        return name_country(str(value))
    targets = {one.column: one.target for one in tables()[table].references}
    if column.name in targets:
        return vocabulary.name_reference(targets[column.name], value)
    return _("“{value}”", value=value) if column.form == "text" else str(value)
