"""The projector: one slide at a time, without chrome, through a page or a meeting."""

import sqlite3

import pytest

from dashboard import shares
from tests.conftest import NOW
from tests.support.page_parts import headline, numbers, page_name
from tests.ui.conftest import said, url

pytestmark = pytest.mark.filterwarnings("default")
ONE_CHART = "1 of 3 people made 3 of 6 contributions"


def foot(test):
    return said(test.caption)[-1]


def view_of(test):
    """What the slide is asked to show."""
    return test.session_state["view"]


def can(test):
    """Which of the ways on can be pressed."""
    return {button.label for button in test.button if not button.disabled}


def test_a_page_is_presented_slide_by_slide_without_filters_and_menus(site, then_and_now):
    test = site("trainings", year="2025", present="true", step="1")
    assert page_name(test) == "Trainings in 2025"
    assert headline(test).startswith("About 465 people were trained, most of them students.")
    assert numbers(test)["People trained"] == "≈ 465"
    of = foot(test).split()[2]
    assert foot(test) == f"1 of {of} · Everything in 2025 · version {then_and_now[1].id}"
    assert can(test) == {"Next", "End", "PageDown"}
    assert (list(test.selectbox), list(test.text_input), list(test.multiselect)) == ([], [], [])
    test.button("step-Right").click().run()
    assert url(test) == {"year": "2025", "step": "2", "present": "true"}
    assert foot(test).startswith(f"2 of {of} · ")
    assert (numbers(test), can(test)) == ({}, {"Back", "Next", "End", "PageUp", "PageDown"})
    for step in range(3, int(of) + 1):
        test.button("step-PageDown").click().run()
        assert foot(test).startswith(f"{step} of {of} · ")
    assert headline(test) == "E-learning: 1 module"
    assert can(test) == {"Back", "End", "PageUp"}
    next(button for button in test.button if button.label == "End").click().run()
    assert not test.exception
    assert url(test) == {"year": "2025"}
    assert any(box.label == "Year" for box in test.selectbox)


@pytest.mark.parametrize("step", ["9", "999", "0", "-1"])
def test_a_step_beyond_the_end_is_the_last_and_one_that_is_none_the_first(site, step):
    test = site("people", year="2025", present="true", step=step)
    assert foot(test).startswith("2 of 2 · " if step.startswith("9") else "1 of 2 · ")
    if step == "999":
        test.button("step-Left").click().run()
        assert foot(test).startswith("1 of 2 · ")


def test_one_chart_is_presented_alone_and_one_that_is_not_there_is_left_out(site):
    test = site("people", year="2025", present="true", chart="by-person")
    assert headline(test) == ONE_CHART
    assert (foot(test)[:6], numbers(test), can(test)) == ("1 of 1", {}, {"End"})
    assert (
        site("people", year="2025", present="true", chart="no-such")
        .caption[-1]
        .value.startswith("1 of 2")
    )


def test_a_pinned_slide_says_that_it_is_and_shows_the_numbers_of_then(site, then_and_now):
    test = site("trainings", year="2025", present="true", v=then_and_now[0].id, on="2026-02-03")
    assert numbers(test)["Trainings"] == "2"
    assert any("As shown on 3 February 2026" in text for text in said(test.markdown))
    assert foot(test).endswith(f"version {then_and_now[0].id}")


def test_a_page_of_the_data_section_is_no_slide(site):
    assert said(site("records", present="true").title) == ["Records"]


@pytest.fixture
def board(shares_db):
    """A meeting of three views."""
    links = [
        ("Trained", "/trainings?year=2025"),
        ("Speakers", "/people?year=2025&chart=by-person"),
        ("Before", "/?year=2024"),
    ]
    steps = [shares.save(shares_db, title, link, now=NOW).id for title, link in links]
    return shares.meetings.create(shares_db, "Board of March", steps=steps, now=NOW)


def test_a_meeting_is_stepped_through_from_view_to_view(site, board):
    test = site("trainings", year="2025", present="true", meeting=board.id, step="1")
    assert foot(test).startswith("Board of March, 1 of 3 · Everything in 2025 · ")
    assert can(test) == {"Next", "End", "PageDown"}
    test.button("step-Right").click().run()
    assert (view_of(test).page, foot(test)[:22]) == ("people", "Board of March, 2 of 3")
    assert headline(test) == ONE_CHART
    assert url(test) == {
        "year": "2025",
        "chart": "by-person",
        "meeting": board.id,
        "step": "2",
        "present": "true",
    }
    test.button("step-PageDown").click().run()
    assert (page_name(test), foot(test)[:22]) == ("DASH in 2024", "Board of March, 3 of 3")
    assert can(test) == {"Back", "End", "PageUp"}
    test.button("step-Left").click().run()
    assert view_of(test).page == "people"
    assert headline(test) == ONE_CHART


def test_a_step_beyond_a_meeting_is_its_last(site, board):
    test = site(year="2024", present="true", meeting=board.id, step="7")
    assert (foot(test)[:22], can(test)) == ("Board of March, 3 of 3", {"Back", "End", "PageUp"})


def test_a_view_that_was_deleted_is_said_and_the_slide_stays(site, shares_db, board):
    with sqlite3.connect(
        shares_db.path
    ) as con:  # the shelf itself keeps a view that a meeting shows
        con.execute("delete from views where id = ?", [board.steps[1]])
    con.close()
    test = site("trainings", year="2025", present="true", meeting=board.id, step="1")
    test.button("step-Right").click().run()
    assert not test.exception
    assert said(test.warning) == ["This view is not there any more: somebody deleted it."]
    assert page_name(test) == "Trainings in 2025"
    listed = [text.split("]")[0] for text in said(site("meetings").markdown) if text[:1].isdigit()]
    assert listed == ["1. [Trained", "3. [Before"]


def test_a_meeting_that_is_gone_or_a_damaged_shelf_leaves_the_page_as_slides(site, shares_db):
    assert foot(site("people", year="2025", present="true", meeting="abcd2345")).startswith(
        "1 of 2 · "
    )
    shares_db.path.write_bytes(b"not a database" * 100)
    test = site("people", year="2025", present="true", meeting="abcd2345")
    assert "is damaged" in said(test.warning)[0]
    assert foot(test).startswith("1 of 2 · ")
