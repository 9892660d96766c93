"""Every number under many filters, against an independent computation in pandas (independent.py)."""

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard import demo, engine, metrics, settings
from dashboard.filters import APPLIES, NAMES, Filters
from dashboard.intake.check import open_candidate
from dashboard.intake.contract import tables as contract
from dashboard.intake.files import read_folder
from dashboard.metrics import METRICS, Metric
from dashboard.quantity import total
from dashboard.store import Store, Version, publish
from tests import independent

DATA = Path(__file__).parents[1] / "data"
BELOW = 5
THREADS = 2
ODD_WORDS = (
    "Größe Ålesund İstanbul Łódź café CAFÉ naïve e\u0301toile ½ m² ﬁnal wait… ™ 100% under_score it's a\\b c++ (x [y] "
    "$z ? * Søren Kraków"
).split()  # fmt: skip


# Data: the report's records, demo records, and odd ones of every sort that the contract allows --------------


@dataclass(frozen=True)
class DataSet:
    version: Version
    tables: independent.Tables


def _publish(records: Path, store: Path) -> Version:
    return publish(
        Store(store), open_candidate(read_folder(records)), author="test", message="test",
        now=datetime(2026, 1, 1, tzinfo=UTC), small_groups_below=BELOW,
    ).version  # fmt: skip


def _real(folder: Path) -> DataSet:
    return DataSet(_publish(DATA, folder / "store"), independent.read(DATA, BELOW))


def _demo(folder: Path) -> DataSet:
    size = demo.Size(years=3, events=300, seed=7)
    version = demo.make(Store(folder / "store"), size, now=datetime(2026, 6, 30, tzinfo=UTC)).version
    return DataSet(version, independent.read(version.folder / "records", settings.load().small_groups_below))


def _odd(folder: Path) -> DataSet:
    _write_odd_records(folder, random.Random(11))
    return DataSet(_publish(folder, folder / "store"), independent.read(folder, BELOW))


DATES = (
    "", "2023", "2024", "2024-02", "2024-02-29", "2024-12-31", "2025", "2025-01-01", "2025-01", "2025-05", "2025-05-14",
    "2025-12-31", "2026", "2026-03-08",
)  # fmt: skip
PERIODS = (*DATES, "2023-2024", "2024-2025", "2025-2026")


