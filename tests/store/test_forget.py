"""A person who is forgotten is in no file of the store, and stays out of it."""

import json
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.intake.reading_options import RememberedMappings
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.query.contacts import find_contacts
from dashboard.query.metrics import METRICS, evaluate
from dashboard.store import (
    Store,
    StoreError,
    describe_fault,
    durable,
    finish_interrupted,
    forget,
    forgotten_people,
    publish_candidate,
    read_log,
    read_mappings,
    rollback,
    save_mappings,
)
from dashboard.store.candidates import build_candidate
from dashboard.store.person_names import PersonToForget
from dashboard.store.publish import open_for_writing
from tests.conftest import NOW, append_to, publish_folder, replace_in, served_already

WHO = dict(author="Eva", message="asked on paper", now=NOW)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def two(store, small, tmp_path):
    """Two versions with Zoë Müller, who has another spelling, a job, an ORCID iD, a note and a
    claim.
    """
    replace_in(
        small,
        "people",
        "zoe-muller,Zoë Müller,,,",
        "zoe-muller,Zoë Müller,Statistician,0000-0003-1111-222X,Left",
    )
    append_to(
        small,
        "claims",
        "people-zoe-muller-1,people,zoe-muller,job_title,newsletter,differs,,,professor Müller",
    )
    earlier = shutil.copytree(small, tmp_path / "earlier")
    replace_in(small, "people", "Physician", "Surgeon")
    second = served_already(store, (earlier, "first"), (small, "second"))
    return store.open(second.manifest.parent), second


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A store in which Zoë Müller was forgotten, for the tests that begin there: where it is kept,
    what forgetting her said, and how many contributed before.
    """
    return SimpleNamespace(root=tmp_path_factory.mktemp("forgotten") / "store")


@pytest.fixture
def forgotten(store, two, once):
    """These two versions without her: forgotten once, copied to every test that begins there."""
    if not once.root.exists():
        once.before = evaluate(two[0], METRICS["contributors"], Filters())
        once.done = forget(store, "zoe-muller", **WHO)
        shutil.copytree(store.root, once.root)
    shutil.rmtree(store.root)
    shutil.copytree(once.root, store.root)
    return once


def everything(store):
    return b"\n".join(path.read_bytes() for path in store.root.rglob("*") if path.is_file())


def is_gone(store):
    return not any(
        word in everything(store)
        for word in ("Müller".encode(), b"zoe-m", b"Mueller", b"muller", b"0000-0003-1111")
    )


def test_the_person_is_in_no_file_of_the_store_any_more(store, two):
    assert not is_gone(store)
    done = forget(store, "zoe-muller", **WHO)
    assert (done.name, set(done.versions), done.lost, done.mentions) == (
        "person-removed-1",
        {v.id for v in two},
        (),
        (),
    )
    assert is_gone(store)


def test_a_number_stands_for_the_person_in_every_version_and_the_counts_are_as_before(
    store, forgotten
):
    for version in store.versions():
        person = questions.record(version, "people", "person-removed-1")
        assert person == {
            "person_id": "person-removed-1",
            "name": "person-removed-1",
            "job_title": None,
            "orcid": None,
            "note": None,
            "note_nl": None,
        }
        assert evaluate(version, METRICS["contributors"], Filters()) == forgotten.before
        assert questions.browse(version, "person_aliases") == []
        claim = questions.record(version, "claims", "people-person-removed-1-1")
        assert (claim["record_id"], claim["stated"]) == ("person-removed-1", None)


def test_old_ids_lead_to_the_versions_that_took_their_place(store, two, forgotten):
    done = forgotten.done
    first, second = two
    assert store.open().id == done.versions[second.id] == store.open(second.id).id
    assert store.open(first.id).manifest.message == "first"
    assert store.open(second.id).manifest.parent == done.versions[first.id]
    assert [v.manifest.message for v in store.versions()] == ["second", "first"]


@pytest.mark.long
def test_forgetting_two_people_one_after_the_other_leads_through_both_redirects(
    store, two, forgotten
):
    assert forget(store, "carla-smit", **WHO).name == "person-removed-2"
    names = {row["name"] for row in questions.browse(store.open(two[0].id), "people")}
    assert {"person-removed-1", "person-removed-2"} < names


def test_erased_stays_erased_after_a_rollback(store, two, forgotten):
    rollback(store, two[0].id, **WHO)
    assert store.open().manifest.message == "first"
    assert is_gone(store)


def test_erased_stays_erased_when_the_person_is_published_again(store, forgotten, small):
    served = store.open().id
    published = publish_folder(store, small)
    assert published.version.id == served
    assert published.notes == (
        "person-removed-1 was removed on request and is named again: left out",
    )
    assert is_gone(store)


def test_the_name_under_another_id_is_refused_whatever_the_spelling(store, forgotten, small):
    for row, column in (('z-m,"MULLER, Zoe",,,', "name"), ("z-m,Zoe Mueller,,,", "name")):
        text = (small / "people.csv").read_text("utf-8")
        append_to(small, "people", row)
        with pytest.raises(Refused) as refused:
            publish_folder(store, small)
        assert [(p.file, p.row, p.column) for p in refused.value.problems] == [
            ("people.csv", 7, column)
        ]
        assert "Somebody else of the same name" in refused.value.problems[0].hint
        (small / "people.csv").write_text(text, "utf-8")


def test_texts_with_the_name_are_listed_and_not_changed(store, two, small):
    replace_in(
        small,
        "events",
        "2026-02-05,planned,onsite,symposium,research,learning,antwerp,contributed,,,unknown,,",
        "2026-02-05,planned,onsite,symposium,research,learning,antwerp,contributed,,,unknown,,With ZOE MULLER",
    )
    replace_in(small, "events", "Open day,Science week", "Open day of zoe mueller,Science week")
    publish_folder(store, small, "the talk of Zoë Müller")
    done = forget(store, "zoe-muller", **WHO)
    found = {(m.table, m.column, m.text) for m in done.mentions}
    assert found == {
        ("events", "note", "With ZOE MULLER"),
        ("events", "title", "Open day of zoe mueller"),
        ("manifest", "message", "the talk of Zoë Müller"),
        ("log", "message", "the talk of Zoë Müller"),
    }
    assert questions.record(store.open(), "events", "congress")["note"] == "With ZOE MULLER"


def answered_by(small, who, number):
    """Add what somebody answered about a training to the records."""
    cell = f'"{who}, 2026-01-02"'
    append_to(
        small,
        "claims",
        f"answer-{number},trainings,first-year,participants,answers,stated,{cell},,400",
    )


def who_answered(version):
    return {
        row["claim_id"]: row["section"]
        for row in questions.browse(version, "claims")
        if row["source_id"] == "answers"
    }


def test_who_is_forgotten_is_gone_from_the_answers_they_gave_in_every_version(store, two, small):
    append_to(small, "sources", "answers,Answers to questions,,,report,")
    for number, who in enumerate(
        (
            "Zoë Müller",
            "MULLER, Zoe",
            "Zoë Müller <zoe.muller@example.org>",
            "Anna Berg",
            "Zoë Bakker",
        )
    ):
        answered_by(small, who, number)
    append_to(
        small, "claims", "heading,events,open-day,,newsletter,stated,The day of Zoë Müller,4,"
    )
    publish_folder(store, small)
    answered_by(small, "for Zoë Müller", 5)
    publish_folder(store, small)
    done = forget(store, "zoe-muller", **WHO)
    gone = "person-removed-1, 2026-01-02"
    expected = {"answer-0": gone, "answer-1": gone, "answer-2": gone}
    expected |= {"answer-3": "Anna Berg, 2026-01-02", "answer-4": "Zoë Bakker, 2026-01-02"}
    newest, before, *_ = store.versions()
    assert who_answered(before) == expected
    assert who_answered(newest) == expected | {"answer-5": gone}
    assert {(m.column, m.text) for m in done.mentions} == {("section", "The day of Zoë Müller")}


def test_who_is_forgotten_is_the_contact_of_nothing_any_more(store, two, small):
    for table, row in (("events", "spring-school"), ("trainings", "first-year")):
        path = small / f"{table}.csv"
        header, *rows = path.read_text("utf-8").splitlines()
        contact = "Zoë Müller <zoe@example.org>" if table == "events" else "Zoe Mueller"
        cells = [f"{one},{contact if one.startswith(row) else 'Office'}" for one in rows]
        path.write_text("\n".join([f"{header},contact", *cells, ""]), "utf-8")
    publish_folder(store, small)
    done = forget(store, "zoe-muller", **WHO)
    served = store.open()
    for table, row in (("events", "spring-school"), ("trainings", "first-year")):
        assert questions.record(served, table, row)["contact"] == "person-removed-1"
    assert questions.record(served, "events", "open-day")["contact"] == "Office"
    assert done.mentions == ()
    asked = find_contacts(served, [("events", "spring-school"), ("trainings", "first-year")])
    assert "person-removed-1" not in {one.name for one in asked.values()}
    assert ("trainings", "first-year") not in asked


def test_who_answered_is_left_out_also_where_nothing_else_names_them_any_more(store, two, small):
    append_to(small, "sources", "answers,Answers to questions,,,report,")
    answered_by(small, "Zoë Müller", 1)
    for table in ("people", "person_aliases", "event_people", "claims"):
        path = small / f"{table}.csv"
        kept = [line for line in path.read_text("utf-8").splitlines() if "zoe-muller" not in line]
        path.write_text("\n".join([*kept, ""]), "utf-8")
    publish_folder(store, small)
    done = forget(store, "zoe-muller", **WHO)
    assert who_answered(store.open()) == {"answer-1": "person-removed-1, 2026-01-02"}
    assert done.mentions == ()
    # and so it stays when the file comes once more
    again = publish_folder(store, small)
    assert who_answered(again.version) == {"answer-1": "person-removed-1, 2026-01-02"}


def test_an_answer_under_a_name_that_somebody_else_has_too_is_listed(store, two, small):
    append_to(small, "sources", "answers,Answers to questions,,,report,")
    append_to(small, "people", "zoe-muller-2,Zoë Müller,,,")
    answered_by(small, "Zoë Müller", 1)
    publish_folder(store, small)
    done = forget(store, "zoe-muller", **WHO)
    assert who_answered(store.open()) == {"answer-1": "Zoë Müller, 2026-01-02"}
    assert [(m.record_id, m.column) for m in done.mentions] == [("answer-1", "section")]


def test_candidates_with_the_person_are_discarded(store, two, small):
    append_to(small, "people", "eva-bos,Eva Bos,,,")
    made = build_candidate(
        store, open_checked_records(read_folder(small)), small_groups_below=5, **WHO
    ).version
    forget(store, "zoe-muller", **WHO)
    with pytest.raises(StoreError, match="there is no candidate"):
        publish_candidate(store, made.id, **WHO)


def test_the_register_and_the_log_do_not_say_who_it_was(store, forgotten):
    entry = read_log(store)[-1]
    assert (entry["action"], entry["person"], entry["versions"]) == (
        "forget",
        "person-removed-1",
        forgotten.done.versions,
    )
    register = store.root / "removed.json"
    assert register.stat().st_mode & 0o077 == 0
    assert set(json.loads(register.read_text())["people"][0]) == {
        "name",
        "id_hash",
        "spelling_hashes",
        "done",
        "namesakes",
        "former",
    }


def test_a_person_whom_nobody_knows_cannot_be_forgotten(store, two):
    with pytest.raises(StoreError, match="there is no person nobody in any version"):
        forget(store, "nobody", **WHO)
    assert not (store.root / "removed.json").exists()


@pytest.mark.long
def test_forgetting_again_changes_nothing(store, forgotten):
    again = forget(store, "zoe-muller", **WHO)
    assert (again.name, again.versions) == ("person-removed-1", {})


@pytest.mark.matrix(2)
@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        '{"salt": "00", "people": ["x"]}',
        '{"salt": "00", "people": [["x"]]}',
        '{"salt": "00", "people": [{"name": "person-removed-1", "id_hash": "00"}]}',
    ],
    ids=["cut", "no entries", "lists for entries", "former release without its spellings"],
)
def test_a_damaged_register_stops_publishing(store, forgotten, small, damaged):
    (store.root / "removed.json").write_text(damaged)
    with pytest.raises(StoreError, match="keeps removed people out, is damaged"):
        publish_folder(store, small)


def crash_while_forgetting(store, two, monkeypatch, tmp_path, chosen):
    """Forget with a crash at each step that is chosen from the names of those reached; the next
    publisher finishes.
    """
    copy = tmp_path / "copy"
    shutil.copytree(store.root, copy)
    reached: list[str] = []
    monkeypatch.setattr(durable, "failpoint", reached.append)
    forget(store, "zoe-muller", **WHO)
    first = reached.index("person in the register")
    for crash in chosen(reached, range(first, len(reached))):
        shutil.rmtree(store.root)
        shutil.copytree(copy, store.root)
        count = iter(range(len(reached)))

        def step(_name, crash=crash, count=count):
            if next(count) == crash:
                raise KeyboardInterrupt

        monkeypatch.setattr(durable, "failpoint", step)
        with pytest.raises(KeyboardInterrupt):
            forget(store, "zoe-muller", **WHO)
        assert Store(store.root).open().damage() is None
        monkeypatch.setattr(durable, "failpoint", lambda _name: None)
        with open_for_writing(store):
            pass
        assert is_gone(store), reached[crash]
        assert Store(store.root).open(two[0].id).manifest.message == "first"
        assert Store(store.root).open().manifest.message == "second"


@pytest.mark.long
def test_a_crash_around_the_flip_is_finished_by_the_next_publisher_who_knows_no_name(
    store, two, monkeypatch, tmp_path
):
    """Right before and after the pointer is led on; every step: make test-long."""

    def own(reached, steps):
        names = (
            "person in the register",
            "version rebuilt",
            "redirects written",
            "pointer redirected",
            "old version deleted",
            "removal done",
        )
        assert set(names) <= set(reached)
        return [reached.index(name) for name in names[2:4] if reached.index(name) in steps]

    crash_while_forgetting(store, two, monkeypatch, tmp_path, own)


@pytest.mark.long
def test_a_crash_at_any_step_is_finished_by_the_next_publisher_who_knows_no_name(
    store, two, monkeypatch, tmp_path
):
    crash_while_forgetting(store, two, monkeypatch, tmp_path, lambda _reached, steps: steps)


@pytest.mark.matrix(1)
@pytest.mark.parametrize(
    ("gone", "other"), [("Ole B", "Ole Bø"), ("Ян Врис", "Врис, Ян"), ("Ole Bø", "Ole B")]
)
def test_who_is_not_the_forgotten_person_is_published_on_whatever_the_script(
    store, small, gone, other
):
    append_to(small, "people", f'gone,"{gone}",,,')
    append_to(small, "people", f'other,"{other}",,,')
    served_already(store, small)
    forget(store, "gone", author="a", message="", now=NOW)
    replace_in(small, "people", f'gone,"{gone}",,,\n', "")
    replace_in(small, "people", "Physician", "Surgeon")
    version = publish_folder(store, small, "later").version
    assert f'other,"{other}"' in text_of(version, "people") or f"other,{other}" in text_of(
        version, "people"
    )


def text_of(version, table):
    return (version.records / f"{table}.csv").read_text("utf-8")


# The register of who was forgotten
# ---------------------------------------------------------------------------


def register_of(store):
    return store.root / "removed.json"


def test_the_entry_of_forgetting_carries_the_digest_of_the_register(store, forgotten):
    register = forgotten_people.read_register(store)
    assert read_log(store)[-1]["register"] == forgotten_people.digest_entry(
        register, register.people[0]
    )
    assert {version.manifest.removed for version in store.versions()} == {1}
    assert describe_fault(store) == ""


def lose_the_log(store):
    lines = [
        line
        for line in (store.root / "log.jsonl").read_text().splitlines()
        if '"forget"' not in line
    ]
    (store.root / "log.jsonl").write_text("\n".join(lines) + "\n")


def lose_the_register(store):
    register_of(store).unlink()


def lose_both(store):
    lose_the_log(store)
    lose_the_register(store)


def flip_a_bit_of_the_register(store):
    data = bytearray(register_of(store).read_bytes())
    data[data.index(b"id_hash") + 15] ^= 1
    register_of(store).write_bytes(data)


def empty_the_register(store):
    forgotten_people.write_register(
        store, forgotten_people.Register(forgotten_people.read_register(store).salt)
    )


def an_older_register(store):
    """Of before another spelling was known."""
    register = forgotten_people.read_register(store)
    person = replace(register.people[0], spelling_hashes=register.people[0].spelling_hashes[:1])
    forgotten_people.write_register(store, forgotten_people.Register(register.salt, (person,)))


LOST = [
    lose_the_register,
    lose_both,
    flip_a_bit_of_the_register,
    empty_the_register,
    an_older_register,
]


@pytest.mark.matrix(2)
@pytest.mark.parametrize("lose", LOST)
def test_without_the_register_that_the_history_knows_nothing_is_published_and_reading_goes_on(
    store, two, forgotten, small, lose
):
    lose(store)
    said = describe_fault(store)
    assert "removed.json" in said
    assert "put back from a backup" in said
    assert "forget ID --again" in said
    before = store.current_id()
    with pytest.raises(StoreError, match=r"removed\.json.*nothing is published until"):
        publish_folder(store, small)
    with pytest.raises(StoreError, match="nothing is published until"):
        build_candidate(
            store, open_checked_records(read_folder(small)), small_groups_below=5, **WHO
        )
    with pytest.raises(StoreError, match="nothing is published until"):
        forget(store, "carla-smit", **WHO)
    assert store.served().version.id == before
    assert store.served().fault == ""
    assert is_gone(store)


@pytest.mark.matrix(1)
@pytest.mark.parametrize("lose", LOST)
def test_naming_the_person_again_makes_the_register_anew(store, two, forgotten, small, lose):
    lose(store)
    done = forget(
        store,
        "zoe-muller",
        **WHO | {"message": "named again"},
        again="person-removed-1",
        names=["Zoë Müller"],
    )
    assert (done.name, done.versions) == ("person-removed-1", {})
    assert describe_fault(store) == ""
    assert read_log(store)[-1]["message"] == "named again"
    assert publish_folder(store, small).notes  # she is left out again
    append_to(small, "people", 'z-m,"MULLER, Zoe",,,')
    with pytest.raises(Refused) as refused:
        publish_folder(store, small)
    assert refused.value.problems[0].message == "the name of a person who was removed on request"


def test_a_lost_log_leaves_the_register_and_who_was_forgotten_stays_out(store, forgotten, small):
    lose_the_log(store)
    assert describe_fault(store) == ""
    assert publish_folder(store, small).notes


@pytest.mark.long
def test_of_two_who_are_missing_each_is_named_again_by_the_right_number(store, two, forgotten):
    forget(store, "carla-smit", **WHO)
    lose_the_register(store)
    assert "lacks person-removed-1, person-removed-2" in describe_fault(store)
    forget(store, "zoe-muller", **WHO, again="person-removed-1")
    assert "lacks person-removed-2" in describe_fault(store)
    for person, number, match in (
        ("carla-smit", "person-removed-3", "knows of no person-removed-3"),
        ("carla-smit", "person-removed-1", "is somebody else"),
        ("zoe-muller", "person-removed-2", "is somebody else"),
    ):
        with pytest.raises(StoreError, match=match):
            forget(store, person, **WHO, again=number)
    forget(store, "carla-smit", **WHO, again="person-removed-2")
    assert describe_fault(store) == ""


def test_a_version_whose_manifest_cannot_be_read_is_not_kept_with_the_person_in_it(store, two):
    (two[0].folder / "manifest.json").write_text("{")
    done = forget(store, "zoe-muller", **WHO)
    assert done.lost == (two[0].id,)
    assert is_gone(store)


def test_what_a_killed_backup_left_and_what_was_learnt_name_nobody_afterwards(store, two):
    shutil.copytree(two[0].folder, store.root / ".backup-0" / "versions" / two[0].id)
    save_mappings(store, RememberedMappings({"people": {"zoe muller": "name", "naam": "name"}}, {}))
    forget(store, "zoe-muller", **WHO)
    assert is_gone(store)
    assert read_mappings(store).columns == {"people": {"naam": "name"}}


def stopped_at(monkeypatch, reached):
    def step(name):
        if name == reached:
            raise KeyboardInterrupt

    return monkeypatch.setattr(durable, "failpoint", step)


@pytest.mark.long  # each of the two faults by itself: the test above, and tests/faults/test_killed.py
@pytest.mark.parametrize("known", [True, False])
def test_naming_somebody_again_mends_a_damaged_register_while_somebody_is_being_forgotten(
    store, two, known, monkeypatch
):
    if known:
        forget(store, "carla-smit", **WHO)
    with monkeypatch.context() as patch:
        stopped_at(patch, "person in the register")
        with pytest.raises(KeyboardInterrupt):
            forget(store, "zoe-muller", **WHO)
    flip_a_bit_of_the_register(store)
    with pytest.raises(StoreError, match=r"removed\.json.*--again"):
        forget(store, "zoe-muller", **WHO)
    person = "carla-smit" if known else "zoe-muller"
    assert forget(store, person, **WHO, again="person-removed-1").name == "person-removed-1"
    assert (describe_fault(store), is_gone(store)) == ("", True)
    assert len(forgotten_people.read_register(store).people) == 1 + known


def test_an_intention_is_for_its_owner_alone_and_one_that_is_damaged_is_said(
    store, two, monkeypatch
):
    with monkeypatch.context() as patch:
        stopped_at(patch, "intention to forget noted")
        with pytest.raises(KeyboardInterrupt):
            forget(store, "zoe-muller", **WHO)
    path = store.root / "forgetting.json"
    assert path.stat().st_mode & 0o077 == 0
    assert "not finished" in describe_fault(store)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Eva", b"Ole"))
    with pytest.raises(StoreError, match=r"forgetting\.json.*is damaged"):
        publish_folder(store, two[1].records)
    path.write_bytes(whole)
    assert finish_interrupted(store) == describe_fault(store) == ""
    assert (read_log(store)[-1]["author"], is_gone(store)) == ("Eva", True)


def test_what_a_former_release_left_unfinished_is_finished_and_said(store, two):
    register, _ = forgotten_people.add_person(
        forgotten_people.read_register(store), PersonToForget("zoe-muller", "", ("Zoë Müller",))
    )
    forgotten_people.write_register(store, register)
    with open_for_writing(store):
        pass
    assert is_gone(store)
    assert (read_log(store)[-1]["action"], read_log(store)[-1]["message"]) == (
        "forget",
        "begun under a former release, and finished now",
    )
