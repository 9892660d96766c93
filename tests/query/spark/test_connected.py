"""A dashboard whose settings name a Spark, from the command line and through its pages."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.query import duck, engine, questions
from dashboard.store import Store, StoreError, UnreadableVersion
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view
from tests.conftest import ROOT, served_already
from tests.conftest import publish_folder as publish_next
from tests.query.spark.conftest import Server, free_port, java, with_parquet
from tests.query.test_questions import DATA, publish_folder

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings(r"ignore:\[RETRIES_EXCEEDED\]:UserWarning"),
]
SHIPPED = (ROOT / "data" / "settings.toml").read_text("utf-8")


def home_of(folder, remote, tables):
    """A folder with settings that choose a Spark."""
    (folder / "data").mkdir(parents=True)
    chosen = SHIPPED.replace('kind = "duckdb"', 'kind = "spark"')
    chosen = chosen.replace('remote = ""', f'remote = "{remote}"').replace(
        'tables = ""', f'tables = "{tables}"'
    )
    (folder / "data" / "settings.toml").write_text(chosen, "utf-8")
    return folder


def command(home, store, *arguments):
    """An answer of the command line, in a process of its own, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "--store", store, *arguments, "--json"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DASHBOARD_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("within", [False, True], ids=["at a server", "within the program"])
def test_the_command_line_answers_through_a_spark_as_without(within, tmp_path, request):
    java()
    remote = "local[1]" if within else f"sc://127.0.0.1:{request.getfixturevalue('server').port}"
    store, home = tmp_path / "store", home_of(tmp_path / "home", remote, tmp_path / "lake")
    served_already(Store(store), DATA)
    written = command(home, store, "parquet", tmp_path / "lake")
    assert written["written"]
    asked = ("metrics", "--year", "2025", "--speaker", "anna-berg")
    assert command(home, store, *asked) == command(ROOT, store, *asked)


@pytest.mark.parametrize(
    "link",
    [
        "/?year=2025",
        "/events?month=2025-05",
        "/map",
        "/trainings?year=2025",
        "/projects",
        "/people",
        "/review?year=2025",
    ],
)
def test_a_page_holds_the_same(shipped, on_spark, link, monkeypatch):
    store, today = Store(shipped.folder.parents[1]), date(2026, 1, 15)
    found = make_content(open_view(store, settings.current(), link, today, role=Role.VIEWER))
    with monkeypatch.context() as patched:
        for name in ("query", "rows", "browse"):
            patched.setattr(engine, name, getattr(duck, name))
        expected = make_content(open_view(store, settings.current(), link, today, role=Role.VIEWER))
    assert expected is not None
    assert repr(found) == repr(expected)


def test_a_version_without_its_parquet_is_not_served_and_the_one_before_is(
    tmp_path, on_spark, lake
):
    store = Store(tmp_path / "store")
    before = with_parquet(publish_folder(DATA, store.root), lake)
    assert questions.rows(before, "years", Filters())
    (tmp_path / "more").mkdir()
    for path in DATA.glob("*.csv"):
        (tmp_path / "more" / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "more" / "people.csv").open("a", encoding="utf-8") as file:
        file.write("erik-bos,Erik Bos,,,\n")
    after = publish_next(store, tmp_path / "more").version
    with pytest.raises(
        UnreadableVersion, match=f"its Parquet is not in .*parquet FOLDER --version {after.id}"
    ):
        questions.rows(after, "years", Filters())
    assert store.served().version.id == before.id
    with_parquet(after, lake)
    assert len(questions.rows(after, "people", Filters())) == 6


@pytest.mark.parametrize("damage", ["gone", "another release", "half a file", "an empty folder"])
def test_parquet_that_is_damaged_is_not_read(tmp_path, on_spark, lake, damage):
    version = with_parquet(publish_folder(DATA, tmp_path / "store"), tmp_path / "lake")
    place = lake / version.id
    shutil.rmtree(place, ignore_errors=True)
    engine.close(version.database)
    shutil.copytree(tmp_path / "lake" / version.id, place)
    complete = place / "complete.json"
    text = complete.read_text("utf-8")
    if damage == "another release":
        complete.write_text(text.replace(version.manifest.recipe, "0" * 16), "utf-8")
    elif damage == "half a file":
        complete.write_text(text[:40], "utf-8")
    elif damage == "an empty folder":
        shutil.rmtree(place / "events")
    else:
        # a session that is open does not keep the files
        assert questions.rows(version, "years", Filters())
        shutil.rmtree(place)
    try:
        with pytest.raises(UnreadableVersion, match="its Parquet is not in"):
            questions.rows(version, "years", Filters())
    finally:
        shutil.rmtree(place, ignore_errors=True)
        with_parquet(version, lake)
        engine.close(version.database)


def test_many_readers_ask_at_once(tiny, on_spark):
    engine.close(tiny.database)  # so that they also meet where the version is opened
    months = ["2024-12", "2025-04", "2025-05"] * 4
    with ThreadPoolExecutor(8) as readers:
        found = list(
            readers.map(
                lambda month: questions.rows(tiny, "events", Filters(month=(month,))), months
            )
        )
    assert [sorted({row["month"] for row in rows}) for rows in found] == [
        [month] for month in months
    ]


def test_a_server_that_forgot_the_session_is_asked_anew(tiny, on_spark):
    from dashboard.query import spark  # noqa: PLC0415

    years = questions.rows(tiny, "years", Filters())
    spark._get_session(tiny.database).client.release_session()
    assert questions.rows(tiny, "years", Filters()) == years


def test_a_server_that_is_started_anew_is_asked_anew_and_one_that_is_away_is_named(
    tiny, lake, tmp_path, monkeypatch
):
    java()
    port = free_port()
    chosen = settings.Engine("spark", f"sc://127.0.0.1:{port}", str(lake))
    monkeypatch.setattr(
        settings, "current", lambda: settings.Settings("n", "s", "o", engine=chosen)
    )
    for _ in range(2):
        server = Server(tmp_path, port)
        server.wait()
        assert len(questions.rows(tiny, "years", Filters())) == 5
        server.stop()
        with pytest.raises(StoreError, match=f"the Spark at sc://127.0.0.1:{port} does not answer"):
            questions.rows(tiny, "years", Filters())
