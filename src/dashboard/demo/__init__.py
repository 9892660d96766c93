"""Labelled, seeded demo data of any size, in a store of its own.

Everything is written by SQL (demo.sql) into the same text tables that files are read into, and goes
through the same checks; five million events take minutes. The records say that they are generated.
"""

import argparse
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files

from duckdb import DuckDBPyConnection

from dashboard.intake.check import check_records, open_empty_database
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.model import settings
from dashboard.store import Published, Store, publish

AUTHOR = "demo generator"
MAX_EVENTS, MAX_YEARS, MAX_PEOPLE = 50_000_000, 50, 1_000_000


class DemoError(Exception):
    """The demo data cannot be made; the message says why."""


@dataclass(frozen=True)
class Size:
    """How much demo data: `events` spread over the last `years` years, this year included, with so
    many `people`.
    """

    years: int = 5
    events: int = 2000
    seed: int = 1
    people: int = 60

    @classmethod
    def of(cls, options: argparse.Namespace) -> "Size":
        return cls(options.years, options.events, options.seed, options.people)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `python -m dashboard demo`."""
    parser.add_argument(
        "--years", type=int, default=Size.years, help="years, this one included (default 5)"
    )
    parser.add_argument(
        "--events", type=int, default=Size.events, help="number of events (default 2000)"
    )
    parser.add_argument(
        "--people", type=int, default=Size.people, help="number of people (default 60)"
    )
    parser.add_argument("--seed", type=int, default=Size.seed, help="another seed gives other data")


def make_demo(store: Store, size: Size, now: datetime) -> Published:
    """Publish demo data into a store. Events after `now` are planned. Raises DemoError for a store
    that holds real records or for a size out of range.
    """
    if not (1 <= size.years <= MAX_YEARS and 0 <= size.events <= MAX_EVENTS):
        raise DemoError(f"give 1 to {MAX_YEARS} years and 0 to {MAX_EVENTS:,} events")
    if not 1 <= size.people <= MAX_PEOPLE:
        raise DemoError(f"give 1 to {MAX_PEOPLE:,} people")
    if any(version.manifest.author != AUTHOR for version in store.versions()):
        raise DemoError(f"{store.root} holds real records; give another folder with --store")
    chosen = settings.load()
    return publish(
        store,
        _generate(size, settings.local_day(now, chosen)),
        author=AUTHOR,
        message=f"Demo data: {size.events} events in {size.years} years, seed {size.seed}",
        now=now,
        small_groups_below=chosen.small_groups_below,
    )


def _generate(size: Size, today: date) -> DuckDBPyConnection:
    """Generate the records in a candidate, and check them."""
    candidate = open_empty_database()
    vocabulary = read_folder(settings.data_folder())
    if "terms" not in vocabulary.tables:
        raise Refused(vocabulary.problems)
    candidate.register("vocabulary", vocabulary.tables["terms"])
    values = {
        "seed": size.seed,
        "years": size.years,
        "events": size.events,
        "people": size.people,
        "last_year": today.year,
        "today": f"'{today.isoformat()}'",
    }
    for name, value in values.items():
        # set takes no parameters; these are numbers and a date
        candidate.execute(f"set variable {name} = {value}")
    candidate.execute(files(__package__).joinpath("demo.sql").read_text("utf-8"))
    candidate.unregister("vocabulary")
    check_records(candidate)
    return candidate
