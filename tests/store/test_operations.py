"""Candidates, merging, going back and forth, taking along, letting go, people who are one or two."""

import shutil
from datetime import timedelta

import duckdb
import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import RawRecords, read_folder
from dashboard.intake.problems import Refused
from dashboard.language.messages import speaking
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import (
    Mode,
    Store,
    StoreError,
    build,
    build_candidate,
    discard,
    export_records,
    log,
    merge_delivery,
    merge_people,
    publish_candidate,
    read_log,
    rollback,
    split_alias,
)
from dashboard.store.candidates import sweep_candidates
from dashboard.store.publish import open_for_writing
from tests.conftest import NOW, ROOT, append_to, publish_folder, replace_in, served_already

WHO = dict(author="Eva", message="because", now=NOW)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def first(store, small):
    return served_already(store, small)


def delivery(folder, **tables) -> RawRecords:
    """Some tables only, as the reader of uploads gives them."""
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    records = read_folder(folder)
    records.problems = [p for p in records.problems if p.message != "the file is missing"]
    return records


def offer(store, records):
    return build_candidate(store, open_checked_records(records), small_groups_below=5, **WHO)


def rows(version, table):
    contract = questions.browse(version, table)
    key = next(iter(contract[0]))
    return {row[key]: row for row in contract}


PEOPLE = "person_id,name,job_title\n"


# Merging a delivery
# --------------------------------------------------------------------------------------------------


def test_merging_adds_and_changes_rows_by_their_key_and_leaves_the_others(store, first, tmp_path):
    records = delivery(
        tmp_path / "d", people=PEOPLE + "anna-berg,Anna Berg,Surgeon\neva-bos,Eva Bos,\n"
    )
    people = rows(offer(store, merge_delivery(first, records, Mode.MERGE)).version, "people")
    assert list(people) == [
        "anna-berg",
        "bram-de-wit",
        "carla-smit",
        "dirk-vos",
        "eva-bos",
        "zoe-muller",
    ]
    assert people["anna-berg"]["job_title"] == "Surgeon"


def test_merging_keeps_the_value_of_a_cell_that_says_nothing_and_empties_one_that_is_emptied(
    store, first, tmp_path
):
    kept = merge_delivery(
        first, delivery(tmp_path / "a", people="person_id,name\nanna-berg,Anna Berg\n"), Mode.MERGE
    )
    assert rows(offer(store, kept).version, "people")["anna-berg"]["job_title"] == "Physician"
    emptied = merge_delivery(
        first, delivery(tmp_path / "b", people=PEOPLE + "anna-berg,Anna Berg,\n"), Mode.MERGE
    )
    assert rows(offer(store, emptied).version, "people")["anna-berg"]["job_title"] is None


def test_merging_compares_keys_without_the_spaces_around(store, first, tmp_path):
    records = delivery(tmp_path / "d", people=PEOPLE + " anna-berg ,Anna Berg,Surgeon\n")
    assert (
        len(rows(offer(store, merge_delivery(first, records, Mode.MERGE)).version, "people")) == 5
    )


def test_replacing_exchanges_the_table_and_the_absent_ones_come_from_the_version(
    store, first, tmp_path
):
    records = delivery(
        tmp_path / "d", training_parts="training_id,nr,kind,title\npilot,1,lecture,Numbers\n"
    )
    version = offer(store, merge_delivery(first, records, Mode.REPLACE)).version
    assert version.manifest.rows["training_parts"] == 1
    assert version.manifest.rows["events"] == 7


def test_each_table_has_its_own_mode(store, first, tmp_path):
    records = delivery(
        tmp_path / "d",
        people=PEOPLE + "eva-bos,Eva Bos,\n",
        training_parts="training_id,nr,kind,title\npilot,1,lecture,Numbers\n",
    )
    rows_of = offer(
        store, merge_delivery(first, records, {"people": Mode.MERGE})
    ).version.manifest.rows
    assert (rows_of["people"], rows_of["training_parts"]) == (6, 1)


