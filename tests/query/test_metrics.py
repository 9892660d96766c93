"""Every number under many filters, against an independent computation in pandas (independent.py)."""

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard import demo
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.language.messages import speaking
from dashboard.language.nouns import NOUNS, SINGULAR
from dashboard.model import settings
from dashboard.model.filters import APPLIES, FIELDS, FILTER_NAMES, NOT_STATED, SINGLE, Filters
from dashboard.model.quantity import Quantity, sum_quantities
from dashboard.query import engine, metrics
from dashboard.query.metric_definitions import DEFINITIONS
from dashboard.query.metrics import METRICS, Metric
from dashboard.schema.contract import Column
from dashboard.schema.contract import tables as contract
from dashboard.store import Store, Version, publish
from tests.conftest import served_already
from tests.records import independent

DATA = Path(__file__).parents[2] / "data"
BELOW = 5
THREADS = 3
ODD_WORDS = """Größe Ålesund İstanbul Łódź café CAFÉ naïve e\u0301toile ½ m² ﬁnal wait… ™ 100% under_score it's a\\b
    c++ (x [y] $z ? * Søren Kraków""".split()


# Data: the report's records, demo records, and odd ones of every sort that the contract allows
# --------------


@dataclass(frozen=True)
class DataSet:
    version: Version
    tables: independent.Tables


def _publish(records: Path, store: Path) -> Version:
    return publish(
        Store(store),
        open_checked_records(read_folder(records)),
        author="test",
        message="test",
        now=datetime(2026, 1, 1, tzinfo=UTC),
        small_groups_below=BELOW,
    ).version


def _real(folder: Path) -> DataSet:
    return DataSet(served_already(Store(folder / "store"), DATA), independent.read(DATA, BELOW))


def _demo(folder: Path) -> DataSet:
    size = demo.Size(years=3, events=300, seed=7)
    version = demo.make_demo(
        Store(folder / "store"), size, now=datetime(2026, 6, 30, tzinfo=UTC)
    ).version
    return DataSet(
        version, independent.read(version.folder / "records", settings.load().small_groups_below)
    )


def _odd(folder: Path) -> DataSet:
    OddRecords(random.Random(11)).write(folder)
    return DataSet(_publish(folder, folder / "store"), independent.read(folder, BELOW))


DATES = (
    "2023",
    "2024",
    "2024-02",
    "2024-02-29",
    "2024-12-31",
    "2025",
    "2025-01-01",
    "2025-01",
    "2025-05",
    "2025-05-14",
    "2025-12-31",
    "2026",
    "2026-03-08",
)
SIZES = {
    "organisations": 9,
    "people": 9,
    "places": 9,
    "series": 9,
    "events": 90,
    "trainings": 90,
    "projects": 50,
    "funding": 40,
}
LINKS = {
    "event_people": "events",
    "event_parties": "events",
    "series_parties": "series",
    "training_parts": "trainings",
    "project_parties": "projects",
}
CLAIMED = (
    ("events", "participants"),
    ("events", "title"),
    ("trainings", "participants"),
    ("trainings", "title"),
    ("funding", "amount_eur"),
    ("funding", "date"),
)
Record = dict[str, str]


