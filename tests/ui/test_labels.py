"""Nothing is decided by a label: where all words are others, the same happens."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import shares
from dashboard.ui import caches, pinned_banner
from dashboard.ui.caches import CachedAnswers
from dashboard.ui.dialogs import save_view, share
from dashboard.ui.steward import check_files
from tests.conftest import NOW
from tests.support.page_parts import choose, find, find_list, numbers, read_text, texts
from tests.ui.conftest import said, url

SHARE = ("share", "")


@pytest.fixture
def nonsense(monkeypatch):
    """Every label of a filter is another word, in no language."""
    caches.clear()
    named = CachedAnswers.labels

    def labels(self, version):
        return {
            name: {one: f"{name} x{nr}" for nr, one in enumerate(options)}
            for name, options in named(self, version).items()
        }

    yield lambda: monkeypatch.setattr(CachedAnswers, "labels", labels)
    caches.clear()


def review_of(site):
    """The review of a year, as far as it has no labels: its numbers, and how long its lists are."""
    test = site("review", year="2025")
    lists = [len(node) - 3 for node in find(test, "thing-list")]
    return numbers(test), len(find(test, "spread-name")), lists


def test_the_review_of_pillars_with_other_names_says_the_same_of_each(site, nonsense):
    before = review_of(site)
    assert before[1:] == (4, [4, 6, 3])  # and what is next
    caches.clear()
    nonsense()
    assert review_of(site) == before
    names = texts(site("review", year="2025"), "spread-name")
    assert any(text.startswith("pillar x") for text in names)


def test_a_filter_with_other_names_filters_the_same(site, nonsense):
    nonsense()
    test = site("events", year="2025")
    options = find_list(test, "speaker")[3:]
    assert len(options) > 1
    assert all(read_text(option).startswith("speaker x") for option in options[1:])
    choose(test, "speaker", "anna-berg")
    assert not test.exception
    assert url(test)["speaker"] == "anna-berg"


def test_then_and_now_are_switched_by_what_they_are(site, then_and_now, monkeypatch):
    monkeypatch.setattr(pinned_banner, "SWITCH_LABELS", {"shown": "Now", "now": "Qvx"})
    test = site("trainings", year="2025", v=then_and_now[0].id, on="2026-02-03")
    test.button_group(key="pinned_shows").set_value("now").run()
    assert url(test)["show"] == "now"
    test.button_group(key="pinned_shows").set_value("shown").run()
    assert "show" not in url(test)


def test_a_live_link_is_given_for_the_kind_and_not_for_its_name(site, then_and_now, monkeypatch):
    monkeypatch.setattr(share, "KIND_LABELS", {share.LIVE: "Qvx", share.PINNED: "Live"})
    test = site("people", asked=SHARE, year="2025", v=then_and_now[0].id, on="2026-02-03")
    test.session_state["asked_for"] = SHARE
    test.button_group(key="share-kind-2").set_value(share.LIVE).run()
    (link,) = [one for one in test.text_input if one.label == "Link"]
    assert link.value == "/people?year=2025&lang=en"


def test_a_view_is_put_into_the_meeting_that_was_chosen_whatever_it_is_called(
    site, shares_db, monkeypatch
):
    monkeypatch.setattr(
        save_view, "distinguish_labels", lambda titles, _: {one: f"§{one}" for one in titles}
    )
    made = [shares.meetings.create(shares_db, title, now=NOW) for title in ("Board", "Council")]
    test = site("people", asked=SHARE, year="2025")
    (box,) = [one for one in test.selectbox if one.label == "Meeting"]
    box.set_value(f"§{made[0].id}")
    test.session_state["asked_for"] = SHARE
    next(button for button in test.button if button.label == "Keep").click()
    test.run()
    assert said(test.success) == ["Kept as “People in 2025” under Board: see the page Meetings."]
    assert [
        len(one.steps) for one in (shares.meetings.find_meeting(shares_db, m.id) for m in made)
    ] == [
        1,
        0,
    ]


def test_rows_are_replaced_by_the_mode_and_not_by_its_name(site, monkeypatch):
    monkeypatch.setattr(
        check_files,
        "MODES",
        dict.fromkeys(check_files.MODES, "")
        | {mode: f"Qvx {nr}" for nr, mode in enumerate(check_files.MODES)},
    )
    test = site("publish")
    radio = test.radio(key="delivery_mode")
    assert radio.options == ["Qvx 0", "Qvx 1"]
    radio.set_value(check_files.Mode.REPLACE).run()
    assert test.session_state["delivery_mode"] is check_files.Mode.REPLACE


@pytest.mark.parametrize(
    ("expired", "button"), [(True, "Sign in"), (False, "Sign out")], ids=["expired", "no access"]
)
def test_whoever_is_let_in_by_signing_in_again_is_known_without_reading_why(expired, button):
    def draw(expired):
        from datetime import UTC, datetime  # noqa: PLC0415 - run by itself
        from types import SimpleNamespace  # noqa: PLC0415

        from dashboard.model.roles import Person, Role  # noqa: PLC0415
        from dashboard.ui import sign_in  # noqa: PLC0415

        access = SimpleNamespace(sign_in=True)
        chosen = SimpleNamespace(name="Qvx", organisation="Zwy", access=access)
        person = Person(Role.NOBODY, why="Xyz.", id="a", until=datetime.now(UTC), expired=expired)
        sign_in.draw_closed_door(chosen, person)

    test = AppTest.from_function(draw, args=(expired,)).run()
    assert not test.exception
    assert [one.label for one in test.button] == [button]
