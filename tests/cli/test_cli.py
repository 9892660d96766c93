"""The programme asked on the command line."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from dashboard.cli import main
from dashboard.cli import records as building
from tests.conftest import ROOT, append_to


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "store"
    assert main(["--store", str(folder), "build", str(ROOT / "data")]) == 0
    return str(folder)


@pytest.fixture
def ask(store, capsys):
    def answer(*arguments):
        capsys.readouterr()
        assert main(["--store", store, *arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return answer


def test_the_keynotes_of_may_by_one_speaker(ask):
    events = ask(
        "rows", "events", "--speaker", "job-doornberg", "--month", "2025-05", "--role", "keynote"
    )
    assert [(e["event_id"], e["start_date"], e["end_date"], e["city"]) for e in events] == [
        ("surgeons-days", "2025-05-22", "2025-05-22", "Nieuwegein")
    ]


def test_the_columns_of_events_come_first_and_in_order(ask):
    event = ask("rows", "events", "--country", "AT")[0]
    assert set(event) >= set(
        "event_id title host_event start_date end_date date_precision status kind our_role city country participants"
        " participants_kind people".split()
    )
    assert [set(person) >= {"person_id", "name", "role"} for person in event["people"]] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (
            "trainings",
            "training_id title level discipline period status participants participants_kind parts",
        ),
        ("projects", "project_id title kind pillar line start_date end_date status parties"),
        (
            "funding",
            "funding_id title funder scheme recipient our_role amount_eur amount_kind date",
        ),
        ("people", "person_id name spellings events roles"),
    ],
)
def test_every_table_has_the_promised_columns(ask, table, columns):
    rows = ask("rows", table)
    assert rows
    assert set(rows[0]) >= set(columns.split())


def test_dates_are_as_precise_as_they_are_known(ask):
    found = {
        e["event_id"]: (e["start_date"], e["end_date"], e["date_precision"])
        for e in ask("rows", "events")
    }
    assert found["zpannend-zernike"] == ("2025", "2025", "year")
    assert found["inclusive-medical-ai"] == ("2025-02-10", "2025-02-14", "day")


def test_metrics_say_what_is_known_and_which_filters_they_ignore(ask):
    answers = {m["name"]: m for m in ask("metrics", "--year", "2025", "--speaker", "job-doornberg")}
    assert answers["events_held"]["value"] == 10
    assert answers["training_participants"] == {
        "name": "training_participants",
        "label": "Participants in trainings",
        "value": 589,
        "kind": "about",
        "unit": "participants",
        "known": 5,
        "unknown": 7,
        "disputed": 1,
        "ignored_filters": ["speaker"],
    }
    assert answers["event_participants"]["value"] is None


def test_days_and_organisations_are_options_as_they_are_in_a_link(ask):
    asked = ("--from", "2025-05-01", "--to", "2025-06-15", "--speaker", "job-doornberg")
    events = ask("rows", "events", *asked)
    assert events == ask("rows", "events", "--month", "2025-05", "--speaker", "job-doornberg")
    assert [e["event_id"] for e in ask("rows", "events", "--organisation", "hanze")] == [
        "ai-community-symposium"
    ]
    answers = {m["name"]: m for m in ask("metrics", "--organisation", "hanze")}
    assert answers["events_held"]["value"] == 1
    assert answers["trainings_held"]["ignored_filters"] == ["organisation"]


def test_a_shared_link_asks_the_same(ask):
    by_link = ask("rows", "events", "--link", "https://dash.example/events?country=DE&year=2025")
    assert by_link == ask("rows", "events", "--country", "DE", "--year", "2025")
    assert len(by_link) == 2


def test_the_rows_behind_a_metric_are_asked_by_its_name(ask):
    assert sum(row["value"] for row in ask("rows", "contributors", "--year", "2025")) == 11


def test_rows_come_as_csv(store, capsys):
    assert main(["--store", store, "rows", "events", "--country", "AT", "--csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["people"] == "Peter van Ooijen, chair; Peter van Ooijen, introduction"


def test_what_is_not_understood_is_said_and_left_out(store, capsys):
    assert (
        main(
            ["--store", store, "rows", "events", "--speaker", "nobody", "--month", "May", "--json"]
        )
        == 0
    )
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)) == 29
    assert "speaker=nobody is not known here" in captured.err
    assert "month=May is not understood" in captured.err


def test_days_in_the_wrong_order_are_said_and_left_out(store, capsys):
    days = ["--from", "2025-06-15", "--to", "2025-03-01", "--to", "2025-02-30"]
    assert main(["--store", store, "rows", "events", *days, "--json"]) == 0
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)) == 29
    assert "from=2025-06-15 is after to=2025-03-01; both were left out" in captured.err
    assert "to=2025-02-30 is not understood and was left out" in captured.err


@pytest.mark.parametrize("question", ["events", "contributions"])
def test_a_part_of_the_rows_is_what_stands_there_in_the_whole(ask, question):
    whole = ask("rows", question, "--year", "2025")
    assert ask("rows", question, "--year", "2025", "--limit", "4", "--offset", "3") == whole[3:7]


@pytest.mark.parametrize("value", ["-1", "x", "1.5"])
def test_a_limit_that_is_none_is_a_failure_with_the_reason(store, capsys, value):
    with pytest.raises(SystemExit) as ended:
        main(["--store", store, "rows", "events", f"--limit={value}"])
    assert ended.value.code == 2
    assert "is not a whole number from 0" in capsys.readouterr().err


def test_versions_are_listed(ask):
    (version,) = ask("versions")
    assert version["served"]
    assert version["rows"] > 500


def test_check_says_every_problem_and_publishes_nothing(store, records, edit, capsys):
    edit("events", "2025-01-23", "2025-02-31")
    assert main(["check", str(records), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["row"], problem["column"]) == ("events.csv", 2, "start_date")
    assert main(["--store", store, "build", str(records)]) == 1
    assert "nothing was published" in capsys.readouterr().err


def test_check_is_content_with_the_shipped_records(capsys):
    assert main(["check", str(ROOT / "data")]) == 0
    assert "No problems found" in capsys.readouterr().out


def test_an_empty_store_is_a_failure_with_a_plain_message(tmp_path, capsys):
    assert main(["--store", str(tmp_path), "metrics"]) == 2
    assert "is empty: run `python -m dashboard build`" in capsys.readouterr().err


def test_build_only_if_empty_leaves_a_store_alone(store, records, edit, capsys):
    edit("people", "Wim Smit", "Willem Smit")
    assert main(["--store", store, "build", str(records), "--if-empty", "--json"]) == 0
    assert not json.loads(capsys.readouterr().out)["changed"]


def test_the_program_runs_as_a_module(store):
    command = [sys.executable, "-m", "dashboard", "--store", store, "rows", "people", "--json"]
    people = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert len(people) == 17
    vliegenthart = next(p for p in people if p["person_id"] == "rozemarijn-vliegenthart")
    assert vliegenthart["spellings"] == ["Rozemarijn Vliegenthart", "Rozemarijn Vliegthart"]


# Publishing, going back, forgetting
# ----------------------------------------------------------------------------------


@pytest.fixture
def keep(tmp_path, small, capsys):
    """A store with the records to check by hand; asks with --json and gives exit code and answer."""
    folder = str(tmp_path / "store")
    assert main(["--store", folder, "build", str(small)]) == 0

    def answer(*arguments):
        capsys.readouterr()
        code = main(["--store", folder, *arguments, "--json"])
        said = capsys.readouterr().out
        return code, json.loads(said) if said.startswith(("{", "[")) else said

    return answer


MEANT = ("--message", "checked with the report", "--author", "Eva")


def test_publish_merges_a_single_file_and_says_what_differs(keep, tmp_path):
    delivery = tmp_path / "people.csv"
    delivery.write_text("person_id,name,job_title\neva-bos,Eva Bos,Nurse\n", "utf-8")
    code, said = keep("publish", str(delivery), "--merge", *MEANT)
    assert (code, said["published"]) == (0, True)
    assert [(t["table"], t["added"], t["removed"]) for t in said["tables"]] == [("people", 1, 0)]
    code, log = keep("history")
    assert (log[-1]["author"], log[-1]["message"], log[-1]["version"]) == (
        "Eva",
        "checked with the report",
        said["version"],
    )


@pytest.mark.long
def test_a_large_loss_is_published_only_after_a_confirmation(keep, tmp_path, capsys):
    delivery = tmp_path / "training_parts.csv"
    delivery.write_text(
        "training_id,nr,kind,title\nfirst-year,1,lecture,What is a model?\n", "utf-8"
    )
    code, said = keep("publish", str(delivery), *MEANT)
    assert (code, said["published"]) == (3, False)
    assert said["needs_confirmation"] == [
        "2 of 3 rows of training_parts would be gone: more than a fifth"
    ]
    assert keep("versions")[1][0]["version"] == said["before"]
    assert keep("candidate")[1][0]["candidate"] == said["candidate"]
    assert keep("candidate", "publish", said["candidate"])[0] == 3
    code, done = keep("candidate", "publish", said["candidate"], "--yes")
    assert (code, done["version"]) == (0, said["candidate"])


def test_a_candidate_can_be_made_compared_and_discarded(keep, tmp_path):
    delivery = tmp_path / "people.csv"
    delivery.write_text("person_id,name\nanna-berg,Anna van den Berg\n", "utf-8")
    made = keep("publish", str(delivery), "--merge", "--candidate", *MEANT)[1]
    assert not made["published"]
    _, said = keep("candidate", "diff", made["candidate"])
    assert said["tables"][0]["rows"][0]["fields"] == {
        "name": {"before": "Anna Berg", "after": "Anna van den Berg"}
    }
    assert keep("candidate", "discard", made["candidate"])[0] == 0
    assert keep("candidate")[1] == []
    assert keep("candidate", "discard")[0] == 2


def test_problems_of_a_delivery_have_exit_code_1_and_change_nothing(keep, tmp_path):
    delivery = tmp_path / "people.csv"
    delivery.write_text("person_id,name\nEva Bos,Eva Bos\n", "utf-8")
    code, said = keep("publish", str(delivery), "--merge", *MEANT)
    assert (code, said["problems"][0]["column"]) == (1, "person_id")
    assert keep("publish", str(tmp_path / "nothing.csv"), *MEANT)[0] == 1
    assert len(keep("versions")[1]) == 1


def test_rollback_diff_and_export_go_by_the_id(keep, small, tmp_path):
    first = keep("versions")[1][0]["version"]
    (small / "people.csv").write_text(
        (small / "people.csv").read_text("utf-8").replace("Physician", "Surgeon"), "utf-8"
    )
    second = keep("publish", str(small), *MEANT)[1]["version"]
    assert keep("diff")[1]["before"] == first
    assert keep("diff", second, first)[1]["tables"][0]["rows"][0]["fields"]["job_title"] == {
        "before": "Surgeon",
        "after": "Physician",
    }
    assert keep("rollback", first, *MEANT) == (0, {"version": first, "changed": True})
    assert keep("rollback", "0123456789abcdef", *MEANT)[0] == 2
    assert keep("export", "current", str(tmp_path / "out"))[0] == 0
    assert keep("export", "current", str(tmp_path / "out"))[0] == 2
    assert keep("build", str(tmp_path / "out"))[1]["version"] == first


def test_forgetting_asks_first_and_lists_the_texts_that_remain(keep):
    assert keep("forget", "zoe-muller")[0] == 3
    code, said = keep("forget", "zoe-muller", "--yes", "--message", "asked on paper")
    assert (code, said["name"], said["mentions"]) == (0, "person-removed-1", [])
    assert keep("forget", "nobody", "--yes")[0] == 2
    assert "zoe-muller" not in {row["person_id"] for row in keep("rows", "people")[1]}


@pytest.mark.long
def test_two_people_are_proposed_as_one_and_a_spelling_as_another(keep):
    code, said = keep("merge-people", "anna-berg", "bram-de-wit", *MEANT)
    assert (code, said["published"]) == (0, False)
    assert keep("candidate", "publish", said["candidate"], "--yes")[0] == 0
    code, said = keep("split-alias", "Bram de Wit", "bram-de-wit", "--event", "round-table", *MEANT)
    assert (code, said["published"]) == (0, False)


@pytest.mark.long
def test_what_differs_is_said_in_words(keep, tmp_path, capsys):
    delivery = tmp_path / "trainings.csv"
    delivery.write_text(
        "training_id,title,format,status,period,participants,participants_kind\n"
        "spring-course,Spring course,course,held,2025-03,20,exact\n",
        "utf-8",
    )
    candidate = keep("publish", str(delivery), "--merge", "--candidate", *MEANT)[1]["candidate"]
    assert main(["--store", str(tmp_path / "store"), "candidate", "diff", candidate]) == 0
    said = capsys.readouterr().out
    assert "trainings: 1 added, 0 removed, 0 changed" in said
    assert "added: Spring course (spring-course)" in said
    assert (
        "Participants in trainings, 2025: about 430 → about 450 participants, because 1 training was added"
        in said
    )


def test_what_is_built_is_dated_by_the_day_where_the_programme_is(tmp_path, monkeypatch, small):
    class Night(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 11, 28, 23, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(building, "datetime", Night)
    append_to(small, "events", "night,Night,,2026-11-29,,held,,,,,,,,,unknown,,")
    store = ["--store", str(tmp_path / "store")]
    assert main(["check", str(small)]) == 0
    assert main([*store, "build", str(small)]) == 0


def test_the_worklist_asks_people_the_most_rewarding_first_and_counts_what_is_gained(ask):
    letters = ask("todo")
    assert letters[0]["name"] == "Michiel Hooiveld"
    assert letters[-1]["name"] is None
    amount, date = letters[0]["questions"]
    assert (amount["record_id"], amount["column"]) == ("sector-plan", "amount_eur")
    assert date["column"] == "date"
    gain = amount["gains"][0]
    assert (gain["metric"], gain["known"], gain["known_then"], gain["of"]) == (
        "funding_received",
        0,
        1,
        1,
    )
    assert sum(len(one["questions"]) + one["more"] for one in letters) == 76


def test_the_worklist_is_printed_as_messages_in_a_language(store, capsys):
    assert main(["--store", store, "todo", "--lang", "nl"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Michiel Hooiveld: 2 vragen voor het overzicht van DASH\n\n")
    assert "1. Hoeveel euro is “Sector plan for Medicine and Health Sciences" in said
    assert "wordt “van 6 van de 12 trainingen”." in said
