"""Numbers inside kept texts."""

from dashboard.text.placeholders import fill_placeholders, find_placeholders

SAID = {"training_participants": "about 589 participants", "events_held~pillar.impact": "5 events"}


def test_a_number_in_a_text_is_named_and_not_typed():
    text = "We trained {training_participants}, at {events_held~pillar.impact}."
    assert find_placeholders(text) == ("training_participants", "events_held~pillar.impact")
    assert fill_placeholders(text, SAID.__getitem__) == (
        "We trained about 589 participants, at 5 events."
    )


def test_a_sentence_that_begins_with_a_number_begins_with_a_capital():
    text = "{training_participants} came. {training_participants} stayed."
    assert fill_placeholders(text, SAID.__getitem__) == (
        "About 589 participants came. About 589 participants stayed."
    )


def test_other_braces_stay_as_they_are():
    assert find_placeholders("a {B} {} {~x.y}") == ()
    assert fill_placeholders("a {B} {}", SAID.__getitem__) == "a {B} {}"
