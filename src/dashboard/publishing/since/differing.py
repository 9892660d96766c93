"""The records that differ between two versions, those of them that are in scope, and what happened
to each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dashboard.model.filters import Filters
from dashboard.publishing.since.sorts import Sort, Verdict, judge
from dashboard.query import questions
from dashboard.store import RecordChange, TableDifference, Version, compare_records

Key = tuple[str, str]
SCOPED = ("events", "trainings", "projects", "funding", "series")
"""Tables that filters select from; a table to which a chosen filter means nothing is left out."""
OWNERS: Mapping[str, str] = {
    "event_people": "events",
    "event_parties": "events",
    "project_parties": "projects",
    "series_parties": "series",
    "training_parts": "trainings",
}
"""Tables whose rows belong to a record of another one."""
NAMING: Mapping[str, str] = {"person_id": "people", "organisation_id": "organisations"}
"""Columns of these rows that name somebody."""
BEST = (Sort.HAPPENED, Sort.REGISTERED, Sort.KNOWN, Sort.CORRECTED, Sort.UNSORTED)
"""Of several reasons the first is given: what happened would have been enough."""


@dataclass(frozen=True)
class Differing:
    """What differs between two versions under filters, with what happened to each record since
    `day_before`.
    """

    before: Version
    after: Version
    filters: Filters
    day_before: date
    tables: Mapping[str, TableDifference]

    @property
    def too_many(self) -> tuple[str, ...]:
        """The tables of which so many records differ that they are not looked at one by one."""
        return tuple(name for name, table in self.tables.items() if not table.is_whole)

    @cached_property
    def changes(self) -> Mapping[Key, RecordChange]:
        """The records that differ, by table and id."""
        return {
            (one.table, one.record_id): one
            for table in self.tables.values()
            for one in table.records
        }

    @cached_property
    def verdicts(self) -> Mapping[Key, Verdict]:
        """What happened to each record that differs."""
        return {key: judge(one, self.day_before) for key, one in self.changes.items()}

    @cached_property
    def linked(self) -> Mapping[Key, Sort]:
        """Why records count otherwise that name other people or organisations than before: one was
        added, or taken away. Who is taken away and added in one has another role: a correction.
        """
        found: dict[Key, Sort] = {}
        for (table, _identity), one in self.changes.items():
            if owner := OWNERS.get(table):
                key = (owner, one.owner)
                named = list_named(one.after)
                came = named - self._taken_away[key] if named else one.before is None and one.after
                sort = Sort.REGISTERED if came else Sort.CORRECTED
                found[key] = min(sort, found.get(key, sort), key=BEST.index)
        return found

    @cached_property
    def _taken_away(self) -> Mapping[Key, frozenset[Key]]:
        """Who was named by rows that differ, by the records that these belong to."""
        found: dict[Key, frozenset[Key]] = {}
        for (table, _identity), one in self.changes.items():
            if owner := OWNERS.get(table):
                key = (owner, one.owner)
                found[key] = found.get(key, frozenset()) | list_named(one.before)
        return found

    @cached_property
    def contributions(self) -> Mapping[str, Sequence[RecordChange]]:
        """The contributions that differ, by their events."""
        found: dict[str, list[RecordChange]] = {}
        for (table, _identity), one in self.changes.items():
            if table == "event_people":
                found.setdefault(one.owner, []).append(one)
        return found

    @cached_property
    def scope(self) -> Mapping[Key, frozenset[str]]:
        """The records that differ, or that others belong to which differ, and are in scope before or
        after; of events the countries in which they are.
        """
        ids = self.list_ids({*self.changes, *self.linked, *self._disputed()})
        found: dict[Key, set[str]] = {}
        for version in (self.before, self.after):
            for row in questions.rows(version, "records_in_scope", self.filters, **ids):
                countries = found.setdefault((row["table_name"], row["record_id"]), set())
                countries |= {row["country"]} - {None}
        return {
            key: frozenset(countries)
            for key, countries in found.items()
            if not self.filters.ignored_by(key[0])
        }

    def _disputed(self) -> Iterator[Key]:
        """Give the records about which claims differ."""
        for one in self.tables.get("claims", TableDifference("claims", 0, ())).records:
            yield one.row["table_name"], one.row["record_id"]

    @staticmethod
    def list_ids(keys: set[Key]) -> dict[str, list[str]]:
        """List the ids of records by their tables, as questions ask for them."""
        return {table: sorted(i for name, i in keys if name == table) for table in SCOPED}

    @cached_property
    def touched(self) -> tuple[str, ...]:
        """The ids of everything that counts otherwise because of the records that differ: they
        themselves, those that others belong to, and the people, organisations and countries in
        them.
        """
        own = {key for key in {*self.changes, *self.linked} if key[0] in SCOPED}
        named = {*self._sorts_of_named, *self._sorts_of_countries}
        return tuple(sorted({identity for _table, identity in own | named}))

    @cached_property
    def _sorts_of_named(self) -> Mapping[Key, Sort]:
        """Why people and organisations count otherwise: because of the records that name them."""
        found: dict[Key, Sort] = {}
        for owner, key in self.named[0] | self.named[1]:
            if (owner[0], key[0]) == ("projects", "people"):
                continue  # nobody counts because of a project
            own = self.find_sort(*owner)
            sort = min(own, self.linked.get(owner, own), key=BEST.index)
            found[key] = min(sort, found.get(key, sort), key=BEST.index)
        return found

    @cached_property
    def named(self) -> tuple[frozenset[tuple[Key, Key]], frozenset[tuple[Key, Key]]]:
        """Who is named at the records that differ, or that others belong to which differ: each record
        with each of them, before and after.
        """
        ids = self.list_ids({*self.changes, *self.linked})
        asked = {name: ids[name] for name in ("events", "projects", "series")}
        before, after = (
            frozenset(
                ((row["table_name"], row["record_id"]), (row["named_table"], row["named_id"]))
                for row in questions.rows(version, "named_in_records", self.filters, **asked)
            )
            for version in (self.before, self.after)
        )
        return before, after

    @cached_property
    def _sorts_of_countries(self) -> Mapping[Key, Sort]:
        """Why countries count otherwise: because of the events in them."""
        found: dict[Key, Sort] = {}
        for (table, identity), countries in self.scope.items():
            for country in countries:
                sort = self.find_sort(table, identity)
                key = ("countries", country)
                found[key] = min(sort, found.get(key, sort), key=BEST.index)
        return found

    def find_sort(self, table: str, identity: str) -> Sort:
        """Find why a record counts otherwise than before; where nothing of its own differs, because
        something was corrected that it depends on.
        """
        key = (table, identity)
        if table in self.too_many:
            return Sort.UNSORTED
        if verdict := self.verdicts.get(key):
            return verdict.sort
        others: Mapping[Key, Sort] = {}
        if table in ("people", "organisations"):
            others = self._sorts_of_named
        elif table == "countries":
            others = self._sorts_of_countries
        return others.get(key) or self.linked.get(key) or self._sort_of_unchanged()

    def _sort_of_unchanged(self) -> Sort:
        return Sort.UNSORTED if self.too_many else Sort.CORRECTED


def list_named(row: Mapping[str, Any] | None) -> frozenset[Key]:
    """List who a row names: people and organisations, by table and id; nobody where there is none."""
    asked = NAMING.items() if row else ()
    return frozenset((table, str(row[name])) for name, table in asked if row and row.get(name))


def find_differing(
    before: Version,
    after: Version,
    filters: Filters,
    day_before: date,
    tables: Mapping[str, TableDifference] | None = None,
) -> Differing:
    """Compare two versions record by record, unless that was done: `tables` differ then."""
    found = compare_records(before, after) if tables is None else tables
    return Differing(before, after, filters, day_before, found)
