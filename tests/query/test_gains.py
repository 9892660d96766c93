"""What answers gain: the coverage that is promised is that of the records once they are answered."""

import csv
from shutil import copytree

import pytest

from dashboard.language.messages import speaking
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query import questions, spark_sql
from dashboard.query.gains import LACKING, Gain, find_gains, sum_gains
from dashboard.query.metrics import METRICS, evaluate, list_records
from dashboard.query.quality import build_worklist
from tests.query.test_questions import publish_folder, tiny, with_rows  # noqa: F401

YEARS = (2025, None)
ANSWERED = {
    "participants": {"participants": "12", "participants_kind": "exact"},
    "amount_eur": {"amount_eur": "500", "amount_kind": "about"},
    "place_id": {"place_id": "antwerp"},
    "our_role": {"our_role": "organised"},
}


@pytest.fixture(scope="module")
def gappy(tmp_path_factory):
    """The records with an event of which neither role, place nor number is known, and one online."""
    return with_rows(
        tmp_path_factory.mktemp("gappy"),
        events="x,X,,2025-02,,held,,,,,,,,,unknown,,\ny,Y,,2025-03,,held,online,,,,,,,,unknown,,",
    )


def gains_of(version):
    cells = [task.cell for task in build_worklist(version) if task.answerable]
    return find_gains(
        version, cells, YEARS, lambda name, filters: evaluate(version, METRICS[name], filters)
    )


def rewrite(folder, cells):
    """Fill cells of the CSV files of a folder with what was answered."""
    for table, record, column in cells:
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if next(iter(row.values())) == record:
                row.update(ANSWERED[column])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def one_of_each(found):
    """The first question of each column of each table: the others are answered alike."""
    first: dict[tuple, tuple] = {}
    for cell in found:
        first.setdefault((cell[0], cell[2]), cell)
    return {cell: found[cell] for cell in first.values()}


@pytest.mark.parametrize("asked", ["one of each", pytest.param("all", marks=pytest.mark.long)])
def test_every_promise_is_kept_when_the_question_is_answered(gappy, tmp_path, asked):
    found = gains_of(gappy)
    assert {column for _table, _record, column in found} == set(LACKING)
    chosen = found if asked == "all" else one_of_each(found)
    for nr, (cell, gains) in enumerate(chosen.items()):
        folder = copytree(gappy.records, tmp_path / f"data-{nr}")
        rewrite(folder, [cell])
        after = publish_folder(folder, tmp_path / f"store-{nr}")
        for gain in gains:
            metric = METRICS[gain.metric]
            number = evaluate(after, metric, Filters(year=gain.year))
            assert metric.coverage(number) == metric.coverage(gain.after), (cell, gain)


def test_all_answers_together_gain_what_is_added_up(gappy, tmp_path):
    found = gains_of(gappy)
    folder = copytree(gappy.records, tmp_path / "data")
    rewrite(folder, found)
    after = publish_folder(folder, tmp_path / "store")
    for gain in sum_gains(gain for gains in found.values() for gain in gains):
        number = evaluate(after, METRICS[gain.metric], Filters(year=gain.year))
        assert number.unknown == gain.after.unknown, gain


def test_every_number_with_gaps_names_the_column_that_it_lacks(gappy, real):
    lacking = {metric for metrics in LACKING.values() for metric in metrics}
    for version in (gappy, real):
        for name, metric in METRICS.items():
            for year in YEARS:
                if evaluate(version, metric, Filters(year=year)).unknown:
                    assert name in lacking


@pytest.mark.parametrize("name", sorted({name for names in LACKING.values() for name in names}))
def test_the_records_that_a_number_lacks_are_those_behind_it_that_are_not_in_it(gappy, name):
    metric = METRICS[name]
    listed = [
        (row["table_name"], row["record_id"])
        for row, quantity in list_records(gappy, metric, Filters())
        if quantity.unknown
    ]
    ids = [record for _table, record in listed]
    for asked in (ids, ids[:1], []):
        rows = questions.list_unknown(
            gappy, metric.records_question, Filters(), asked, **metric.params
        )
        assert {(row["table_name"], row["record_id"]) for row in rows} == {
            one for one in listed if one[1] in asked
        }


def test_every_question_of_the_records_behind_a_number_ends_with_its_order():
    for metric in METRICS.values():
        text = questions.sql(metric.records_question)
        assert text.count("\norder by ") == 1, metric.name
        assert text.rstrip().endswith("limit $limit offset $offset"), metric.name


@pytest.mark.parametrize("name", sorted({name for names in LACKING.values() for name in names}))
def test_what_a_number_lacks_can_be_asked_of_spark(name):
    asked = spark_sql.translate(questions.select_unknown(METRICS[name].records_question))
    assert "record_ids" in asked.named


SIX = "Participants in trainings, 2025: “from 5 of 12 trainings” becomes “from 6 of 12 trainings”."


@pytest.mark.parametrize(
    ("gain", "said"),
    [
        (Gain("training_participants", 2025, Quantity(589, exact=3, about=2, unknown=7)), SIX),
        (
            Gain("training_participants", 2025, Quantity(589, exact=5, unknown=7, disputed=1)),
            SIX,  # that sources disagree is another matter
        ),
        (
            Gain("funding_received", None, Quantity(None, unknown=1)),
            "Funding received, all years: becomes known.",
        ),
        (
            Gain("events_abroad", 2025, Quantity(9, exact=9, unknown=7), 3),
            (
                "Events abroad, 2025: “7 events without a known place” becomes “4 events without a"
                " known place”."
            ),
        ),
    ],
)
def test_a_gain_says_the_coverage_before_and_after(gain, said):
    assert gain.sentence == said


def test_a_gain_is_said_in_dutch():
    with speaking("nl"):
        said = Gain("training_participants", 2025, Quantity(589, exact=5, unknown=7), 3).sentence
    assert said == (
        "Deelnemers aan trainingen, 2025: “van 5 van de 12 trainingen” wordt “van 8 van de 12"
        " trainingen”."
    )


def test_a_withheld_number_is_nothing_that_an_answer_would_gain(tiny):
    assert not any(record == "round-table" for _table, record, _column in gains_of(tiny))


def test_what_no_number_lacks_gains_none(tiny):
    found = gains_of(tiny)
    assert ("events", "retreat", "start_date") not in found
