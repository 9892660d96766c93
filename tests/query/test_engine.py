"""Who answers the questions: what the settings may say, what is translated, and the Parquet of a
version. No Spark is asked here: see tests/spark/.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import replace

import duckdb
import pytest
import sqlglot

from dashboard import query
from dashboard.cli import main
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.settings import Engine, SettingsError
from dashboard.query import duck, engine, questions, spark_sql
from dashboard.store import Store, StoreError, parquet
from tests.conftest import ROOT, publish_folder, served_already
from tests.query.test_questions import DATA, SQL

SHIPPED = (ROOT / "data" / "settings.toml").read_text("utf-8")
SCOPE = ROOT / "src" / "dashboard" / "query"


def loaded(tmp_path, **engine_lines):
    text = SHIPPED
    for name, value in engine_lines.items():
        old = {"kind": 'kind = "duckdb"', "remote": 'remote = ""', "tables": 'tables = ""'}[name]
        text = text.replace(old, f"{name} = {json.dumps(value)}")
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    return settings.load(tmp_path).engine


# Settings
# ------------------------------------------------------------------------------------------------------------


def test_without_a_word_in_the_settings_duckdb_answers(tmp_path):
    assert settings.load(ROOT / "data").engine == Engine("duckdb", "", "")
    (tmp_path / "settings.toml").write_text(SHIPPED.split("[engine]")[0] + "[colours]", "utf-8")
    assert settings.load(tmp_path).engine == Engine()


@pytest.mark.parametrize(
    "tables",
    ["s3a://bucket/dash/", "/mnt/dash", "hdfs:///data/dash", "abfss://box@house.example.org/dash"],
)
def test_a_spark_is_chosen_by_three_lines(tmp_path, tables):
    found = loaded(
        tmp_path, kind="spark", remote="sc://spark.example.org:15002/;use_ssl=true", tables=tables
    )
    assert found == Engine(
        "spark", "sc://spark.example.org:15002/;use_ssl=true", tables.rstrip("/")
    )


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ({"kind": "sparc"}, r'kind must be "duckdb" or "spark"'),
        ({"kind": "spark", "tables": "/mnt/dash"}, "remote must be the address"),
        (
            {"kind": "spark", "tables": "/mnt/dash", "remote": "spark.example.org:15002"},
            "remote must be the address",
        ),
        ({"kind": "spark", "tables": "/mnt/dash", "remote": 7}, "remote must be the address"),
        ({"kind": "spark", "remote": "local[2]"}, "tables must be the folder"),
        ({"kind": "spark", "remote": "local[2]", "tables": "lake"}, "tables must be the folder"),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_what_it_needs(tmp_path, lines, named):
    with pytest.raises(SettingsError, match=rf"\[engine\] {named}"):
        loaded(tmp_path, **lines)


def test_an_unknown_setting_is_named(tmp_path):
    (tmp_path / "settings.toml").write_text(
        SHIPPED.replace("[engine]", '[engine]\nhost = "x"'), "utf-8"
    )
    with pytest.raises(SettingsError, match=r"\[engine\] host is not known"):
        settings.load(tmp_path)


def test_where_duckdb_answers_nothing_of_spark_is_imported(by_hand):
    asks = (
        "import sys; from dashboard.cli import main; from dashboard.server import responses;"
        f"assert main(['--store', {str(by_hand.root)!r}, 'metrics']) == 0;"
        "print(sorted({'pyspark', 'sqlglot', 'grpc'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


def test_a_spark_without_its_packages_says_what_to_install(by_hand, monkeypatch):
    chosen = replace(
        settings.load(ROOT / "data"), engine=Engine("spark", "sc://127.0.0.1:1", "/mnt/dash")
    )
    monkeypatch.setattr(settings, "current", lambda: chosen)
    monkeypatch.delitem(sys.modules, "dashboard.query.spark", raising=False)
    monkeypatch.delattr(query, "spark", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(
        StoreError, match=r"pip install --require-hashes -r requirements-spark\.txt"
    ):
        questions.rows(by_hand.open(), "years", Filters())


def test_what_to_install_is_there():
    named = engine.INSTALL_SPARK.split()[-1]
    assert "pyspark==" in (ROOT / named).read_text("utf-8")


def test_the_packages_of_spark_change_no_version_that_is_tested_without():
    def pinned(file):
        lines = (line.split(" ")[0] for line in (ROOT / file).read_text("utf-8").splitlines())
        return {line for line in lines if "==" in line}

    assert pinned("requirements-test.txt") < pinned("requirements-spark.txt")


# Translation
# ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", SQL)
def test_every_question_is_said_in_sparks_words(question):
    statement = spark_sql.translate(SQL[question])
    assert sqlglot.parse_one(statement.text, dialect="spark")
    assert "$" not in statement.text.replace("0$", "").replace("+$", "").replace("'$.'", "")
    assert not any(
        name in statement.text.lower()
        for name in ("scope_events(", "search_hits(", "unnest(", "materialized")
    )


@pytest.mark.parametrize(
    ("sql", "lost"),
    [
        ("select list(title order by title) from events", "ArrayAgg is not known"),
        ("select string_agg(title, ' ' order by title) from events", "GroupConcat is not known"),
        ("select any_value(title order by title) from events", "the order inside an aggregate"),
        ("select regexp_replace(title, 'a', 'b') from events", "that only the first is replaced"),
        (
            "select regexp_replace(title, 'a', 'b', 'gi') from events",
            "that only the first is replaced",
        ),
        ("select distinct on (kind) title from events", "distinct on"),
        (
            "select a.title from events a asof join events b on a.first_day >= b.first_day",
            "the kind of the join",
        ),
        ("select hash(title) from events", "is not known"),
        ("select title from events using sample 3", "is not known"),
        (
            "select row_number() over (order by title rows 1 preceding) from events",
            "WindowSpec is not known",
        ),
        (
            "select title, unnest($words), unnest($words) from events",
            "several lists beside other columns",
        ),
    ],
)
def test_what_would_be_lost_or_was_never_tried_is_refused(sql, lost):
    with pytest.raises(spark_sql.Untranslatable, match=lost):
        spark_sql.translate(sql)


def test_a_limit_that_is_not_given_is_left_out():
    sql = "select title from events order by title limit $limit offset $offset"
    assert spark_sql.translate(sql).named == {"limit", "offset"}
    without = spark_sql.translate(sql, frozenset({"limit", "offset"}))
    assert (without.named, "LIMIT" in without.text, "OFFSET" in without.text) == (
        set(),
        False,
        False,
    )


def test_both_scopes_have_the_same_functions_with_the_same_parameters():
    def declared(file, start):
        names = {}
        for part in (SCOPE / file).read_text("utf-8").split(start)[1:]:
            name, rest = part.split("(", 1)
            names[name] = [words.split()[0] for words in rest.split(")", 1)[0].split(",")]
        return names

    of_duckdb, of_spark = (
        declared("scope.sql", "\ncreate macro "),
        declared("scope.spark.sql", "\ncreate temporary function "),
    )
    assert of_duckdb.items() <= of_spark.items()
    beside = "fold_words octets letters_alike jaro_similarity begin_alike winkler_similarity letters_apart damerau_levenshtein"
    assert of_spark.keys() - of_duckdb.keys() == set(beside.split())


def test_types_are_duckdbs_whatever_the_version(by_hand):
    params = questions.bind(Filters())
    for question in ("events", "event_participants", "funding", "facets"):
        assert (
            duck.infer_schema(SQL[question], params)
            == questions.run(by_hand.open(), question, Filters()).schema
        )


# Parquet
# -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    one = Store(tmp_path / "store")
    served_already(one, DATA)
    return one


def test_the_tables_of_a_version_are_written_as_they_are_stored(store, tmp_path):
    version = store.open()
    folder, fresh = parquet.write_parquet(version, tmp_path / "lake")
    assert (folder, fresh) == (tmp_path / "lake" / version.id, True)
    complete = json.loads((folder / "complete.json").read_text("utf-8"))
    assert complete["rows"].items() >= version.manifest.rows.items()
    assert complete["rows"].keys() - version.manifest.rows.keys() == {
        "event_people_by_day",
        "search_texts",
        "search_words",
    }
    with duckdb.connect(version.database, read_only=True) as con:
        for table, rows in complete["rows"].items():
            kept = con.table(table).fetchall()
            assert con.read_parquet(f"{folder}/{table}/*.parquet").fetchall() == kept
            assert rows == len(kept)
    assert [path.name for path in (tmp_path / "lake").iterdir()] == [version.id]


def test_what_is_there_is_not_written_again_but_what_another_release_wrote_is(store, tmp_path):
    version = store.open()
    folder, _ = parquet.write_parquet(version, tmp_path)
    file = folder / "events" / "part-0.parquet"
    before = file.stat().st_ino
    assert parquet.write_parquet(version, tmp_path) == (folder, False)
    assert file.stat().st_ino == before
    text = (folder / "complete.json").read_text("utf-8")
    (folder / "complete.json").write_text(text.replace(version.manifest.recipe, "0" * 16), "utf-8")
    assert parquet.write_parquet(version, tmp_path) == (folder, True)
    assert (folder / "complete.json").read_text("utf-8") == text
    (folder / "complete.json").unlink()  # broken off, by whatever copied it
    assert parquet.write_parquet(version, tmp_path) == (folder, True)


def test_writing_that_breaks_off_leaves_nothing_that_looks_whole(store, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet.durable, "fsync_tree", full)
    with pytest.raises(OSError, match="No space left"):
        parquet.write_parquet(store.open(), tmp_path / "lake")
    assert list((tmp_path / "lake").iterdir()) == []


def test_the_command_writes_a_version_or_candidate_and_tidies(store, tmp_path, small, capsys):
    lake, root = tmp_path / "lake", str(store.root)
    first = store.open().id
    assert main(["--store", root, "parquet", str(lake)]) == 0
    assert f"Version {first} is now in {lake / first}." in capsys.readouterr().out
    with (small / "people.csv").open("a", encoding="utf-8") as file:
        file.write("erik-bos,Erik Bos,,,\n")
    second = publish_folder(store, small).version.id
    (lake / f".{second}-new-1").mkdir()  # somebody was ended while writing
    (lake / "notes").mkdir()
    assert main(["--store", root, "parquet", str(lake), "--version", first]) == 0
    assert f"Version {first} was already in" in capsys.readouterr().out
    shutil.rmtree(store.open(first).folder)
    assert main(["--store", root, "parquet", str(lake), "--tidy", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["written"], said["gone"]) == (second, True, [first])
    assert sorted(path.name for path in lake.iterdir()) == sorted([second, "notes"])


def test_a_candidate_can_be_written_before_it_is_published(store, small, tmp_path, capsys):
    with (small / "people.csv").open("a", encoding="utf-8") as file:
        file.write("erik-bos,Erik Bos,,,\n")
    assert (
        main(["--store", str(store.root), "publish", str(small), "--candidate", "--message", "m"])
        == 0
    )
    (candidate,) = store.candidates()
    assert (
        main(
            [
                "--store",
                str(store.root),
                "parquet",
                str(tmp_path / "lake"),
                "--version",
                candidate.id,
            ]
        )
        == 0
    )
    assert (
        main(["--store", str(store.root), "candidate", "publish", candidate.id, "--message", "m"])
        == 0
    )
    assert (tmp_path / "lake" / store.open().id / "complete.json").exists()


def test_an_unknown_version_is_said(store, tmp_path, capsys):
    assert main(["--store", str(store.root), "parquet", str(tmp_path), "--version", "0" * 16]) == 2
    assert "there is no version" in capsys.readouterr().err