def test_a_delivery_without_change_gives_the_same_version(store, first):
    assert (
        offer(store, merge_delivery(first, read_folder(first.records), Mode.MERGE)).version.id
        == first.id
    )


def test_a_row_of_the_served_version_that_no_longer_fits_is_told_from_one_of_the_delivery(
    store, first, tmp_path
):
    records = delivery(
        tmp_path / "d", sources="source_id,title,kind\nreport,Yearly report,report\n"
    )
    with pytest.raises(Refused) as refused:
        open_checked_records(merge_delivery(first, records, Mode.REPLACE))
    places = {(p.file, p.row, p.value) for p in refused.value.problems}
    assert ("person_aliases.csv as published", 2, "newsletter") in places


def test_an_empty_store_needs_every_table(tmp_path):
    records = delivery(tmp_path / "d", people=PEOPLE)
    with pytest.raises(Refused, match="problems found") as refused:
        open_checked_records(merge_delivery(None, records))
    assert ("events.csv", "the file is missing") in {
        (p.file, p.message) for p in refused.value.problems
    }


def test_a_file_that_cannot_be_read_is_not_replaced_by_the_published_table(store, first, tmp_path):
    records = delivery(tmp_path / "d", people="person_id,nam\nx,y\n")
    with pytest.raises(Refused) as refused:
        open_checked_records(merge_delivery(first, records))
    assert {p.file for p in refused.value.problems} == {"people.csv"}


# Candidates
# ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proposed(tmp_path_factory):
    """A store with a candidate, made once and copied to every test that begins there."""
    folder = tmp_path_factory.mktemp("proposed")
    store = Store(folder / "store")
    first = served_already(store, ROOT / "tests" / "data")
    records = delivery(folder / "c", people=PEOPLE + "eva-bos,Eva Bos,\n")
    return store.root, offer(store, merge_delivery(first, records, Mode.MERGE)).version.id


@pytest.fixture
def candidate(store, first, proposed):
    root, name = proposed
    shutil.copytree(root, store.root, dirs_exist_ok=True)
    return store.candidate(name)


def test_a_candidate_can_be_asked_everything_and_is_not_served(store, first, candidate):
    assert len(questions.rows(store.candidate(candidate.id), "people", Filters())) == 6
    assert store.open().id == first.id
    assert [v.id for v in store.versions()] == [first.id]
    assert [c.id for c in store.candidates()] == [candidate.id]


def test_publishing_a_candidate_is_the_flip_and_signs_it(store, first, candidate):
    published = publish_candidate(
        store, candidate.id, author="Fay", message="checked", now=NOW + timedelta(hours=1)
    )
    manifest = store.open().manifest
    assert published.changed
    assert (manifest.id, manifest.parent, manifest.author, manifest.message) == (
        candidate.id,
        first.id,
        "Fay",
        "checked",
    )
    assert manifest.time == "2026-01-15T10:30:00+00:00"
    assert store.candidates() == []
    assert read_log(store)[-1] == {
        "time": "2026-01-15T10:30:00+00:00",
        "action": "publish",
        "version": candidate.id,
        "from": first.id,
        "author": "Fay",
        "message": "checked",
    }


def test_a_candidate_is_refused_when_another_version_was_published_meanwhile(
    store, candidate, small
):
    replace_in(small, "people", "Physician", "Surgeon")
    publish_folder(store, small)
    with pytest.raises(StoreError, match="has been published since candidate"):
        publish_candidate(store, candidate.id, **WHO)


def test_a_candidate_of_the_records_of_an_old_version_leads_back_to_it(store, first, candidate):
    publish_candidate(store, candidate.id, **WHO)
    again = offer(store, read_folder(first.records))
    publish_candidate(store, again.version.id, **WHO)
    assert store.open().id == first.id
    assert store.candidates() == []


def test_a_discarded_candidate_is_gone(store, candidate):
    discard(store, candidate.id)
    with pytest.raises(StoreError, match="there is no candidate"):
        store.candidate(candidate.id)
    with pytest.raises(StoreError, match="there is no candidate"):
        discard(store, candidate.id)