def _write_odd_records(folder: Path, draw: random.Random) -> None:
    """Small tables in which every optional cell is sometimes empty and every date has every precision."""
    terms: dict[str, list[str]] = {}
    with (DATA / "terms.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        terms.setdefault(row["list"], []).append(row["term_id"])
    numbers = {"organisations": 9, "people": 9, "places": 9, "series": 9, "events": 90, "trainings": 40,
               "projects": 50, "funding": 40}  # fmt: skip

    def ids(table: str) -> list[str]:
        return [f"{table}-{i}" for i in range(numbers[table])]

    def cell(table: str, column: Any) -> str:
        references = {r.column: r.target for r in contract()[table].references}
        choices: dict[str, Callable[[], str]] = {
            "date": lambda: draw.choice(DATES), "period": lambda: draw.choice(PERIODS),
            "term": lambda: draw.choice(terms[column.terms]),
            "id": lambda: draw.choice(ids(references[column.name])),
        }  # fmt: skip
        if column.name == "country":
            return draw.choice(("NL", "DE", "HK"))
        if column.form not in choices and column.form != "text":
            return ""
        value = choices.get(column.form, lambda: " ".join(draw.sample(ODD_WORDS, 2)))()
        return value if column.required or draw.random() < 0.7 else ""

    def record(table: str, **given: str) -> dict[str, str]:
        columns = contract()[table].file_columns
        return {c.name: given[c.name] if c.name in given else cell(table, c) for c in columns}

    def main(table: str) -> list[dict[str, str]]:
        key = contract()[table].key[0]
        return [_valid(record(table, **{key: i}), draw) for i in ids(table)]

    def link(table: str, owner: str, **given: str) -> list[dict[str, str]]:
        key = contract()[table].key[0]
        rows = [record(table, **{key: i}, nr=str(nr), **given) for i in ids(owner) for nr in range(draw.randint(0, 4))]
        return list({tuple(row[name] for name in contract()[table].key): row for row in rows}.values())

    records = {table: main(table) for table in numbers}
    records["terms"] = rows
    records["sources"] = [record("sources", source_id="report")]
    records["person_aliases"] = [
        record("person_aliases", alias=f"{word} {i}", person_id=f"people-{i % 7}", source_id="report")
        for i, word in enumerate(ODD_WORDS)
    ]
    for table, owner in (
        ("event_people", "events"), ("event_parties", "events"), ("series_parties", "series"),
        ("training_parts", "trainings"), ("project_parties", "projects"),
    ):  # fmt: skip
        records[table] = link(table, owner)
    for party in records["project_parties"]:
        empty = draw.choice(("person_id", "organisation_id"))
        other = {"person_id": "organisation_id", "organisation_id": "person_id"}[empty]
        party |= {empty: "", other: draw.choice(ids({"person_id": "people", "organisation_id": "organisations"}[other]))}
    records["claims"] = [
        record("claims", claim_id=f"claim-{n}", table_name=table, record_id=i, field=field, source_id="report", stance=stance)
        for n, (table, field) in enumerate((t, f) for t, f in (
            ("events", "participants"), ("events", "title"), ("trainings", "participants"), ("trainings", "title"),
            ("funding", "amount_eur"), ("funding", "date"),
        ) for _ in range(14))
        for i, stance in [(draw.choice(ids(table)), draw.choice(("differs", "differs", "added")))]
    ]  # fmt: skip
    for name, table in contract().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [c.name for c in table.file_columns])
            writer.writeheader()
            writer.writerows(records.get(name, []))


def _valid(row: dict[str, str], draw: random.Random) -> dict[str, str]:
    """The row with a number where its kind needs one, and without an end before its start."""
    for number, kind in (("participants", "participants_kind"), ("amount_eur", "amount_kind")):
        if row.get(kind) in ("exact", "about", "at-least"):
            row[number] = draw.choice(("0", "3", "4", "5", "17", "250")) + ("" if number == "participants" else ".25")
        elif number == "amount_eur" and row.get(kind) == "fewer-than":
            row[kind] = "unknown"
    start, end = row.get("start_date", ""), row.get("end_date", "")
    shared = min(len(start), len(end))
    if end[:shared] < start[:shared]:
        row["end_date"] = ""
    if row.get("precision"):
        row["city"] = row["city"] or "Kraków"
    return row


MAKERS: dict[str, Callable[[Path], DataSet]] = {"real": _real, "demo": _demo, "odd": _odd}


@pytest.fixture(scope="module", params=list(MAKERS))
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataSet]:
    made = MAKERS[request.param](tmp_path_factory.mktemp(request.param))
    yield made
    engine.close(made.version.database)


# Selections -------------------------------------------------------------------------------------------------

Values = dict[str, list[str]]


def occurring(tables: independent.Tables) -> Values:
    """For each filter the values that occur in the data, or stand in its vocabulary."""

    def cells(column: str, *names: str) -> set[str]:
        return {cell for name in names for cell in tables[name][column]} - {""}

    days = (cells("first", "projects") | cells("last", "projects")) - {independent.OPEN}
    dated = ("events", "trainings", "funding", "series")
    terms = tables["terms"]
    found = {
        "year": cells("year", *dated) | {day[:4] for day in days},
        "month": cells("month", *dated) | {day[:7] for day in days},
        "speaker": cells("person_id", "people"),
        "country": cells("country", "places"),
        "text": {word for name in (*dated, "projects") for text in tables[name]["text"] for word in text.split()},
    }
    for name, vocabulary in (("role", "person-role"), ("kind", "event-kind")):
        found[name] = set(terms["term_id"][terms["list"] == vocabulary])
    for name in ("line", "pillar", "our_role"):
        found[name] = set(terms["term_id"][terms["list"] == name.replace("_", "-")])
    return {name: sorted(found[name]) for name in NAMES}