class OddRecords:
    """Small tables in which every optional cell is sometimes empty and every date has every
    precision.
    """

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        with (DATA / "terms.csv").open(encoding="utf-8") as file:
            self.terms = list(csv.DictReader(file))
        self.ids = {table: [f"{table}-{i}" for i in range(size)] for table, size in SIZES.items()}

    def write(self, folder: Path) -> None:
        records = {table: self.main(table) for table in SIZES} | {
            table: self.links(table) for table in LINKS
        }
        records |= {
            "terms": self.terms,
            "sources": [self.record("sources", source_id="report")],
            "person_aliases": [
                self.record(
                    "person_aliases",
                    alias=f"{word} {i}",
                    person_id=f"people-{i % 7}",
                    source_id="report",
                )
                for i, word in enumerate(ODD_WORDS)
            ],
            "claims": self.claims(),
        }
        for name, table in contract().items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, [column.name for column in table.file_columns])
                writer.writeheader()
                writer.writerows(records.get(name, []))

    def main(self, table: str) -> list[Record]:
        key = contract()[table].key[0]
        return [self.valid(self.record(table, **{key: i})) for i in self.ids[table]]

    def links(self, table: str) -> list[Record]:
        key = contract()[table].key
        owners = [
            (i, nr) for i in self.ids[LINKS[table]] for nr in range(1, 1 + self.draw.randint(0, 4))
        ]
        rows = [self.record(table, **{key[0]: i}, nr=str(nr)) for i, nr in owners]
        if table == "project_parties":
            for row in rows:  # a person or an organisation
                row[self.draw.choice(("person_id", "organisation_id"))] = ""
        return list({tuple(row[name] for name in key): row for row in rows}.values())

    def claims(self) -> list[Record]:
        return [
            self.record(
                "claims",
                claim_id=f"claim-{nr}",
                table_name=table,
                record_id=self.draw.choice(self.ids[table]),
                field=field,
                source_id="report",
                stance=self.draw.choice(("differs", "differs", "added")),
            )
            for nr, (table, field) in enumerate(CLAIMED * 30)
        ]

    def record(self, table: str, **given: str) -> Record:
        references = {r.column: r.target for r in contract()[table].references}
        return {
            column.name: given[column.name]
            if column.name in given
            else self.cell(column, references.get(column.name))
            for column in contract()[table].file_columns
        }

    def cell(self, column: Column, target: str | None) -> str:
        fixed = {
            "country": ("NL", "DE", "HK"),
            "latitude": ("53.2",),
            "longitude": ("6.5",),
            "orcid": ("",),
            "ror": ("",),
            "title_language": ("nl", "en", ""),
            # without letters that a link writes otherwise than the slug of independent
            "city": ("Zürich", "Kraków", "e\u0301toile m", "café 100%"),
        }
        if column.name in fixed:
            return self.draw.choice(fixed[column.name])
        may_be_empty = not column.required and column.name not in ("person_id", "organisation_id")
        if may_be_empty and self.draw.random() < 0.3:
            return ""
        match column.form:
            case "date":
                return self.draw.choice(DATES)
            case "period":
                return self.draw.choice((*DATES, "2023-2024", "2024-2025", "2025-2026"))
            case "term":
                return self.draw.choice(
                    [term["term_id"] for term in self.terms if term["list"] == column.terms]
                )
            case "id":
                return self.draw.choice(self.ids[target])
            case "text":
                return " ".join(self.draw.sample(ODD_WORDS, 2))
            case _:
                return ""

    def valid(self, row: Record) -> Record:
        """The row with a number where its kind needs one, and without what the checks refuse."""
        for number, kind in (("participants", "participants_kind"), ("amount_eur", "amount_kind")):
            if row.get(kind) in ("exact", "about", "at-least"):
                row[number] = self.draw.choice(("0", "3", "4", "5", "17", "250"))
        if row.get("amount_eur"):
            row["amount_eur"] += self.draw.choice(("", ".25", ".5"))
        start, end = row.get("start_date", ""), row.get("end_date", "")
        shared = min(len(start), len(end))
        if end[:shared] < start[:shared] or ("event_id" in row and not start):
            row["end_date"] = ""
        return row


MAKERS: dict[str, Callable[[Path], DataSet]] = {"real": _real, "demo": _demo, "odd": _odd}


@pytest.fixture(scope="module", params=list(MAKERS))
def data(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DataSet]:
    made = MAKERS[request.param](tmp_path_factory.mktemp(request.param))
    yield made
    engine.close(made.version.database)


some_or_all = pytest.mark.parametrize("part", ["some", pytest.param("all", marks=pytest.mark.long)])


