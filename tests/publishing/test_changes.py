"""Two versions side by side: records, numbers that move and why, and what has to be confirmed."""

import csv
import random
import re
import shutil

import pytest

from dashboard import demo
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.language.messages import speaking
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.publishing.causes import Reason
from dashboard.publishing.changes import NumberChange, compare_numbers, find_changes
from dashboard.query import questions
from dashboard.query.metrics import METRICS
from dashboard.store import Store, publish
from tests.conftest import (
    NOW,
    ROOT,
    append_to,
    publish_folder,
    replace_in,
    served_already,
    two_trainings_and_a_correction,
)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def change(store, small):
    """The changes between the records as they are and as they were made by `mend`."""

    def changes(mend):
        before = served_already(store, small)
        mend(small)
        return find_changes(before, publish_folder(store, small).version)

    return changes


def numbers(changes):
    return {(n.metric.name, n.year): n for n in changes.numbers}


def test_a_version_does_not_differ_from_itself(store, small):
    version = served_already(store, small)
    changes = find_changes(version, version)
    assert (changes.tables, changes.numbers, changes.needs_confirmation) == ((), (), ())


def test_rows_are_added_removed_and_changed_field_by_field(change):
    def mend(folder):
        append_to(folder, "people", "eva-bos,Eva Bos,,,")
        replace_in(folder, "people", "Physician", "Surgeon")
        replace_in(folder, "funding", "gift,Gift,,,,,none,,unknown,,,\n", "")

    tables = {table.table: table for table in change(mend).tables}
    assert set(tables) == {"people", "funding"}
    people, funding = tables["people"], tables["funding"]
    assert (people.before, people.after, people.added, people.removed, people.changed) == (
        5,
        6,
        1,
        0,
        1,
    )
    assert [(r.what, r.record_id, r.label, r.fields) for r in people.rows] == [
        ("added", "eva-bos", "Eva Bos", ()),
        ("changed", "anna-berg", "Anna Berg", (("job_title", "Physician", "Surgeon"),)),
    ]
    assert [(r.what, r.label) for r in funding.rows] == [("removed", "Gift")]


def test_a_value_that_is_emptied_is_a_change_to_nothing(change):
    (people,) = change(lambda folder: replace_in(folder, "people", "Physician", "")).tables
    assert people.rows[0].fields == (("job_title", "Physician", None),)


def test_a_row_that_joins_others_is_called_by_their_names(change):
    (table,) = change(
        lambda folder: append_to(folder, "event_people", "webinar,carla-smit,chair,1,,")
    ).tables
    assert [(row.record_id, row.label) for row in table.rows] == [
        ("webinar carla-smit chair 1", "Webinar on consent · Carla Smit · chair · 1")
    ]


def test_a_number_says_from_what_to_what_and_because_of_which_records(change):
    moved = numbers(change(two_trainings_and_a_correction))
    assert set(moved) == {
        (name, year)
        for name in ("trainings_held", "training_participants")
        for year in (None, 2025)
    }
    participants = moved["training_participants", 2025]
    assert (participants.before.value, participants.after.value) == (430, 465)
    assert participants.words() == (
        "Participants in trainings, 2025: about 430 → about 465 participants, because 2 trainings were added and 1 corrected"
    )
    assert [(cause.record_id, cause.what) for cause in participants.causes] == [
        ("spring-course", "added"),
        ("summer-course", "added"),
        ("autumn-course", "corrected"),
    ]
    assert (
        moved["trainings_held", 2025].words()
        == "Trainings, 2025: 2 → 4 trainings, because 2 trainings were added"
    )


def test_a_record_that_moves_to_another_year_counts_no_longer_there_and_newly_here(change):
    moved = numbers(change(lambda folder: replace_in(folder, "events", "2025-05-14", "2024-05-14")))
    assert (
        moved["events_held", 2025].words()
        == "Events, 2025: 4 → 3 events, because 1 event was no longer counted"
    )
    assert (
        moved["events_held", 2024].words()
        == "Events, 2024: 1 → 2 events, because 1 event was newly counted"
    )
    assert ("events_held", None) not in moved


def test_a_removed_record_is_named(change):
    def mend(folder):
        replace_in(
            folder,
            "funding",
            "hub-grant,Hub grant,,,care-group,,supported,3000000,exact,2025,,\n",
            "",
        )

    number = numbers(change(mend))["funding_elsewhere", 2025]
    assert [(cause.label, cause.what) for cause in number.causes] == [("Hub grant", "removed")]
    assert number.before.value == 3_000_000


def test_a_number_that_is_merely_known_better_moves_too(change):
    number = numbers(
        change(lambda folder: replace_in(folder, "events", ",100,about,", ",100,exact,"))
    )["event_participants", 2025]
    assert (number.before.kind, number.after.kind) == ("at-least-about", "at-least")
    assert number.counts == {"corrected": 1}