def test_a_candidate_that_nobody_published_for_a_day_is_swept(store, candidate):
    """But not the one that is being published: a clock that jumped must not take it away."""
    later = NOW + timedelta(hours=25)
    with open_for_writing(store):
        assert sweep_candidates(store, later, but=candidate.id) == []
        assert sweep_candidates(store, later) == [candidate.id]
    assert store.candidates() == []


# Back and forth
# ------------------------------------------------------------------------------------------------------


def test_rollback_goes_back_and_forward_and_is_logged(store, first, candidate):
    publish_candidate(store, candidate.id, **WHO)
    assert rollback(store, first.id, **WHO).changed
    assert store.open().id == first.id
    assert rollback(store, candidate.id, **WHO).changed
    assert not rollback(store, candidate.id, **WHO).changed
    assert [(e["action"], e["version"]) for e in read_log(store)] == [
        ("publish", first.id),
        ("publish", candidate.id),
        ("rollback", first.id),
        ("rollback", candidate.id),
    ]


def test_who_and_why_stand_on_one_line_that_can_be_read(store, first, candidate):
    for what, name in (("author", "author"), ("message", "reason")):
        for text in ("two\nlines", "odd\ue000", "two\u2028lines", "half\ud800"):
            with pytest.raises(StoreError, match=rf"the {name} holds what it may not: U\+"):
                publish_candidate(store, candidate.id, **(WHO | {what: text}))
            assert store.open().id == first.id


def test_a_title_of_two_lines_is_refused_and_one_that_was_published_before_is_served(store, small):
    replace_in(small, "events", "Open day,", '"Open\nday",')
    with pytest.raises(Refused) as refused:
        publish_folder(store, small)
    (problem,) = refused.value.problems
    assert (problem.column, problem.message) == ("title", "a title or name stands on one line")
    assert problem.hint.startswith("U+000A (line break) stands after “Open”")
    publish_folder(store, small, former=True)
    assert "Open\nday" in [row["title"] for row in questions.browse(store.open(), "events")]


def _is_full(*_, **__):
    raise duckdb.IOException("IO Error: Could not write file: No space left on device")


def test_a_disk_that_is_full_when_the_database_is_written_is_said_with_what_to_do(
    store, first, small, monkeypatch
):
    replace_in(small, "events", "Open day", "Open house")
    monkeypatch.setattr(build, "write_database", _is_full)
    with pytest.raises(
        StoreError,
        match=r"^the disk is full .* make room on it, and do it again; what is served is as it was$",
    ):
        publish_folder(store, small)
    assert store.open().id == first.id


def test_rollback_to_an_unknown_or_damaged_version_is_refused(store, first, candidate):
    with pytest.raises(StoreError, match="there is no version 0123456789abcdef"):
        rollback(store, "0123456789abcdef", **WHO)
    publish_candidate(store, candidate.id, **WHO)
    first.database.write_bytes(b"nothing")
    with pytest.raises(StoreError, match="damaged"):
        rollback(Store(store.root), first.id, **WHO)
    assert store.open().id == candidate.id


def test_an_exported_version_built_again_has_the_same_id(store, first, tmp_path):
    export_records(first, tmp_path / "out")
    assert publish_folder(Store(tmp_path / "another"), tmp_path / "out").version.id == first.id


def test_an_export_overwrites_nothing(first, small):
    with pytest.raises(StoreError, match="is not an empty folder"):
        export_records(first, small)


def test_a_log_with_the_purge_of_a_former_release_is_still_read(store, first, small):
    was = [*read_log(store), read_log(store)[-1] | {"action": "purge", "versions": ["0" * 16]}]
    log.append_entry(store, was[-1])
    assert read_log(store) == was
    append_to(small, "people", "extra,Extra,,,")
    publish_folder(store, small)
    assert read_log(store)[:-1] == was


# One person or two
# ---------------------------------------------------------------------------------------------------


