"""The projector: all slides of a page or a meeting in one part of the page, of which the browser shows
one (tests/browser/test_projector.py presses the keys).
"""

import io
import sqlite3

import pytest
from pptx import Presentation

from dashboard import shares
from dashboard.export.deck import build_deck
from dashboard.model.roles import Role
from dashboard.ui import presentation
from dashboard.ui.dialogs import take_along
from tests.conftest import NOW
from tests.support.page_parts import (
    acts,
    charts,
    find,
    numbers,
    press,
    read_filters,
    read_parts,
    read_text,
    texts,
)
from tests.ui.conftest import said, url

pytestmark = pytest.mark.filterwarnings("default")
ONE_CHART = "1 of 3 people made 3 of 6 contributions"
END = "open:/people?year=2025"


def slides(test):
    """What the slides say in large letters, in order."""
    return ["".join(map(read_text, node[3][3:])) for node in find(test, "headline")]


def places(test):
    """What the presenter's line of each slide says."""
    return [read_text(node[3]) for node in find(test, "slide-ways")]


def addresses(test, way):
    """Where the ways of that name lead, from slide to slide."""
    return [node[2]["href"] for node in find(test, way) if "href" in node[2]]


def test_all_slides_of_a_page_are_there_without_filters_and_each_says_what_it_is_of(
    site, then_and_now
):
    test = site("trainings", year="2025", present="true", step="1")
    said_of = f"Everything in 2025 · version {then_and_now[1].id}"
    of = len(slides(test))
    assert places(test) == [f"{nr} of {of} · {said_of}" for nr in range(1, of + 1)]
    assert [node[2]["aria-label"] for node in find(test, "slide")][1] == f"Slide 2 of {of}"
    assert slides(test)[0].startswith("About 465 people were trained, most of them students.")
    assert slides(test)[-1] == "E-learning: 1 module"
    assert set(texts(test, "slide-data")) == {"DASH, UMCG · data as of 15 January 2026"}
    assert (list(test.selectbox), list(test.text_input), list(test.multiselect)) == ([], [], [])
    assert list(read_parts(test)) == ["part-slides"]


def test_the_ways_are_links_to_each_slide_and_nothing_else_can_be_pressed(site):
    test = site("people", year="2025", present="true")
    assert addresses(test, "slide-next") == ["./people?year=2025&step=2&present=true"]
    assert addresses(test, "slide-back") == ["./people?year=2025&step=1&present=true"]
    assert addresses(test, "slide-end") == ["./people?year=2025"] * 2
    assert acts(test) == ["step=2", END, "step=1", END]
    other = site("people", year="2025", present="true", step="2")
    assert read_parts(other) == read_parts(test), "another slide draws nothing anew"


def test_what_ends_a_presentation_shows_the_page_with_its_filters(site):
    test = press(site("people", year="2025", present="true", step="2"), END, "part-slides")
    assert not test.exception
    assert url(test) == {"year": "2025"}
    assert "year" in read_filters(test)


def test_one_chart_is_presented_alone_and_one_that_is_not_there_is_left_out(site):
    test = site("people", year="2025", present="true", chart="by-person")
    assert slides(test) == [ONE_CHART]
    assert find(test, "tile") == []
    assert len(slides(site("people", year="2025", present="true", chart="no-such"))) == 2


def test_a_pinned_slide_says_that_it_is_and_shows_the_numbers_of_then(site, then_and_now):
    test = site("trainings", year="2025", present="true", v=then_and_now[0].id, on="2026-02-03")
    assert numbers(test)["Trainings"] == "2"
    assert all("as shown on 3 February 2026" in text for text in texts(test, "slide-data"))
    assert places(test)[0].endswith(f"version {then_and_now[0].id}")


def test_a_page_of_the_data_section_is_no_slide(site):
    assert said(site("records", present="true").title) == ["Records"]


@pytest.fixture
def board(shares_db):
    """A meeting of three views, the last of which is a chart, that decides two things."""
    links = [
        ("Trained", "/trainings?year=2025"),
        ("Before", "/?year=2024"),
        ("Speakers", "/people?year=2025&chart=by-person"),
    ]
    steps = [shares.save(shares_db, title, link, now=NOW).id for title, link in links]
    note = "Whether it goes on\n\nWho pays"
    return shares.meetings.create(shares_db, "Board of March", steps=steps, note=note, now=NOW)