def first(name: str) -> pytest.MarkDecorator:
    """One of the data sets in make test, the others in make test-long."""
    others = [pytest.param(other, marks=pytest.mark.long) for other in MAKERS if other != name]
    return pytest.mark.parametrize("data", [name, *others], indirect=True)


# Selections
# -------------------------------------------------------------------------------------------------

Values = dict[str, list[str]]


def occurring(tables: independent.Tables) -> Values:
    """For each filter the values that occur in the data, or stand in its vocabulary; and
    not-stated.
    """

    def cells(column: str, *names: str) -> set[str]:
        return {cell for name in names for cell in tables[name][column]} - {""}

    days = (cells("first", "projects") | cells("last", "projects")) - {independent.OPEN}
    dated = ("events", "trainings", "funding", "series")
    every_day = days | cells("begins", *dated) | cells("ends", *dated)
    terms = tables["terms"]
    found = {
        "year": cells("year", *dated) | {day[:4] for day in days},
        "month": cells("month", *dated) | {day[:7] for day in days},
        "from": every_day,
        "to": every_day,
        "speaker": cells("person_id", "people"),
        "organisation": cells("organisation_id", "organisations"),
        "country": cells("country", "places"),
        "city": cells("city_slug", "places"),
        "text": {
            word
            for name in (*dated, "projects")
            for text in tables[name]["text"]
            for word in text.split()
        },
    }
    for name in ("role", "status", *independent.MAY_BE_UNSTATED):
        vocabulary = {
            "role": "person-role",
            "status": "event-status",
            "kind": "event-kind",
            "format": "training-format",
        }.get(name, name)
        found[name] = set(terms["term_id"][terms["list"] == vocabulary.replace("_", "-")])
        assert found[name], f"no vocabulary of {name}"
    for name in independent.MAY_BE_UNSTATED:
        found[name].add(NOT_STATED)
    return {name: sorted(found[name]) for name in FILTER_NAMES}


def selection(chosen: dict[str, Iterable[str]]) -> Filters:
    """Filters from values per filter, as they come from the URL: months win over a year, and the
    first day is before the last.
    """
    values: dict[str, Any] = {name: tuple(sorted(set(v))) for name, v in chosen.items()}
    days = {name: date.fromisoformat(values.pop(name)[0]) for name in FIELDS if name in values}
    if len(days) == 2:
        days = dict(zip(FIELDS, sorted(days.values()), strict=True))
    if year := values.pop("year", None):
        values["year"] = None if values.get("month") else int(year[0])
    if text := values.pop("text", None):
        values["text"] = " ".join(text)
    return Filters(**values).with_(**days)


def singles(values: Values, draw: random.Random, **most: int) -> list[Filters]:
    """No filter, and each value of each filter by itself, or a sample of `most`; always not-stated,
    alone and beside another value; and what SQL might mistake.
    """
    some = {name: draw.sample(v, min(len(v), most.get(name, len(v)))) for name, v in values.items()}
    unstated = [
        {name: [NOT_STATED]} for name in independent.MAY_BE_UNSTATED if NOT_STATED not in some[name]
    ]
    unstated += [{name: [NOT_STATED, values[name][0]]} for name in independent.MAY_BE_UNSTATED]
    some["text"] += ["%", "_", "'", "\\"]
    alone = [{name: [value]} for name in FILTER_NAMES for value in some[name]]
    return [Filters(), *(selection(chosen) for chosen in alone + unstated)]


def combinations(
    tables: independent.Tables, values: Values, draw: random.Random, number: int
) -> list[Filters]:
    """Pairs and triples of filters. In two of three selections the values are those of one record,
    so that something is left; some filters get a second, random value.
    """
    found = []
    for turn in range(number):
        whole = _values_of_a_record(tables, draw) if turn % 3 else {}
        pool = {name: v for name, v in whole.items() if v} if len(whole) > 2 else values
        names = draw.sample(sorted(pool), min(len(pool), draw.choice((2, 3))))
        chosen = {name: [draw.choice(pool[name])] for name in names}
        for name in names:
            if name not in SINGLE and draw.random() < 0.3:
                chosen[name] += draw.sample(values[name], min(2, len(values[name])))
        found.append(selection(chosen))
    return found


