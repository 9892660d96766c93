"""What a row of an answer is called, in the reader's language."""

from dashboard.language.messages import Said, speaking
from dashboard.query.row_labels import keep_plain, say_label

CONTRIBUTION = {
    "table_name": "events",
    "label": "Anna Berg, lecture: Opening",
    "name": "Anna Berg",
    "work": "Opening",
    "role_en": "Lecture",
    "role_nl": "Lezing",
}


def test_a_country_is_said_with_its_events():
    country = {"table_name": "countries", "record_id": "NL", "label": "NL: 3 events", "events": 3}
    assert say_label(country) == Said("NL: 3 events")


def test_a_contribution_is_said_with_who_and_as_what():
    assert say_label(CONTRIBUTION) == Said("Anna Berg, lecture: Opening")
    with speaking("nl"):
        assert say_label(CONTRIBUTION) == Said("Anna Berg, lezing: Opening")


def test_a_record_is_called_by_its_title_marked_with_its_language():
    row = {"table_name": "events", "label": "Open day"}
    assert say_label(row) == Said("Open day")
    with speaking("nl"):
        assert say_label(row) == Said("Open day", "en")
        assert say_label(row | {"label_nl": "Open dag"}) == Said("Open dag")


def test_programs_read_the_plain_columns_only():
    assert keep_plain(CONTRIBUTION) == {
        "table_name": "events",
        "label": "Anna Berg, lecture: Opening",
    }
