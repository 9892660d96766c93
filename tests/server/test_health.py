"""The health route: green while the dashboard can answer, red with a reason otherwise, and cheap to
ask.
"""

import importlib
import json
import shutil
import time
from datetime import timedelta

import pytest

from dashboard.model import server_log
from dashboard.query import engine
from dashboard.server import access
from dashboard.store import durable, integrity, manifest
from dashboard.store.versions import Store
from tests.conftest import NOW, ROOT, publish_folder, replace_in, served_already
from tests.faults import damage
from tests.server.conftest import ask_site

health = importlib.import_module("dashboard.server.health")
SETTINGS = (ROOT / "data" / "settings.toml").read_text("utf-8")


@pytest.fixture
def two(tmp_path, small):
    """A store with two versions; gives the served one."""
    store, before = Store(tmp_path / "store"), shutil.copytree(small, tmp_path / "before")
    replace_in(small, "people", "Physician", "Surgeon")
    return store, served_already(store, before, small)


@pytest.fixture
def ask(two, monkeypatch):
    server_log._last_logged.clear()
    return ask_site(monkeypatch, two[1])


@pytest.fixture
def chosen(tmp_path, monkeypatch):
    """Other settings: chosen("sign_in = false", "sign_in = true")."""

    def choose(old, new):
        assert old in SETTINGS
        (tmp_path / "home" / "data").mkdir(parents=True, exist_ok=True)
        (tmp_path / "home" / "data" / "settings.toml").write_text(
            SETTINGS.replace(old, new), "utf-8"
        )
        monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path / "home"))

    return choose


def is_red(answer, store, reason):
    assert (answer.status, answer.json["status"], answer.json["reason"]) == (503, "failing", reason)
    assert str(store.root) not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    return True


def test_a_store_that_answers_is_green_and_one_question_was_asked(two, ask, monkeypatch):
    asked = []
    real = engine.rows
    monkeypatch.setattr(
        engine, "rows", lambda database, *more: asked.append(database) or real(database, *more)
    )
    answer = ask("/health")
    assert (answer.status, answer.json) == (200, {"status": "ok", "version": two[1].id})
    assert asked == [two[1].database]
    assert answer.headers["cache-control"] == "no-store"
    assert ask("/health", method="HEAD").status == 200


def test_a_store_that_is_missing_or_empty_is_red(two, ask, capsys):
    store, _ = two
    shutil.rmtree(store.root)
    is_red(ask("/health"), store, health.CANNOT_BE_READ)
    store.root.mkdir()
    is_red(ask("/health"), store, health.CANNOT_BE_READ)
    log = capsys.readouterr().out
    assert f"the store {store.root} is not there" in log
    assert f"the store {store.root} is empty" in log


@pytest.mark.parametrize(
    "spoil",
    [
        damage.rot,
        damage.zero_a_page,
        damage.cut_short,
        damage.lose_the_database,
        damage.lose_a_file_of_records,
    ],
)
@pytest.mark.parametrize("when", ["before the start", "a moment ago"])
def test_a_damaged_version_is_red_although_readers_get_another_one(two, ask, spoil, when):
    store, version = two
    if when == "a moment ago":
        assert ask("/health").status == 200
        engine.close(version.database)  # what it has in memory it would still say rightly
    spoil(version)
    if when == "before the start":
        integrity._verdicts.clear()
    # nothing but reading tells, and then it cannot be read
    if spoil is damage.rot and when == "a moment ago":
        assert ask("/health").status == 503
    answer = ask("/health")
    is_red(answer, store, "what is served is not what was published last; see the log")
    assert answer.json["version"] != version.id


@pytest.mark.parametrize("pointer", ["", "0123456789abcdef", "../../etc/passwd"])
def test_a_pointer_to_nothing_is_red(two, ask, pointer):
    store, version = two
    store.pointer.write_text(pointer)
    answer = ask("/health")
    is_red(answer, store, "what is served is not what was published last; see the log")
    assert answer.json["version"] == version.id


@pytest.mark.parametrize(
    ("key", "value"), [("schema_version", 99), ("recipe", "of-another-release")]
)
def test_a_store_of_another_release_is_red(two, ask, key, value):
    store, version = two
    damage.of_release(version, **{key: value})
    is_red(ask("/health"), store, health.CANNOT_BE_READ)


