"""The Meetings page: meetings with their views in order, and the saved views."""

import pytest

from dashboard import shares
from tests.conftest import NOW
from tests.support.page_parts import numbers, page_name
from tests.ui.conftest import said

pytestmark = pytest.mark.filterwarnings("default")


def keep(shares_db, title, link="/events?year=2025", **more):
    return shares.save(shares_db, title, link, **({"now": NOW} | more))


@pytest.fixture
def board(shares_db):
    """A meeting of three views, one of them pinned."""
    steps = [
        keep(
            shares_db, "Trained", "/trainings?year=2025", note="Item 4", words="Trainings in 2025"
        ),
        keep(
            shares_db,
            "Spoken",
            "/people?year=2025&v=0123456789abcdef&on=2026-02-03",
            words="People in 2025",
            author="Eva",
        ),
        keep(shares_db, "Overview *all*", "/"),
    ]
    return shares.meetings.create(
        shares_db, "Board of March", note="Bring the report", steps=[s.id for s in steps], now=NOW
    )


def steps(test):
    """The views of the meeting as the page lists them."""
    return [text for text in said(test.markdown) if text[:1].isdigit() and text[1:3] == ". "]


def order(shares_db, meeting):
    return [
        shares.find_view(shares_db, step).title
        for step in shares.meetings.find_meeting(shares_db, meeting.id).steps
    ]


def test_nothing_is_kept_yet_and_the_page_says_how_to(site, shares_db):
    test = site("meetings")
    assert said(test.title) == ["Meetings"]
    assert said(test.info)[0].startswith("**Nothing is kept yet.** Choose **Share** on any page")
    assert [header.value for header in test.header] == []
    assert not shares_db.path.exists()


def test_a_meeting_lists_its_views_in_order_and_the_saved_views_stand_below(site, board):
    test = site("meetings")
    assert said(test.header) == ["Board of March", "Saved views: 3"]
    assert "**What we decide**  \nBring the report" in said(test.markdown)
    assert steps(test) == [
        "1. [Trained](trainings?year=2025) :gray[Trainings in 2025 · live · Item 4]",
        "2. [Spoken](people?year=2025&v=0123456789abcdef&on=2026-02-03) :gray[People in 2025 · pinned]",
        "3. [Overview *all*](.) :gray[live]",
    ]
    below = [text for text in said(test.markdown) if "kept on 15 January 2026" in text]
    assert (len(below), any("by Eva" in text for text in below)) == (3, True)
    assert "[Overview \\*all\\*](.)" in next(
        m.value for m in test.markdown if m.value.startswith("3")
    )
    enabled = {button.key for button in test.button if not button.disabled}
    moves = {f"{what}-{board.id}-{nr}" for what in ("up", "down", "out") for nr in range(3)}
    assert moves - enabled == {f"up-{board.id}-0", f"down-{board.id}-2"}
    test.text_input("find-view").set_value("ITEM trained").run()
    assert len([text for text in said(test.markdown) if "kept on" in text]) == 1


def test_a_view_goes_earlier_later_and_out(site, shares_db, board):
    test = site("meetings")
    test.button(f"up-{board.id}-2").click().run()
    assert order(shares_db, board) == ["Trained", "Overview *all*", "Spoken"]
    assert steps(test)[1].startswith("2. [Overview")
    test.button(f"down-{board.id}-0").click().run()
    assert order(shares_db, board) == ["Overview *all*", "Trained", "Spoken"]
    test.button(f"out-{board.id}-1").click().run()
    assert order(shares_db, board) == ["Overview *all*", "Spoken"]
    assert len(shares.list_views(shares_db)) == 3
    assert not test.exception
    assert not test.warning


def test_an_order_that_somebody_else_changed_meanwhile_is_kept_and_said(site, shares_db, board):
    test = site("meetings")
    shares.meetings.reorder(
        shares_db, board.id, board.steps[::-1], revision=board.revision, now=NOW
    )
    test.button(f"out-{board.id}-0").click().run()
    assert order(shares_db, board) == ["Overview *all*", "Spoken", "Trained"]
    assert said(test.warning)[0].startswith(
        "somebody else changed this meeting meanwhile: “Board of March” shows “Overview"
    )