def selection(chosen: dict[str, Iterable[str]]) -> Filters:
    """Filters from values per filter, as they come from the URL: months win over a year."""
    values: dict[str, Any] = {name: tuple(sorted(set(v))) for name, v in chosen.items()}
    if year := values.pop("year", None):
        values["year"] = None if values.get("month") else int(year[0])
    if text := values.pop("text", None):
        values["text"] = " ".join(text)
    return Filters(**values)


def singles(values: Values, draw: random.Random, texts: int) -> list[Filters]:
    """No filter, and each value of each filter by itself; of the words in the texts a sample."""
    some = values | {"text": draw.sample(values["text"], min(texts, len(values["text"]))) + ["%", "_", "'", "\\"]}
    return [Filters(), *(selection({name: [value]}) for name in NAMES for value in some[name])]


def combinations(tables: independent.Tables, values: Values, draw: random.Random, number: int) -> list[Filters]:
    """Pairs and triples of filters. In two of three selections the values are those of one record, so
    that something is left; some filters get a second, random value."""
    found = []
    for turn in range(number):
        whole = _values_of_a_record(tables, draw) if turn % 3 else {}
        pool = {name: v for name, v in whole.items() if v} if len(whole) > 2 else values
        names = draw.sample(sorted(pool), min(len(pool), draw.choice((2, 3))))
        chosen = {name: [draw.choice(pool[name])] for name in names}
        for name in names:
            if name not in ("year", "text") and draw.random() < 0.3:
                chosen[name] += draw.sample(values[name], min(2, len(values[name])))
        found.append(selection(chosen))
    return found


def _values_of_a_record(tables: independent.Tables, draw: random.Random) -> Values:
    name = draw.choice(("events", "events", "events", "trainings", "projects", "funding", "series"))
    row = {key: str(value) for key, value in tables[name].iloc[draw.randrange(len(tables[name]))].items()}
    values = {f: [row[f]] for f in ("year", "month", "line", "pillar", "country", "our_role", "kind") if row.get(f)}
    if name == "projects":
        del values["kind"]
        values |= {"year": [row["first"][:4]], "month": [row["first"][:7]]}
    if name == "events":
        rows = tables["event_people"][tables["event_people"]["event_id"] == row["event_id"]]
        values |= {"speaker": sorted(set(rows["person_id"])), "role": sorted(set(rows["role"]))}
    if project := row.get("project_id"):
        rows = tables["project_parties"][tables["project_parties"]["project_id"] == project]
        values["speaker"] = sorted(set(rows["person_id"]) - {""})
    return values | {"text": row["text"].split()}


# Comparison -------------------------------------------------------------------------------------------------


def differences(data: DataSet, selections: Iterable[Filters]) -> list[str]:
    """Where the number, the sum of its rows and the independent number are not the same. Selections that
    come to the same for a metric are looked at once."""
    jobs = {(metric.name, independent.effective(metric.name, f)): (metric, f) for f in selections for metric in METRICS.values()}

    def compare(job: tuple[Metric, Filters]) -> str | None:
        metric, filters = job
        expected = independent.number(data.tables, metric.name, filters)
        number = metrics.evaluate(data.version, metric, filters)
        rows = total(quantity for _, quantity in metrics.behind(data.version, metric, filters))
        if number == rows == expected:
            return None
        chosen = {name: getattr(filters, name) for name in filters.chosen}
        return f"{metric.name} {chosen}\n  number      {number}\n  its rows    {rows}\n  independent {expected}"

    with ThreadPoolExecutor(THREADS) as pool:
        return [problem for problem in pool.map(compare, jobs.values()) if problem]


def _say(problems: list[str]) -> str:
    return f"{len(problems)} differences, of which:\n" + "\n".join(problems[:12])


def test_each_filter_value_alone_gives_the_independent_number_and_so_do_its_rows(data):
    problems = differences(data, singles(occurring(data.tables), random.Random(1), texts=25))
    assert not problems, _say(problems)


