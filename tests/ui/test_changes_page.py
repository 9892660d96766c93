"""The page of what changed, in the dashboard."""

import json

from dashboard.shares import meetings, save
from tests.conftest import NOW
from tests.support.page_parts import find, headline, press, read_text, texts
from tests.ui.conftest import url


def copied(test):
    """The text that the button copies."""
    (button,) = [
        one for one in test.get("bidi_component") if one.proto.component_name.endswith("copy_text")
    ]
    return json.loads(button.proto.json or button.proto.mixed.json)["text"]


def test_the_page_says_what_the_last_publication_changed(site):
    test = site("changes", year="all")
    assert headline(test) == (
        "Since 15 January: participants in trainings about 430 → about 465; trainings 3 → 5."
    )
    said = [read_text(node) for node in find(test, "change-number")]
    assert said[0] == (
        "Participants in trainings : about 430 → about 465 participants, because of 2 trainings"
        " registered since (+30) and 1 training corrected (+5)."
    )
    assert said[1] == ("Trainings : 3 → 5 trainings, because of 2 trainings registered since (+2).")


def test_a_sentence_opens_what_it_is_about(site):
    test = site("changes", year="all")
    press(test, "why=training_participants", "part-page")
    assert url(test) == {"year": "all", "why": "training_participants"}


def test_a_kept_meeting_is_offered_and_followed(site, shares_db, then_and_now):
    pin = f"&v={then_and_now[0].id}&on=2026-01-20"
    view = save(shares_db, "Trainings", f"/trainings?year=2025{pin}", now=NOW)
    meeting = meetings.create(shares_db, "Board", steps=(view.id,), now=NOW)
    test = site("changes", year="all", since=meeting.id)
    assert "Since “Board” (20 January 2026)" in texts(test, "since")[0]
    assert headline(test).startswith("Since 20 January")


def test_the_text_for_minutes_is_there_to_be_copied(site):
    test = site("changes", year="all")
    assert copied(test).startswith("What changed since 15 January 2026\n\nSince 15 January")


def test_a_meeting_that_is_gone_is_said_and_the_page_shows_the_nearest(site):
    test = site("changes", year="all", since="nosuchmeeting")
    assert texts(test, "notice") == [
        "This meeting is not there any more: shown is what changed since the last publication."
    ]
    assert headline(test).startswith("Since 15 January")