def _values_of_a_record(tables: independent.Tables, draw: random.Random) -> Values:
    name = draw.choice(("events", "events", "events", "trainings", "projects", "funding", "series"))
    row = {
        key: str(value)
        for key, value in tables[name].iloc[draw.randrange(len(tables[name]))].items()
    }
    values = {f: [row[f]] for f in ("year", "month", "country", "city") if row.get(f)}
    values |= {f: [row[f] or NOT_STATED] for f in independent.MAY_BE_UNSTATED if f in row}
    if name == "projects":
        del values["kind"]
        values |= {"year": [row["first"][:4]], "month": [row["first"][:7]]}
    if row.get("begins"):
        values |= {"from": [row["begins"]], "to": [row["ends"]]}
    if name == "events":
        rows = tables["event_parties"][tables["event_parties"]["event_id"] == row["event_id"]]
        values["organisation"] = sorted(set(rows["organisation_id"]))
        rows = tables["event_people"][tables["event_people"]["event_id"] == row["event_id"]]
        values |= {"speaker": sorted(set(rows["person_id"])), "role": sorted(set(rows["role"]))}
    if project := row.get("project_id"):
        rows = tables["project_parties"][tables["project_parties"]["project_id"] == project]
        values["speaker"] = sorted(set(rows["person_id"]) - {""})
        values["organisation"] = sorted(set(rows["organisation_id"]) - {""})
    return values | {"text": row["text"].split()}


# Comparison
# -------------------------------------------------------------------------------------------------


def each_metric(data: DataSet, selections: Iterable[Filters]) -> list[str]:
    """Differences under every selection, for every metric."""
    return differences(
        data, [(metric, filters) for filters in selections for metric in METRICS.values()]
    )


def thirds_of_the_metrics(data: DataSet, selections: Iterable[Filters]) -> list[str]:
    """Differences under every selection, for every third metric, each time others."""
    return differences(
        data,
        [
            (metric, filters)
            for turn, filters in enumerate(selections)
            for metric in list(METRICS.values())[turn % 3 :: 3]
        ],
    )