def test_pairs_and_triples_of_filters_give_the_independent_number_and_so_do_their_rows(data):
    problems = differences(data, combinations(data.tables, occurring(data.tables), random.Random(2), number=100))
    assert not problems, _say(problems)


def test_months_of_several_years_are_alternatives_and_not_a_span(data):
    spans = [("2024-02", "2026-03"), ("2023-12", "2025-05"), ("2024-12", "2025-01"), ("2024-01", "2025-05", "2026-12")]
    problems = differences(data, [Filters(month=months) for months in spans])
    assert not problems, _say(problems)


def test_with_months_the_year_is_left_out(data):
    for metric in METRICS.values():
        both = metrics.evaluate(data.version, metric, Filters(year=2024, month=("2025-05",)))
        assert both == metrics.evaluate(data.version, metric, Filters(month=("2025-05",))), metric.name


NOTHING = {
    "year": 1950, "month": ("1950-01",), "speaker": ("nobody",), "role": ("no-role",), "line": ("no-line",),
    "pillar": ("no-pillar",), "kind": ("no-kind",), "country": ("XX",), "our_role": ("no-role",), "text": "qqxxqq",
}  # fmt: skip


def test_a_filter_that_applies_leaves_nothing_where_nothing_matches(data):
    for metric in METRICS.values():
        for name in APPLIES[metric.table]:
            left = metrics.evaluate(data.version, metric, Filters(**{name: NOTHING[name]}))
            assert (left.value, left.total) == (0, 0), f"{metric.name} with {name} of which there is none"


def test_a_filter_that_does_not_apply_leaves_the_number_as_it_is(data):
    for metric in METRICS.values():
        for name in set(NAMES) - APPLIES[metric.table] - {"month"}:
            without = metrics.evaluate(data.version, metric, Filters(year=2025))
            ignored = metrics.evaluate(data.version, metric, Filters(year=2025).with_(**{name: NOTHING[name]}))
            assert ignored == without, f"{metric.name} changes with {name}"


def test_a_number_that_takes_no_months_is_that_of_the_months_year(data):
    chosen = [metric for metric in METRICS.values() if "month" not in APPLIES[metric.table]]
    assert chosen
    for metric in chosen:
        month = metrics.evaluate(data.version, metric, Filters(month=("2025-05",)))
        assert month == metrics.evaluate(data.version, metric, Filters(year=2025)), metric.name


# Definitions ------------------------------------------------------------------------------------------------


def test_every_metric_says_what_it_is_called_what_it_counts_and_who_answers_for_it():
    for metric in METRICS.values():
        for name in ("label", "unit", "noun", "counted", "not_counted", "calendar", "owner"):
            text = getattr(metric, name)
            assert text, f"{metric.name} has no {name}"
            assert text == text.strip(), f"{metric.name}: {name} has spaces around it"
        for name in ("counted", "not_counted"):
            assert getattr(metric, name).endswith("."), f"{metric.name}: {name} is no sentence"


def test_every_metric_has_its_own_name_and_label():
    for name in ("name", "label", "counted"):
        values = [getattr(metric, name) for metric in metrics._ALL]
        assert sorted(values) == sorted(set(values)), f"two metrics have the same {name}"


def test_the_matrix_of_filters_names_only_filters_and_covers_every_metric():
    assert {field.name for field in fields(Filters)} == set(NAMES)
    assert set().union(*APPLIES.values()) == set(NAMES)
    assert {metric.table for metric in METRICS.values()} <= set(APPLIES)


def test_every_metric_is_described_as_plain_values_with_the_filters_that_it_ignores(data):
    filters = Filters(year=2025, speaker=("nobody",), country=("NL",))
    for answer in metrics.report(data.version, filters):
        metric = METRICS[answer["name"]]
        assert answer["ignored_filters"] == [n for n in ("speaker", "country") if n not in APPLIES[metric.table]]
        assert answer["known"] + answer["unknown"] == metrics.evaluate(data.version, metric, filters).total