def edited(test, what):
    """Open the form of a meeting or view, as the button Edit does."""
    test.session_state["edited"] = what
    return test


def press(test, label, what):
    """Press a button of the form; a dialog is drawn in the run in which it is asked for."""
    edited(test, what)
    next(button for button in test.button if button.label == label and not button.key).click()
    test.run()
    assert not test.exception


def test_a_meeting_is_renamed_in_its_form(site, shares_db, board):
    test = site("meetings")
    test.button(f"edit-{board.id}").click().run()
    assert [field.value for field in test.text_input if field.label == "Title"] == [
        "Board of March"
    ]
    next(field for field in test.text_input if field.label == "Title").set_value("Board of April")
    press(test, "Save", board)
    assert said(test.header)[0] == "Board of April"
    assert shares.meetings.find_meeting(shares_db, board.id).note == "Bring the report"


def test_a_name_that_somebody_else_changed_meanwhile_is_said_and_kept(site, shares_db, board):
    test = edited(site("meetings"), board).run()
    shares.meetings.rename(
        shares_db, board.id, "Board of May", "", revision=board.revision, now=NOW
    )
    next(field for field in test.text_input if field.label == "Title").set_value("Board of April")
    press(test, "Save", board)
    (words,) = said(test.warning)
    assert words.startswith(
        "somebody else changed this meeting meanwhile: “Board of May” shows “Trained”, “Spoken”, “Overv"
    )
    assert words.endswith(" now; look at it and try again")
    assert said(test.header)[0] == "Board of May"


def test_a_view_that_a_meeting_shows_is_not_deleted_and_another_is(site, shares_db, board):
    free = keep(shares_db, "Free")
    shown = shares.find_view(shares_db, board.steps[0])
    test = edited(site("meetings"), shown).run()
    press(test, "Delete", shown)
    assert said(test.warning) == ["“Trained” is shown in “Board of March”: take it out there first"]
    edited(test, free).run()
    press(test, "Delete", free)
    assert shares.find_view(shares_db, free.id) is None
    assert not test.warning


def test_a_meeting_without_any_view_on_the_shelf_can_be_changed_and_deleted(site, shares_db):
    empty = shares.meetings.create(shares_db, "Empty", now=NOW)
    test = site("meetings")
    assert "No views yet: share a page and keep it in this meeting." in said(test.caption)
    test.button(f"edit-{empty.id}").click().run()
    assert [field.label for field in test.text_input] == ["Title"]
    press(test, "Delete", empty)
    assert shares.meetings.list_meetings(shares_db) == []
    assert "Nothing is kept yet" in said(test.info)[0]


def test_a_damaged_shelf_is_said_and_every_page_works(site, shares_db):
    shares_db.path.write_bytes(b"not a database" * 100)
    test = site("meetings")
    assert said(test.title) == ["Meetings"]
    (words,) = said(test.warning)
    assert words.startswith("The file of links, saved views and meetings is damaged")
    assert str(shares_db.path.parent) not in words.replace(
        "\\", ""
    )  # where it is stands in the log
    assert "put its backup in its place" in words
    assert shares_db.path.read_bytes() == b"not a database" * 100
    test.switch_page("../../../pages/people.py").run()
    assert page_name(test) == "People"
    found = numbers(test)
    assert (found["People"], found["Contributions"]) == ("3", "6")


def test_a_link_that_was_written_by_hand_stays_inside_its_link(site, shares_db):
    keep(shares_db, "Odd", "/events?text=)![a](https://evil.example/a.png")
    (line,) = [m.value for m in site("meetings").markdown if m.value.startswith("[Odd]")]
    assert "](https://evil" not in line
    assert line.startswith("[Odd](events?text=%29![a]%28https://evil.example/a.png)")