def metrics_in_turn(data: DataSet, selections: Iterable[Filters]) -> list[str]:
    """Differences under every selection, for half of the metrics to which at least two of its
    filters apply (with one it is a single filter). Those that ask the same question with other
    parameters take turns too.
    """
    questions: dict[str, list[Metric]] = {}
    for metric in METRICS.values():
        questions.setdefault(metric.question, []).append(metric)
    cases = [
        (alike[(turn // 2) % len(alike)], filters)
        for turn, filters in enumerate(selections)
        for place, alike in enumerate(questions.values())
        if (turn + place) % 2
    ]
    return differences(
        data, [(m, f) for m, f in cases if len(independent.effective(m.name, f).chosen) >= 2]
    )


def differences(data: DataSet, cases: Iterable[tuple[Metric, Filters]]) -> list[str]:
    """Where the number, or the sum of its rows, is not the independent number. Selections that come
    to the same for a metric are looked at once; the rows are added up for every second case, drawn
    by lot.
    """
    jobs = {
        (metric.name, independent.effective(metric.name, filters)): (metric, filters)
        for metric, filters in cases
    }
    draw = random.Random(3)

    def compare(job: tuple[Metric, Filters, bool]) -> str | None:
        metric, filters, with_rows = job
        expected = independent.number(data.tables, metric.name, filters)
        answers = {"number": metrics.evaluate(data.version, metric, filters)}
        if with_rows:
            answers["its rows"] = sum_quantities(
                quantity for _, quantity in metrics.list_records(data.version, metric, filters)
            )
        if all(answer == expected for answer in answers.values()):
            return None
        chosen = {name: filters.values(name) for name in filters.chosen}
        lines = [
            f"  {name}: {answer}" for name, answer in {**answers, "independent": expected}.items()
        ]
        return "\n".join([f"{metric.name} {chosen}", *lines])

    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(compare, [(*job, draw.random() < 0.5) for job in jobs.values()])
        return [problem for problem in found if problem]


def _say(problems: list[str]) -> str:
    return f"{len(problems)} differences, of which:\n" + "\n".join(problems[:12])


@some_or_all
@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_each_filter_value_alone_gives_the_independent_number_and_so_do_its_rows(data, part):
    """Some: every metric under every filter is looked at in the odd records."""
    most = dict.fromkeys(FILTER_NAMES, 2) | {"text": 1} if part == "some" else {"text": 6}
    look = thirds_of_the_metrics if part == "some" else each_metric
    problems = look(data, singles(occurring(data.tables), random.Random(1), **most))
    assert not problems, _say(problems)


@some_or_all
@pytest.mark.parametrize("data", ["odd"], indirect=True)
def test_single_filters_give_the_independent_number_for_odd_records_too(data, part):
    most = (
        dict.fromkeys(FILTER_NAMES, 1) | {"year": 3}
        if part == "some"
        else dict.fromkeys(FILTER_NAMES, 3) | {"year": 7, "city": 5, "text": 8}
    )
    problems = each_metric(data, singles(occurring(data.tables), random.Random(1), **most))
    assert not problems, _say(problems)


@some_or_all
def test_pairs_and_triples_of_filters_give_the_independent_number_and_so_do_their_rows(data, part):
    number = 16 if part == "some" else 100
    selections = combinations(data.tables, occurring(data.tables), random.Random(2), number=number)
    problems = metrics_in_turn(data, selections)
    assert not problems, _say(problems)


@first("odd")
def test_months_of_several_years_are_alternatives_and_not_a_span(data):
    spans = [
        ("2024-02", "2026-03"),
        ("2023-12", "2025-05"),
        ("2024-12", "2025-01"),
        ("2024-01", "2025-05", "2026-12"),
    ]
    problems = each_metric(data, [Filters(month=months) for months in spans])
    assert not problems, _say(problems)


@first("odd")
def test_days_narrow_months_and_years(data):
    days = {"from_day": date(2024, 2, 15), "to_day": date(2025, 5, 14)}
    chosen = [
        Filters(**days),
        Filters(month=("2024-02", "2025-05", "2026-03"), **days),
        Filters(month=("2024-02", "2025-04"), from_day=date(2024, 3, 1)),
        Filters(year=2024, **days),
        Filters(year=2025, to_day=date(2025, 12, 31)),
        Filters(year=2026, **days),
        Filters(month=("2023-12",), **days),
    ]
    problems = each_metric(data, chosen)
    assert not problems, _say(problems)


@first("odd")
def test_with_months_the_year_is_left_out(data):
    for metric in METRICS.values():
        both = metrics.evaluate(data.version, metric, Filters(year=2024, month=("2025-05",)))
        assert both == metrics.evaluate(data.version, metric, Filters(month=("2025-05",))), (
            metric.name
        )


NOTHING = {
    "year": 1950,
    "month": ("1950-01",),
    "from": date(2098, 1, 1),
    "to": date(1901, 1, 1),
    "speaker": ("nobody",),
    "organisation": ("no-organisation",),
    "role": ("no-role",),
    "line": ("no-line",),
    "pillar": ("no-pillar",),
    "kind": ("no-kind",),
    "country": ("XX",),
    "city": ("nowhere-xx",),
    "our_role": ("no-role",),
    "status": ("no-status",),
    "level": ("no-level",),
    "discipline": ("no-discipline",),
    "format": ("no-format",),
    "text": "qqxxqq",
}


@first("real")
def test_a_filter_that_applies_leaves_nothing_where_nothing_matches(data):
    for metric in METRICS.values():
        for name in APPLIES[metric.table]:
            if name == "from" and metric.table in ("projects", "funding", "partners"):
                continue  # some run without a known end
            chosen = Filters().with_(**{name: NOTHING[name]})
            left = metrics.evaluate(data.version, metric, chosen)
            assert (left.value, left.total) == (0, 0), (
                f"{metric.name} with {name} of which there is none"
            )


@first("real")
def test_a_filter_that_does_not_apply_leaves_the_number_as_it_is(data):
    for metric in METRICS.values():
        without = metrics.evaluate(data.version, metric, Filters(year=2025))
        for name in set(FILTER_NAMES) - APPLIES[metric.table] - {"month"}:
            ignored = metrics.evaluate(
                data.version, metric, Filters(year=2025).with_(**{name: NOTHING[name]})
            )
            assert ignored == without, f"{metric.name} changes with {name}"


@first("real")
def test_a_number_that_takes_no_months_is_that_of_the_months_year(data):
    chosen = [metric for metric in METRICS.values() if "month" not in APPLIES[metric.table]]
    assert chosen
    for metric in chosen:
        month = metrics.evaluate(data.version, metric, Filters(month=("2025-05",)))
        assert month == metrics.evaluate(data.version, metric, Filters(year=2025)), metric.name


# Definitions
# ------------------------------------------------------------------------------------------------


def test_every_metric_says_what_it_is_called_what_it_counts_and_who_answers_for_it():
    for metric in METRICS.values():
        for name in (
            "label",
            "unit",
            "noun",
            "counted",
            "not_counted",
            "formula",
            "calendar",
            "owner",
        ):
            text = getattr(metric, name)
            assert text, f"{metric.name} has no {name}"
            assert text == text.strip(), f"{metric.name}: {name} has spaces around it"
        for name in ("counted", "not_counted", "formula"):
            assert getattr(metric, name).endswith("."), f"{metric.name}: {name} is no sentence"


def test_every_metric_has_its_own_name_and_label():
    for name in ("name", "label", "counted", "formula"):
        values = [getattr(metric, name) for metric in DEFINITIONS]
        assert sorted(values) == sorted(set(values)), f"two metrics have the same {name}"


def test_every_noun_of_a_metric_has_a_singular():
    nouns = {noun for metric in DEFINITIONS for noun in (metric.noun, metric.unit)}
    assert nouns <= set(SINGULAR)
    assert {metric.lacking for metric in DEFINITIONS} - {""} <= set(NOUNS)


def test_a_definition_is_said_in_the_language_of_who_reads_it():
    countries = METRICS["countries"]
    with speaking("nl"):
        assert (countries.label, countries.counted) == (
            "Landen",
            "Landen waar bijeenkomsten zijn gehouden.",
        )
        assert countries.coverage(Quantity(5, exact=5, unknown=1)) == (
            "1 bijeenkomst zonder bekende plaats"
        )
        assert countries == METRICS["countries"]
    assert (countries.label, countries.gap_of_one) == ("Countries", "event without a known place")


def test_what_a_page_calls_a_number_is_said_as_it_is():
    assert replace(METRICS["countries"], called="{x} Countries").label == "{x} Countries"


def test_the_matrix_of_filters_names_only_filters_and_covers_every_metric():
    assert {field.name for field in fields(Filters)} == {
        *(FIELDS.get(name, name) for name in FILTER_NAMES),
        "until",
    }
    assert set().union(*APPLIES.values()) == set(FILTER_NAMES)
    assert {metric.table for metric in METRICS.values()} <= set(APPLIES)


@first("real")
def test_every_metric_is_described_as_plain_values_with_the_filters_that_it_ignores(data):
    filters = Filters(year=2025, speaker=("nobody",), country=("NL",))
    for answer in metrics.report(data.version, filters):
        metric = METRICS[answer["name"]]
        assert answer["ignored_filters"] == [
            n for n in ("speaker", "country") if n not in APPLIES[metric.table]
        ]
        assert (
            answer["known"] + answer["unknown"]
            == metrics.evaluate(data.version, metric, filters).total
        )