def test_a_new_source_that_disagrees_moves_the_number_it_disputes(change):
    number = numbers(
        change(
            lambda f: append_to(
                f,
                "claims",
                "first-year-1,trainings,first-year,participants,report,differs,,,380 students",
            )
        )
    )["training_participants", 2025]
    assert (number.before.disputed, number.after.disputed) == (1, 2)
    assert [cause.record_id for cause in number.causes] == ["first-year"]


def test_a_number_is_looked_at_when_a_table_that_it_reads_through_a_macro_differs():
    assert {"events", "places"} <= questions.list_tables_read("event_numbers")
    assert {"events", "event_people", "people"} <= questions.list_tables_read(
        "contribution_numbers"
    )
    assert {"funding", "projects", "claims"} <= questions.list_tables_read("funding_sum")
    assert {
        "projects",
        "project_parties",
        "event_parties",
        "series_parties",
    } <= questions.list_tables_read("partner_count")
    assert "claims" in questions.list_tables_read("training_participants")
    assert "funding" not in questions.list_tables_read("event_numbers")


def test_a_small_correction_needs_no_confirmation(change):
    assert change(two_trainings_and_a_correction).needs_confirmation == ()


def test_losing_more_than_a_fifth_of_a_table_has_to_be_confirmed(change):
    def mend(folder):
        replace_in(folder, "training_parts", "first-year,1,lecture,What is a model?\n", "")

    assert (
        "1 of 3 rows of training_parts would be gone: more than a fifth"
        in change(mend).needs_confirmation
    )


def test_losing_a_fifth_is_not_more_than_a_fifth(change):
    def mend(folder):
        replace_in(folder, "funding", "gift,Gift,,,,,none,,unknown,,,\n", "")

    assert change(mend).needs_confirmation == ()


def test_all_amounts_a_hundredfold_have_to_be_confirmed(change):
    def mend(folder):
        for amount in ("50000", "20000", "3000000"):
            replace_in(folder, "funding", f",{amount},", f",{amount}00,")

    reasons = change(mend).needs_confirmation
    assert (
        "the sum of amount_eur in funding would go from 3.07 million to 307 million: tenfold or more"
        in reasons
    )
    assert any("Funding received, all years: about 70,000" in reason for reason in reasons)
    assert len(reasons) == 3  # the sum, and the two numbers; their years are not asked again


def test_a_number_that_vanishes_has_to_be_confirmed(change):
    def mend(folder):
        for old in (",400,about,", ",30,exact,"):
            replace_in(folder, "trainings", old, ",,unknown,")

    assert any("Participants in trainings" in reason for reason in change(mend).needs_confirmation)


@pytest.mark.parametrize(("added", "asked"), [(30, False), (120, True)])
def test_things_that_become_ten_times_as_many_are_asked_about_where_they_are_many(
    change, added, asked
):
    def mend(folder):
        rows = [f"extra-{nr},Extra {nr},2025,,,,,,,\n" for nr in range(added)]
        with (folder / "series.csv").open("a", encoding="utf-8") as file:
            file.writelines(rows)

    assert any("Series" in reason for reason in change(mend).needs_confirmation) is asked


def test_the_first_version_of_a_store_has_every_row_added_and_asks_nothing(store, small):
    version = served_already(store, small)
    changes = find_changes(None, version)
    assert sum(table.added for table in changes.tables) == sum(version.manifest.rows.values())
    assert (changes.numbers, changes.needs_confirmation) == ((), ())


@pytest.mark.long
def test_twenty_thousand_changed_events_are_counted_and_the_first_thousand_listed(tmp_path):
    store = Store(tmp_path / "store")
    before = demo.make_demo(store, demo.Size(years=2, events=20_000), NOW).version
    folder = tmp_path / "records"
    shutil.copytree(before.records, folder)
    replace_in(folder, "events", "Generated for demonstration.", "Generated to be looked at.")
    records = open_checked_records(read_folder(folder))
    after = publish(store, records, author="a", message="m", now=NOW, small_groups_below=5).version
    events = next(t for t in find_changes(before, after).tables if t.table == "events")
    assert (events.changed, len(events.rows)) == (20_000, 1000)


# The numbers of a view
# -----------------------------------------------------------------------------------------------


NAMES = ("trainings_held", "training_participants", "modules_developed", "events_held")


def test_of_the_numbers_of_a_view_those_move_that_differ_under_its_filters(then_and_now):
    found = compare_numbers(*then_and_now, NAMES, Filters(year=2025))
    assert [(n.metric.name, n.year, n.before.value, n.after.value) for n in found] == [
        ("trainings_held", 2025, 2, 4),
        ("training_participants", 2025, 430, 465),
    ]
    assert [n.metric.name for n in compare_numbers(*then_and_now, reversed(NAMES), Filters())] == [
        "training_participants",
        "trainings_held",
    ]
    assert compare_numbers(*then_and_now, (), Filters(year=2025)) == ()


