"""Records in two languages: the programme's own texts have a Dutch one beside the English, titles
are those of the source, and what is shown knows its language.
"""

import csv

import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.language.messages import Said, choose_term, choose_text, speaking
from dashboard.schema.contract import list_messages, say_meaning, say_rule, tables
from dashboard.text.placeholders import find_placeholders
from dashboard.text.titles import choose_name, choose_short_title
from tests.conftest import ROOT

GIVEN_BY_SOURCES = ("title_nl", "short_title_nl")


def read(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(folder):
    with pytest.raises(Refused) as refused:
        open_checked_records(read_folder(folder))
    return [(p.file, p.row, p.column, p.code) for p in refused.value.problems]


def test_a_text_is_shown_in_the_readers_language():
    row = {"note": "Tours the country.", "note_nl": "Trekt door het land."}
    assert choose_text(row, "note") == Said("Tours the country.", "")
    with speaking("nl"):
        assert choose_text(row, "note") == Said("Trekt door het land.", "")


def test_the_other_language_stands_in_and_is_marked():
    with speaking("nl"):
        assert choose_text({"note": "Hands on.", "note_nl": None}, "note") == Said(
            "Hands on.", "en"
        )
    assert choose_text({"note": None, "note_nl": "Zelf doen."}, "note") == Said("Zelf doen.", "nl")
    assert choose_text({"note": None, "note_nl": ""}, "note") == Said("", "")


def test_a_title_stays_in_its_language_unless_the_source_has_a_second_one():
    title = {"title": "Zpannend Zernike", "title_language": "nl"}
    assert choose_text(title, "title") == Said("Zpannend Zernike", "nl")
    with speaking("nl"):
        assert choose_text(title, "title") == Said("Zpannend Zernike", "")
    second = {"title": "Van Data naar Daadkracht", "title_en": "From Data to Action"}
    assert choose_text(second, "title") == Said("From Data to Action", "")
    with speaking("nl"):
        assert choose_text(second, "title") == Said("Van Data naar Daadkracht", "")


def test_a_title_in_a_third_language_is_marked_for_everybody():
    title = {"title": "Datenkompetenz", "title_language": "de"}
    assert choose_text(title, "title") == Said("Datenkompetenz", "de")
    with speaking("nl"):
        assert choose_text(title, "title") == Said("Datenkompetenz", "de")


def test_a_term_has_both_labels():
    term = {"label_en": "Research", "label_nl": "Onderzoek"}
    assert choose_term(term, "label") == "Research"
    with speaking("nl"):
        assert choose_term(term, "label") == "Onderzoek"


def test_a_short_title_is_that_of_the_title_that_is_shown():
    row = {
        "title": "AI in Healthcare: Much Ado About Nothing?",
        "short_title": "Much Ado",
        "title_nl": "AI in de zorg: veel ophef om weinig",
    }
    assert choose_short_title(row) == choose_name(row) == Said("Much Ado", "")
    with speaking("nl"):
        assert choose_short_title(row) == Said("AI in de zorg", "")
        assert choose_name(row) == Said("AI in de zorg: veel ophef om weinig", "")
        assert choose_short_title(row | {"short_title_nl": "Veel ophef"}) == Said("Veel ophef", "")
        assert choose_short_title(row | {"title_nl": None}) == Said("Much Ado", "en")


def test_a_reader_sees_one_text_of_the_columns_that_say_the_same():
    seen = {name: {c.name for c in table.spoken_columns} for name, table in tables().items()}
    assert {"title", "short_title", "audience", "note"} <= seen["events"]
    assert not {"title_nl", "title_language", "audience_nl", "note_nl"} & seen["events"]
    assert {"label_en", "label_nl", "term_id"} <= seen["terms"]
    assert {"participants", "participants_kind", "end_date"} <= seen["events"] | seen["trainings"]


def test_every_own_text_that_ships_stands_in_both_languages():
    for table in tables().values():
        for column in (c.name for c in table.file_columns if c.name.endswith("_nl")):
            own = column.removesuffix("_nl")
            if column in GIVEN_BY_SOURCES and table.name != "texts":
                continue
            own = own if own in {c.name for c in table.file_columns} else f"{own}_en"
            for row in read(ROOT / "data", table.name):
                assert bool(row.get(own)) == bool(row.get(column)), (table.name, column, row)


def test_both_languages_of_a_text_name_the_same_numbers():
    for row in read(ROOT / "data", "texts"):
        for name in ("title", "body"):
            theirs = find_placeholders(row[name]), find_placeholders(row[f"{name}_nl"])
            assert set(theirs[0]) == set(theirs[1]), row["text_id"]


def test_a_term_without_a_dutch_label_is_refused_with_its_row(records, edit):
    edit("terms", "pillar,research,Research,Onderzoek,", "pillar,research,Research,,")
    assert told(records) == [("terms.csv", 2, "label_nl", "empty")]


def test_a_text_may_stand_in_dutch_only_and_not_in_neither(small):
    rows = read(small, "texts")
    rows[1] |= {"body": "", "body_nl": "Iedereen mag de dataset gebruiken."}
    rows[2] |= {"body": "", "body_nl": ""}
    with (small / "texts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert [(row, column) for _file, row, column, _code in told(small)] == [(4, "body")]


def test_a_language_is_written_as_two_letters(records, edit):
    edit("events", ",nl\n", ",Nederlands\n")
    assert [(file, column) for file, _row, column, _code in told(records)] == [
        ("events.csv", "title_language")
    ]


def test_meanings_and_rules_are_messages_without_places():
    assert not [message for message in list_messages() if "{" in message or "}" in message]
    events = tables()["events"]
    assert say_meaning(events) == events.meaning
    assert say_meaning(events.column("event_id")) == ""
    with speaking("nl"):
        assert say_meaning(events.column("start_date")) == "Eerste dag."
        assert say_rule(events.column("end_date")).startswith("een bijeenkomst eindigt niet")