def test_two_people_become_one_with_the_other_name_as_a_spelling(store, first):
    version = merge_people(store, "anna-berg", "bram-de-wit", **WHO).version
    assert "bram-de-wit" not in rows(version, "people")
    assert {
        (row["event_id"], row["role"], row["nr"], row["talk_title"])
        for row in questions.browse(version, "event_people")
        if row["person_id"] == "anna-berg"
    } == {
        ("spring-school", "lecture", 1, "Trees"),
        ("spring-school", "lecture", 2, "Forests"),
        ("spring-school", "host", 1, None),
        ("open-day", "chair", 1, None),
        ("round-table", "chair", 1, None),
    }
    assert rows(version, "person_aliases")["Bram de Wit"]["person_id"] == "anna-berg"
    publish_candidate(store, version.id, **WHO)
    rollback(store, first.id, **WHO)
    assert "bram-de-wit" in rows(store.open(), "people")


def test_what_both_did_under_one_title_is_one_contribution_and_other_talks_are_numbered_on(
    store, small
):
    append_to(small, "event_people", "open-day,carla-smit,chair,1,,")
    append_to(small, "event_people", "spring-school,carla-smit,lecture,1,Meadows,")
    publish_folder(store, small)
    version = merge_people(store, "anna-berg", "carla-smit", **WHO).version
    mine = [
        (row["event_id"], row["role"], row["nr"], row["talk_title"])
        for row in questions.browse(version, "event_people")
        if row["person_id"] == "anna-berg"
    ]
    assert mine.count(("open-day", "chair", 1, None)) == 1
    assert ("spring-school", "lecture", 3, "Meadows") in mine


def test_merging_unknown_or_equal_people_is_refused(store, first):
    with pytest.raises(StoreError, match="there is no person nobody"):
        merge_people(store, "anna-berg", "nobody", **WHO)
    with pytest.raises(StoreError, match="two different people"):
        merge_people(store, "anna-berg", "anna-berg", **WHO)


def test_a_spelling_becomes_a_person_who_takes_over_the_named_events(store, first):
    version = split_alias(store, "Zoe Mueller", "zoe-mueller", events=["webinar"], **WHO).version
    assert rows(version, "people")["zoe-mueller"]["name"] == "Zoe Mueller"
    who = {
        row["event_id"]: row["person_id"]
        for row in questions.browse(version, "event_people")
        if "zoe" in row["person_id"]
    }
    assert who == {"open-day": "zoe-muller", "webinar": "zoe-mueller"}
    assert version.manifest.rows["person_aliases"] == 0


def test_splitting_off_an_unknown_spelling_or_a_taken_id_is_refused(store, first):
    with pytest.raises(StoreError, match="nobody has the other spelling"):
        split_alias(store, "Nobody", "nobody", **WHO)
    with pytest.raises(StoreError, match="is taken"):
        split_alias(store, "Zoe Mueller", "anna-berg", **WHO)


def test_an_error_is_said_to_a_steward_in_dutch_and_to_the_log_in_english(store, first, candidate):
    publish_candidate(store, candidate.id, **WHO)
    first.database.write_bytes(b"nothing")
    with speaking("nl"), pytest.raises(StoreError) as fault:
        rollback(Store(store.root), first.id, **WHO)
    damaged = fault.value
    assert str(damaged) == (
        f"version {first.id} is damaged: dashboard.duckdb differs from its manifest; go back to a"
        " whole one, or publish its records again"
    )
    with speaking("nl"):
        assert damaged.say() == (
            f"versie {first.id} is beschadigd: dashboard.duckdb wijkt af van het manifest; zet een"
            " onbeschadigde versie terug, of publiceer de records opnieuw"
        )
    assert damaged.say() == str(damaged)


def test_a_text_of_somebody_else_is_said_as_it_is():
    with speaking("nl"):
        assert StoreError("no {place} here").say() == "no {place} here"


def test_what_is_kept_does_not_depend_on_the_language_of_who_publishes(tmp_path, small):
    english, dutch = Store(tmp_path / "en"), Store(tmp_path / "nl")
    publish_folder(english, small)
    with speaking("nl"):
        publish_folder(dutch, small)
    assert english.open().id == dutch.open().id
    assert read_log(english) == read_log(dutch)
