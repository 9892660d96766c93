"""Short titles: the one that is kept, or the beginning of the whole one."""

import pytest

from dashboard.text.titles import shorten_title


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Inclusive Medical AI", "Inclusive Medical AI"),
        ("AO Trauma Masters Course: 3D Osteotomies", "AO Trauma Masters Course"),
        ("Ready for use? A panel", "Ready for use?"),
        ("International Primary Care Respiratory Group", "International Primary Care…"),
        ("Exactly twenty-eight letters", "Exactly twenty-eight letters"),
        ("Twenty-eight letters and one", "Twenty-eight letters and one"),
        ("Twenty-nine letters, one many", "Twenty-nine letters, one…"),
        ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "Donaudampfschifffahrtselektr…"),
        (": only a colon in front", ": only a colon in front"),
        ("", ""),
    ],
)
def test_a_title_is_cut_at_a_colon_a_question_mark_or_a_word(title, shown):
    assert shorten_title(title) == shown


def test_a_short_title_that_is_kept_is_shown_as_it_is():
    assert shorten_title("1st Frontiers in Orthopaedic Research", "Frontiers") == "Frontiers"
    assert shorten_title("Spring school: trees", " ") == "Spring school"
    assert shorten_title("Spring school: trees", None) == "Spring school"


def test_a_short_title_that_is_too_long_for_a_label_is_cut_as_well():
    assert shorten_title("Spring school", "A short title that is none at all") == (
        "A short title that is none…"
    )
