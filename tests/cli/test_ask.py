"""A question asked on the command line."""

import json

import pytest

from dashboard.cli import FAILED, OK, main
from tests.conftest import ROOT

QUESTION = "How often did Doornberg give a keynote in spring of 2025 with slides?"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ask") / "store"
    assert main(["--store", str(folder), "build", str(ROOT / "data")]) == OK
    return str(folder)


@pytest.fixture
def ask(store, capsys):
    def answer(*arguments, code=OK):
        capsys.readouterr()
        assert main(["--store", store, "ask", *arguments]) == code
        return capsys.readouterr()

    return answer


def test_the_answer_comes_first_then_the_things_other_readings_notes_and_the_link(ask):
    assert ask(QUESTION).out.splitlines() == [
        "Job Doornberg gave 2 keynotes from March to May 2025.",
        "  27 Mar  Annual Meeting Amsterdam Movement Sciences  keynote  Amsterdam",
        "  22 May  Surgeons' Days 2026  keynote  Nieuwegein",
        "Also possible:",
        (
            "  Keynotes by Job Doornberg in 2025 (4 keynotes)"
            "  /events?year=2025&speaker=job-doornberg&role=keynote"
        ),
        "“slides” is no field of the records, so it was left out. Nothing was guessed.",
        "/events?month=2025-03&month=2025-04&month=2025-05&speaker=job-doornberg&role=keynote",
    ]


def test_the_language_of_the_answer_is_chosen(ask):
    said = ask("Hoeveel keynotes gaf Doornberg in de lente van 2025?", "--language", "nl").out
    assert said.startswith("Job Doornberg gaf 2 keynotes van maart tot en met mei 2025.\n")


def test_json_is_that_of_the_api(ask):
    given = json.loads(ask(QUESTION, "--json").out)
    assert list(given) == [
        "query",
        "understood",
        "not_understood",
        "alternatives",
        "link",
        "answer",
    ]
    assert given["answer"]["value"] == 2
    assert given["not_understood"] == ["slides"]


def test_a_version_that_is_not_there_is_said(ask):
    said = ask("keynotes", "--version", "0" * 16, code=FAILED)
    assert "0" * 16 in said.err


def test_nothing_recognised_gives_examples(ask):
    said = ask("blah bloo").out.splitlines()
    assert said[0] == "Nothing in this was recognised. Questions that have an answer:"
    assert said[1] == "  How many keynotes in 2025?  /events?year=2025&role=keynote"
    assert "Also possible:" not in said


@pytest.mark.parametrize("text", ["", "?!", "a" * 201, "x" * 100_000])
def test_what_is_no_question_ends_as_other_commands_do(ask, text):
    said = ask(text, code=FAILED)
    assert said.out == ""
    assert said.err.startswith("dashboard: ")
    assert len(said.err) < 200


@pytest.mark.parametrize(
    "text", ["'; drop table events; --", "\x1b[31m keynotes", "\udce9 keynotes"]
)
def test_hostile_texts_are_text(ask, text):
    said = ask(text).out
    assert said.isascii() or said.encode()
    assert "\x1b" not in said