@pytest.mark.parametrize(
    "filters",
    [
        Filters(year=2024),
        Filters(year=2025, level=("bachelor",)),
        Filters(month=("2025-05",)),
        Filters(text="nothing"),
    ],
)
def test_under_a_filter_that_hides_the_changed_records_nothing_moves(then_and_now, filters):
    assert compare_numbers(*then_and_now, NAMES, filters) == ()


def test_under_a_filter_that_leaves_some_of_them_only_those_are_the_cause(then_and_now):
    (held, people) = compare_numbers(*then_and_now, NAMES, Filters(month=("2025-03",)))
    assert (held.year, held.step()) == (None, "0 → 1 training, because 1 training was added")
    assert [(cause.record_id, cause.what) for cause in people.causes] == [
        ("spring-course", "added")
    ]
    (corrected,) = compare_numbers(*then_and_now, NAMES, Filters(year=2025, line=("ethics",)))
    assert corrected.step() == "30 → 35 participants, because 1 training was corrected"


def test_a_filter_that_means_nothing_for_a_number_does_not_hide_its_change(then_and_now):
    assert (
        len(compare_numbers(*then_and_now, NAMES, Filters(year=2025, speaker=("anna-berg",)))) == 2
    )


def test_backwards_what_was_added_is_removed_and_a_version_does_not_move_against_itself(
    then_and_now,
):
    then, now = then_and_now
    held, people = compare_numbers(now, then, NAMES, Filters(year=2025))
    assert held.step() == "4 → 2 trainings, because 2 trainings were removed"
    assert (
        people.step()
        == "about 465 → about 430 participants, because 1 training was corrected and 2 removed"
    )
    assert compare_numbers(now, now, NAMES, Filters(year=2025)) == ()


R = Reason


@pytest.mark.parametrize(
    ("name", "before", "after", "reasons", "said"),
    [
        (
            "events_held",
            Quantity(0),
            Quantity(1, exact=1),
            [R("added", 1, 1)],
            "0 → 1 event, because 1 event was added",
        ),
        (
            "events_held",
            Quantity(5, exact=5),
            Quantity(0),
            [R("removed", 3, -3), R("counts not", 2, -2)],
            "5 → 0 events, because 3 events were removed and 2 no longer counted",
        ),
        (
            "countries",
            Quantity(1, exact=1),
            Quantity(2, exact=2),
            [R("counts", 1, 1)],
            "1 → 2 countries, because 1 country was newly counted",
        ),
        (
            "countries",
            Quantity(7, exact=7),
            Quantity(7, exact=7, unknown=3),
            [R("added", 3, unknown=True)],
            "still 7 countries (3 events without a known place); 3 events without a known place were added",
        ),
        (
            "countries",
            Quantity(7, exact=7),
            Quantity(8, exact=8, unknown=1),
            [R("counts", 1, 1), R("added", 1, unknown=True)],
            (
                "7 → 8 countries (1 event without a known place), because 1 country was newly counted;"
                " 1 event without a known place was added without changing it"
            ),
        ),
        (
            "contributors",
            Quantity(2, exact=2),
            Quantity(1, exact=1),
            [R("counts not", 1, -1)],
            "2 → 1 person, because 1 person was no longer counted",
        ),
        (
            "contributions",
            Quantity(12, exact=12),
            Quantity(15, exact=15),
            [R("added", 2, 4), R("removed", 1, -1)],
            "12 → 15 contributions, because 4 contributions were added and 1 removed",
        ),
        (
            "training_participants",
            Quantity(None, unknown=2),
            Quantity(30, exact=1, unknown=1),
            [R("corrected", 1, 30)],
            "unknown (unknown for all 2 trainings) → 30 participants (from 1 of 2 trainings), because 1 training was corrected",
        ),
        (
            "training_participants",
            Quantity(30, about=1),
            Quantity(30, exact=1),
            [R("corrected", 1)],
            "about 30 → 30 participants, because 1 training was corrected",
        ),
        (
            "training_participants",
            Quantity(30, exact=1),
            Quantity(30, exact=1, disputed=1),
            [R("disputed", 1)],
            "still 30 participants; 1 training was newly disputed",
        ),
        (
            "training_participants",
            Quantity(30, exact=1),
            Quantity(50, exact=2, unknown=2),
            [R("added", 1, 20), R("added", 2, unknown=True)],
            (
                "30 → 50 participants (from 2 of 4 trainings), because 1 training was added;"
                " 2 trainings were added without changing it"
            ),
        ),
        (
            "funding_received",
            Quantity(20_000, about=1),
            Quantity(3_020_000, about=1, exact=1),
            [R("added", 1, 3_000_000)],
            "about 20,000 → about 3.02 million euro, because 1 grant was added",
        ),
        ("events_held", Quantity(4, exact=4), Quantity(5, exact=5), [], "4 → 5 events"),
    ],
)
def test_a_step_says_from_what_to_what_and_why(name, before, after, reasons, said):
    number = NumberChange(METRICS[name], 2025, before, after, (), tuple(reasons))
    assert number.step() == said
    assert number.words() == f"{METRICS[name].label}, 2025: {said}"


