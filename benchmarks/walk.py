"""Walks through the filters, one changed after the other, and the number that each must show.

A state is *new* where nobody has asked this process for it and our work ahead does not cover it,
*guessed* where the work ahead has done it, and *known* where a reader has been. All pages walk the
same way; only ours works ahead.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import duckdb

from benchmarks.figures import make_query, options, served, show
from dashboard.model.filter_links import parse_filters
from dashboard.model.filters import Filters
from dashboard.ui.prefetch import MIN_EVENTS, find_neighbours

NEW, GUESSED, KNOWN, ANY = "not guessed", "guessed", "known", ""
STEPS: tuple[tuple[str, str, str | None], ...] = (
    ("month", NEW, None),
    ("year", NEW, None),
    ("month", ANY, ""),
    ("kind", NEW, None),
    ("kind", GUESSED, None),
    ("month", GUESSED, None),
    ("month", ANY, ""),
    ("kind", ANY, ""),
    ("speaker", NEW, None),
    ("speaker", GUESSED, None),
    ("year", NEW, None),
    ("year", GUESSED, None),
    ("month", GUESSED, None),
    ("month", NEW, None),
)
"""What is changed one after the other, how it must be found, and to which value; what no option fits
is left out.
"""
FEW_EVENTS = 4
"""Events that each state has at least: of three and fewer there is no timeline."""
HELD = """
select count(*)
from events as e
where status = 'held' and first_day between $first and $last
    and ($month = '' or month = $month) and ($kind = '' or kind = $kind)
    and ($speaker = '' or event_id in (
        select event_id from event_people_by_day
        where person_id = $speaker and event_day between $first and $last
    ))
"""
"""The number of held events, asked without our questions."""


@dataclass(frozen=True)
class State:
    """What is chosen in the four filters; the month without its year, empty where none is."""

    year: str
    month: str = ""
    speaker: str = ""
    kind: str = ""

    @property
    def query(self) -> list[tuple[str, str]]:
        """The pairs of its link."""
        return make_query(vars(self))

    @property
    def filters(self) -> Filters:
        """The same as filters of ours."""
        return parse_filters(self.query)[0]


@dataclass(frozen=True)
class Step:
    """A change of one filter to a value; what is shown then, and how that is found."""

    name: str
    value: str
    found: str
    before: State
    after: State


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(served().database), read_only=True)


@cache
def count_held(state: State) -> int:
    """Count what a page must show."""
    first, last = state.filters.period()
    month = f"{state.year}-{state.month}" if state.month else ""
    asked = {"month": month, "kind": state.kind, "speaker": state.speaker}
    (number,) = _database().execute(HELD, {**asked, "first": first, "last": last}).fetchone()
    return int(number)


def forget() -> None:
    """Forget the store: another one is walked through from now on."""
    for kept in (_database, count_held, count_charts):
        kept.cache_clear()


@cache
def count_charts(state: State) -> int:
    """Count the charts that a page must show: none where rows or a number say more."""
    return int(show(state.query).drawn)


def _is_one_press(before: State, after: State, name: str) -> bool:
    """Return whether a reader of ours comes there by one press: of two kinds both would be chosen."""
    return before != after and (name != "kind" or "" in (before.kind, after.kind))


def linked() -> State:
    """The state of the deep link: a month, where there is a timeline of it, else a year."""
    month, year = State("2025", "05"), State("2025")
    return next(one for one in (month, replace(month, kind="lecture"), year) if count_charts(one))


@dataclass
class Walker:
    """Plans walks through a process that has been asked for nothing yet."""

    chance: random.Random = field(default_factory=lambda: random.Random(1))
    visited: set[Filters] = field(default_factory=set)
    guessed: set[Filters] = field(default_factory=set)

    def visit(self, state: State) -> State:
        """Note that a reader was there, and what is worked out ahead because of that."""
        self.visited.add(state.filters)
        if served().manifest.rows["events"] >= MIN_EVENTS:
            self.guessed.update(find_neighbours(state.filters))
        return state

    def find(self, state: State) -> str:
        """Say how a state would be found now."""
        if state.filters in self.visited:
            return KNOWN
        return GUESSED if state.filters in self.guessed else NEW

    def begin(self) -> State:
        """Choose where a walk begins: a month that nobody has asked for, and, where there are too
        many events for a timeline of it, a kind of event.
        """
        kinds = [value for value, _ in options()["kind"]]
        states = [
            State(year, month, kind=kind)
            for year, _ in options()["year"]
            for month, _ in options()["month"][1:]
            for kind in kinds
        ]
        self.chance.shuffle(states)
        states.sort(key=lambda state: bool(state.kind))
        new = (state for state in states if self.find(state) == NEW)
        return self.visit(self._first(new) or states[0])

    def go(
        self, begin: State, steps: Sequence[tuple[str, str, str | None]] = STEPS
    ) -> Iterator[Step]:
        """Walk on from there."""
        state = begin
        for name, found, value in steps:
            targets = [replace(state, **{name: one}) for one in self._values(name, value)]
            fitting = (
                one
                for one in targets
                if _is_one_press(state, one, name) and found in (ANY, self.find(one))
            )
            if (after := self._first(fitting, other_than=count_held(state))) is None:
                continue
            yield Step(name, getattr(after, name), self.find(after), state, after)
            state = self.visit(after)

    def _values(self, name: str, value: str | None) -> list[str]:
        found = [one for one, _ in options()[name] if value in (None, one)]
        self.chance.shuffle(found)
        return found

    def _first(self, states: Iterator[State], other_than: int = -1) -> State | None:
        """Find the first with a timeline and a number that tells it from the one before, else the
        first with such a number.
        """
        without = None
        for one in states:
            if (held := count_held(one)) >= FEW_EVENTS and held != other_than:
                if count_charts(one):
                    return one
                without = without or one
        return without