def test_a_store_without_a_new_version_for_too_long_is_red_and_says_for_how_long(
    two, ask, chosen, monkeypatch
):
    store, _ = two

    class Clock(health.datetime):
        @classmethod
        def now(cls, tz=None):
            return (NOW + timedelta(days=cls.days, hours=1)).astimezone(tz)

    monkeypatch.setattr(health, "datetime", Clock)
    Clock.days = 8
    assert ask("/health").status == 200  # never, unless it is set
    chosen("stale_after_days = 0", "stale_after_days = 7")
    is_red(ask("/health"), store, "no new version for 8 days; 7 are allowed")
    Clock.days = 6
    assert ask("/health").status == 200
    Clock.days = -400  # the clock was set back
    assert ask("/health").status == 200


def test_settings_that_cannot_be_read_are_red(two, ask, chosen):
    chosen("stale_after_days = 0", 'stale_after_days = "soon"')
    is_red(ask("/health"), two[0], health.CANNOT_BE_READ)


@pytest.mark.parametrize(
    ("old", "new"),
    [("[privacy]", "[privcay]"), ("sign_in = false", 'sign_in = "false"'), (SETTINGS, "")],
)
def test_settings_that_become_wrong_are_red_until_they_are_mended(two, ask, chosen, old, new):
    chosen("", "")
    assert ask("/health").status == 200
    chosen(old, new)
    is_red(ask("/health"), two[0], health.NOT_UNDERSTOOD)
    chosen("", "")
    assert ask("/health").json == {"status": "ok", "version": two[1].id}


def test_a_process_that_is_closed_is_red_and_names_no_version_path_or_value(
    two, ask, chosen, monkeypatch
):
    monkeypatch.setattr(
        access, "LOCKDOWN", access.Lockdown(lambda _: [f"{two[0].root} and a secret"])
    )
    chosen("", "")
    answer = ask("/health")
    is_red(answer, two[0], access.UNSAFE)
    assert set(answer.json) == {"status", "reason"}


def test_no_version_is_named_where_a_sign_in_is_asked_for(two, ask, chosen):
    chosen("sign_in = false", "sign_in = true")
    answer = ask("/health")
    assert (answer.status, answer.json) == (200, {"status": "ok"})
    damage.cut_short(two[1])
    answer = ask("/health")
    assert (answer.status, set(answer.json)) == (503, {"status", "reason"})
    assert two[1].id not in answer.text


def test_the_store_is_hashed_once_and_again_when_a_file_was_touched(two, ask, monkeypatch):
    _, version = two
    integrity._verdicts.clear()
    hashed = []
    real = manifest.compute_sha256
    monkeypatch.setattr(
        manifest, "compute_sha256", lambda path: hashed.append(path.name) or real(path)
    )
    for _ in range(5):
        assert ask("/health").status == 200
    assert sorted(hashed) == sorted(name.rpartition("/")[2] for name in version.manifest.files)
    hashed.clear()
    version.database.touch()
    assert ask("/health").status == 200
    assert len(hashed) == len(version.manifest.files)


def test_asking_costs_milliseconds(two, ask):
    ask("/health")
    durations = []
    for _ in range(20):
        start = time.perf_counter()
        health.report_health(None)
        durations.append(time.perf_counter() - start)
    assert sorted(durations)[5] < 0.05  # 4 ms on two free cores


def test_a_watcher_that_asks_every_second_does_not_fill_the_log(two, ask, capsys):
    damage.cut_short(two[1])
    for _ in range(5):
        ask("/health")
    assert capsys.readouterr().out.count("differs from its manifest") == 1


def test_a_version_that_was_published_meanwhile_is_the_one_that_is_asked(two, ask, small):
    replace_in(small, "people", "Surgeon", "Nurse")

    made = publish_folder(two[0], small)
    assert ask("/health").json == {"status": "ok", "version": made.version.id}


def test_a_register_that_is_lost_where_the_history_knows_of_a_forgetting_is_red_and_readers_are_served(
    two, ask
):
    store, _ = two
    entry = {
        "time": "2026-01-15T09:30:00+00:00",
        "action": "forget",
        "version": store.current_id(),
        "author": "Eva",
        "message": "",
        "person": "person-removed-1",
    }
    durable.append_line(store.root / "log.jsonl", json.dumps(entry))
    is_red(
        ask("/health"),
        store,
        "what keeps forgotten people out is missing or not finished; see the log",
    )
    assert ask("/api").status == 200