# Reasons add up
# ------------------------------------------------------------------------------------------------------

EDITS = {  # rows that may be left out, or given another value, in one delivery
    "events": ("status", ["held", "planned", "cancelled"]),
    "trainings": ("status", ["held", "planned", "developed"]),
    "projects": ("status", ["running", "planned", "completed"]),
    "event_people": ("role", ["host", "chair", "keynote"]),
    "funding": ("our_role", ["recipient", "supported"]),
    "event_parties": ("role", ["partner", "host"]),
    "places": ("country", ["NL", "BE", "DE"]),
}


@pytest.mark.matrix(1)
@pytest.mark.parametrize("seed", range(4))
def test_the_effects_of_the_reasons_are_what_every_number_differs_whatever_is_edited(
    tmp_path, seed
):
    folder, chance = (
        shutil.copytree(ROOT / "tests" / "data", tmp_path / "records"),
        random.Random(seed),
    )
    store = Store(tmp_path / "store")
    before = served_already(store, folder)
    for table, (column, values) in EDITS.items():
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        past = [
            row for row in rows if not any(str(value).startswith("2026") for value in row.values())
        ]
        for nr, row in enumerate(chance.sample(past, k=min(3, len(past)))):
            row[column] = chance.choice(values)
            if table == "event_people":
                row["nr"] = str(20 + nr)  # so that no two rows are one
        if table in ("events", "trainings"):
            for row in rows:
                if chance.random() < 0.4:
                    known = chance.random() < 0.5
                    row["participants"] = str(chance.randint(5, 900)) if known else ""
                    row["participants_kind"] = (
                        chance.choice(["exact", "about", "at-least"]) if known else "unknown"
                    )
        if table in ("event_people", "event_parties"):
            rows.remove(chance.choice(rows))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    append_to(
        folder, "events", "stray,Stray,,2025-06-01,,held,onsite,meeting,,,,organised,,,unknown,,"
    )
    append_to(
        folder,
        "event_people",
        "stray,carla-smit,chair,1,,\nstray,carla-smit,lecture,2,,\nwebinar,carla-smit,host,9,,",
    )
    after = publish_folder(store, folder).version
    found = find_changes(before, after).numbers
    assert len({number.metric.name for number in found}) > 6
    for number in found:
        difference = (number.after.value or 0) - (number.before.value or 0)
        assert sum(reason.effect for reason in number.reasons) == difference, number.words()
        if number.metric.counts_rows:
            assert _added_less_removed(number.step()) == difference, number.words()


def _added_less_removed(step):
    """What the words after "because" come to: "3 events were added and 1 removed" is 2."""
    because = step.partition(", because ")[2].partition(";")[0]
    signs = {"added": 1, "newly counted": 1, "removed": -1, "no longer counted": -1}
    return sum(
        sign * int(part.split()[0].replace(",", ""))
        for part in re.split(", | and ", because)
        for word, sign in signs.items()
        if part.endswith(word)
    )


def test_a_step_and_its_reasons_are_told_in_dutch_in_an_order_of_its_own():
    held = NumberChange(
        METRICS["events_held"],
        None,
        Quantity(5, exact=5),
        Quantity(0),
        (),
        (R("removed", 3, -3), R("counts not", 2, -2)),
    )
    countries = NumberChange(
        METRICS["countries"],
        2025,
        Quantity(7, exact=7),
        Quantity(8, exact=8, unknown=1),
        (),
        (R("counts", 1, 1), R("added", 1, unknown=True)),
    )
    with speaking("nl"):
        assert (
            held.step()
            == "5 → 0 bijeenkomsten, want 3 bijeenkomsten zijn verwijderd en 2 tellen niet meer mee"
        )
        assert ", want 1 land telt nu mee; zonder gevolg voor dit cijfer: 1 " in countries.step()
        assert held.words().endswith(f", alle jaren: {held.step()}")


def test_what_is_to_be_confirmed_is_told_in_the_language_of_who_looks(change):
    def mend(folder):
        for amount in ("50000", "20000", "3000000"):
            replace_in(folder, "funding", f",{amount},", f",{amount}00,")

    changes = change(mend)
    in_english = changes.needs_confirmation
    with speaking("nl"):
        assert len(changes.needs_confirmation) == len(in_english)
        assert not set(changes.needs_confirmation) & set(in_english)