def test_a_meeting_opens_with_what_it_is_about_shows_all_slides_and_ends_with_what_it_decides(
    site, board
):
    test = site("meetings")
    test.button(f"present-{board.id}").click().run()
    assert not test.exception
    assert url(test) == {"present": "true", "meeting": board.id, "step": "1"} | url(test)
    trained = slides(site("trainings", year="2025", present="true"))
    before = slides(site(year="2024", present="true"))
    found = slides(test)
    assert found == ["Board of March", *trained, *before, ONE_CHART, "What we decide"]
    opening, closing = find(test, "slide")[0], find(test, "slide")[-1]
    assert "1 Trained 2 Before 3 Speakers" in read_text(opening)
    assert "Whether it goes on Who pays" in read_text(closing)
    of = len(found)
    assert places(test)[0] == f"1 of {of} · Board of March"
    assert places(test)[1].startswith(f"2 of {of} · Board of March · Everything in 2025 · version ")
    ends = addresses(test, "slide-end")
    assert (ends[1], ends[-2]) == ("./trainings?year=2025", "./people?year=2025&chart=by-person")
    assert list(charts(test)) == [key for key in charts(test) if key[-2:] in ("-1", "-2", "-3")]
    test = press(test, "open:/people?year=2025&chart=by-person", "part-slides")
    assert not test.exception
    assert test.session_state["view"].page == "people"
    assert url(test) == {"year": "2025", "chart": "by-person"}


def test_an_earlier_link_to_a_view_of_a_meeting_leads_to_the_first_slide_of_it(site, board):
    test = site("people", year="2025", present="true", meeting=board.id, step="3")
    assert test.session_state["view"].page == "meetings"
    assert slides(test)[int(url(test)["step"]) - 1] == ONE_CHART


def test_a_view_that_was_deleted_is_left_out(site, shares_db, board):
    with sqlite3.connect(shares_db.path) as con:  # the shelf keeps a view that a meeting shows
        con.execute("delete from views where id = ?", [board.steps[1]])
    con.close()
    test = site("meetings", present="true", meeting=board.id)
    assert "1 Trained 2 Speakers" in read_text(find(test, "slide")[0])
    listed = [text.split("]")[0] for text in said(site("meetings").markdown) if text[:1].isdigit()]
    assert listed == ["1. [Trained", "3. [Speakers"]


def test_a_meeting_that_is_gone_is_said_and_what_is_left_is_shown(site, shares_db):
    gone = {"present": "true", "meeting": "abcd2345"}
    test = site("people", year="2025", **gone)
    assert len(slides(test)) == 2
    assert places(test)[0].endswith("This meeting is not there any more: somebody deleted it.")
    test = site("meetings", **gone)
    assert said(test.title) == ["Meetings"]
    assert texts(test, "notice") == ["This meeting is not there any more: somebody deleted it."]
    shares_db.path.write_bytes(b"not a database" * 100)
    assert "is damaged" in places(site("people", year="2025", **gone))[0]


# A meeting that is opened again
# ------------------------------------------------------------------------------------------------


@pytest.fixture
def kept_then(shares_db, then_and_now):
    """A meeting of one view, pinned as it was on 20 January."""
    link = f"/trainings?year=2025&v={then_and_now[0].id}&on=2026-01-20"
    view = shares.save(shares_db, "Trained", link, now=NOW)
    return shares.meetings.create(shares_db, "Board of January", steps=[view.id], now=NOW)


def test_a_meeting_that_is_opened_again_begins_with_what_changed_since(
    site, kept_then, then_and_now
):
    test = site("meetings", present="true", meeting=kept_then.id)
    found = slides(test)
    assert found[:3] == [
        "Board of January",
        "Since 20 January: participants in trainings about 430 → about 465; trainings 3 → 5.",
        "Became known since 20 January: 2",
    ]
    assert found[-1] != found[1]
    assert places(test)[1].startswith(f"2 of {len(found)} · Board of January · Everything")
    assert addresses(test, "slide-end")[1].startswith(f"./changes?year=all&since={kept_then.id}")
    then = {"v": then_and_now[0].id, "on": "2026-01-20"}
    pinned = slides(site("trainings", year="2025", present="true", **then))
    assert found[-len(pinned) :] == pinned


def test_a_meeting_that_was_kept_of_what_is_served_begins_with_its_views(site, board):
    found = slides(site("meetings", present="true", meeting=board.id))
    assert not [text for text in found if text.startswith(("Since", "Became known", "Corrected"))]


def test_the_slides_of_a_meeting_that_are_taken_along_begin_with_it_too(
    site, shares_db, kept_then, then_and_now, board
):
    view = site("meetings").session_state["view"]
    kept = {one.id: one for one in shares.list_views(shares_db)}
    links = {
        meeting.id: presentation.list_links(
            view, meeting, presentation.list_steps(meeting, kept), Role.VIEWER
        )
        for meeting in (kept_then, board)
    }
    assert links[kept_then.id] == [
        f"/changes?year=all&since={kept_then.id}&lang=en",
        f"/trainings?year=2025&v={then_and_now[0].id}&on=2026-01-20",
    ]
    assert links[board.id] == [kept[step].link for step in board.steps]
    exports = take_along.build_exports(
        view, links[kept_then.id], "https://dash.example.org", role=Role.VIEWER
    )
    deck = Presentation(io.BytesIO(build_deck(exports)))
    first = [shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame]
    assert any("participants in trainings about 430 → about 465" in text for text in first)
