"""What is said of an earlier deck that was renewed."""

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import said


def _draw_result():
    from dashboard.export.refresh_deck import Changed, LeftToPeople, Refreshed  # noqa: PLC0415
    from dashboard.ui.dialogs.refresh_deck import _draw_refresh_result  # noqa: PLC0415

    changed = [Changed(2, "Trainings", "3", "4"), *[Changed(4, "Drawing", "A day", "A day")] * 3]
    changed += [Changed(5, "Events", "1", "2")] * 41
    left = [LeftToPeople(2, "We trained 444 people", "444"), LeftToPeople(3, "A drawing", "")]
    _draw_refresh_result(Refreshed(b"", changed, left))


def test_what_was_renewed_and_what_is_left_to_people_is_listed_under_words():
    shown = AppTest.from_function(_draw_result).run()
    assert not shown.exception
    (told,) = said(shown.markdown)
    assert told.startswith(
        "**42 changes**\n\n- slide 2: Trainings: 3 → 4\n- slide 5: Events: 1 → 2\n"
    )
    assert told.endswith("\n- and 2 more changes\n- 3 drawings moved, with the same words")
    stale, untouched = said(shown.warning)
    assert stale.startswith("**Your own sentences that still contain an old number**\n\n- slide 2:")
    assert stale.endswith("- slide 2: “We trained 444 people” says 444")
    assert untouched == "**Left as it was**\n\n- slide 3: A drawing"
