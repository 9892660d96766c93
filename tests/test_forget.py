"""A person who is forgotten is in no file of the store, and stays out of it."""

import json
import shutil

import pytest

from dashboard import queries
from dashboard.filters import Filters
from dashboard.intake.check import open_candidate
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.metrics import METRICS, evaluate
from dashboard.store import Store, StoreError, durable, forget, history, publish_candidate, rollback
from dashboard.store.candidates import propose
from dashboard.store.publish import working
from tests.conftest import NOW, append_to, publish_folder, replace_in, served_already

WHO = dict(author="Eva", message="asked on paper", now=NOW)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def two(store, small, tmp_path):
    """Two versions with Zoë Müller, who has another spelling, a job, an ORCID iD, a note and a claim."""
    replace_in(
        small, "people", "zoe-muller,Zoë Müller,,,", "zoe-muller,Zoë Müller,Statistician,0000-0003-1111-222X,Left"
    )
    append_to(small, "claims", "people-zoe-muller-1,people,zoe-muller,job_title,newsletter,differs,,,professor Müller")
    earlier = shutil.copytree(small, tmp_path / "earlier")
    replace_in(small, "people", "Physician", "Surgeon")
    second = served_already(store, (earlier, "first"), (small, "second"))
    return store.open(second.manifest.parent), second


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Where a store is kept in which Zoë Müller was forgotten, for the tests that begin there."""
    return tmp_path_factory.mktemp("forgotten") / "store"


@pytest.fixture
def forgotten(store, two, once):
    """These two versions without her: forgotten once, copied to every test that begins there."""
    if not once.exists():
        forget(store, "zoe-muller", **WHO)
        shutil.copytree(store.root, once)
    shutil.rmtree(store.root)
    shutil.copytree(once, store.root)


def everything(store):
    return b"\n".join(path.read_bytes() for path in store.root.rglob("*") if path.is_file())


def is_gone(store):
    return not any(
        word in everything(store) for word in ("Müller".encode(), b"zoe-m", b"Mueller", b"muller", b"0000-0003-1111")
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


def test_a_number_stands_for_the_person_in_every_version_and_the_counts_are_as_before(store, two):
    before = evaluate(two[0], METRICS["contributors"], Filters())
    forget(store, "zoe-muller", **WHO)
    for version in store.versions():
        person = queries.record(version, "people", "person-removed-1")
        assert person == {
            "person_id": "person-removed-1",
            "name": "person-removed-1",
            "job_title": None,
            "orcid": None,
            "note": None,
        }
        assert evaluate(version, METRICS["contributors"], Filters()) == before
        assert queries.browse(version, "person_aliases") == []
        claim = queries.record(version, "claims", "people-person-removed-1-1")
        assert (claim["record_id"], claim["stated"]) == ("person-removed-1", None)


def test_old_ids_lead_to_the_versions_that_took_their_place(store, two):
    done = forget(store, "zoe-muller", **WHO)
    first, second = two
    assert store.open().id == done.versions[second.id] == store.open(second.id).id
    assert store.open(first.id).manifest.message == "first"
    assert store.open(second.id).manifest.parent == done.versions[first.id]
    assert [v.manifest.message for v in store.versions()] == ["second", "first"]


def test_forgetting_two_people_one_after_the_other_leads_through_both_redirects(store, two, forgotten):
    assert forget(store, "carla-smit", **WHO).name == "person-removed-2"
    names = {row["name"] for row in queries.browse(store.open(two[0].id), "people")}
    assert {"person-removed-1", "person-removed-2"} < names


def test_erased_stays_erased_after_a_rollback(store, two, forgotten):
    rollback(store, two[0].id, **WHO)
    assert store.open().manifest.message == "first"
    assert is_gone(store)


def test_erased_stays_erased_when_the_person_is_published_again(store, forgotten, small):
    served = store.open().id
    published = publish_folder(store, small)
    assert published.version.id == served
    assert published.notes == ("person-removed-1 was removed on request and is named again: left out",)
    assert is_gone(store)


def test_the_name_under_another_id_is_refused_whatever_the_spelling(store, forgotten, small):
    for row, column in (('z-m,"MULLER, Zoe",,,', "name"), ("z-m,Zoe Mueller,,,", "name")):
        text = (small / "people.csv").read_text("utf-8")
        append_to(small, "people", row)
        with pytest.raises(Refused) as refused:
            publish_folder(store, small)
        assert [(p.file, p.row, p.column) for p in refused.value.problems] == [("people.csv", 7, column)]
        assert "Somebody else of the same name" in refused.value.problems[0].mend
        (small / "people.csv").write_text(text, "utf-8")


def test_texts_with_the_name_are_listed_and_not_changed(store, two, small):
    replace_in(small, "events", "2026-02-05,planned,onsite,symposium,research,learning,antwerp,contributed,,,unknown,,",
               "2026-02-05,planned,onsite,symposium,research,learning,antwerp,contributed,,,unknown,,With ZOE MULLER")  # fmt: skip
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
    assert queries.record(store.open(), "events", "congress")["note"] == "With ZOE MULLER"


def test_candidates_with_the_person_are_discarded(store, two, small):
    append_to(small, "people", "eva-bos,Eva Bos,,,")
    made = propose(store, open_candidate(read_folder(small)), small_groups_below=5, **WHO).version
    forget(store, "zoe-muller", **WHO)
    with pytest.raises(StoreError, match="there is no candidate"):
        publish_candidate(store, made.id, **WHO)


def test_the_register_and_the_log_do_not_say_who_it_was(store, two):
    done = forget(store, "zoe-muller", **WHO)
    entry = history(store)[-1]
    assert (entry["action"], entry["person"], entry["versions"]) == ("forget", "person-removed-1", done.versions)
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


def test_forgetting_again_changes_nothing(store, forgotten):
    again = forget(store, "zoe-muller", **WHO)
    assert (again.name, again.versions) == ("person-removed-1", {})


def test_a_damaged_register_stops_publishing(store, forgotten, small):
    (store.root / "removed.json").write_text("{")
    with pytest.raises(StoreError, match="keeps removed people out, is damaged"):
        publish_folder(store, small)


def crash_while_forgetting(store, two, monkeypatch, tmp_path, chosen):
    """Forget with a crash at each step that is chosen from the names of those reached; the next publisher finishes."""
    copy = tmp_path / "copy"
    shutil.copytree(store.root, copy)
    reached: list[str] = []
    monkeypatch.setattr(durable, "step", reached.append)
    forget(store, "zoe-muller", **WHO)
    first = reached.index("person in the register")
    for crash in chosen(reached, range(first, len(reached))):
        shutil.rmtree(store.root)
        shutil.copytree(copy, store.root)
        count = iter(range(len(reached)))

        def step(_name, crash=crash, count=count):
            if next(count) == crash:
                raise KeyboardInterrupt

        monkeypatch.setattr(durable, "step", step)
        with pytest.raises(KeyboardInterrupt):
            forget(store, "zoe-muller", **WHO)
        assert Store(store.root).open().damage() is None
        monkeypatch.setattr(durable, "step", lambda _name: None)
        with working(store):
            pass
        assert is_gone(store), reached[crash]
        assert Store(store.root).open(two[0].id).manifest.message == "first"
        assert Store(store.root).open().manifest.message == "second"


@pytest.mark.long
def test_a_crash_around_the_flip_is_finished_by_the_next_publisher_who_knows_no_name(store, two, monkeypatch, tmp_path):
    """Right before and after the pointer is led on; every step: make test-long."""

    def own(reached, steps):
        names = ("person in the register", "version rebuilt", "redirects written", "pointer redirected", "old version deleted",
                 "removal done")  # fmt: skip
        assert set(names) <= set(reached)
        return [reached.index(name) for name in names[2:4] if reached.index(name) in steps]

    crash_while_forgetting(store, two, monkeypatch, tmp_path, own)


@pytest.mark.long
def test_a_crash_at_any_step_is_finished_by_the_next_publisher_who_knows_no_name(store, two, monkeypatch, tmp_path):
    crash_while_forgetting(store, two, monkeypatch, tmp_path, lambda _reached, steps: steps)


@pytest.mark.parametrize(("gone", "other"), [("Ole B", "Ole Bø"), ("Ян Врис", "Врис, Ян"), ("Ole Bø", "Ole B")])
def test_who_is_not_the_forgotten_person_is_published_on_whatever_the_script(store, small, gone, other):
    append_to(small, "people", f'gone,"{gone}",,,')
    append_to(small, "people", f'other,"{other}",,,')
    served_already(store, small)
    forget(store, "gone", author="a", message="", now=NOW)
    replace_in(small, "people", f'gone,"{gone}",,,\n', "")
    replace_in(small, "people", "Physician", "Surgeon")
    version = publish_folder(store, small, "later").version
    assert f'other,"{other}"' in text_of(version, "people") or f"other,{other}" in text_of(version, "people")


def text_of(version, table):
    return (version.records / f"{table}.csv").read_text("utf-8")
