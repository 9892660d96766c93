"""Messages: what translators will find, and how places are filled."""

import string

import pytest
from babel.messages.extract import extract_from_dir

from dashboard.language.messages import _, emphasize, ngettext
from tests.conftest import ROOT


def test_a_message_is_filled_by_the_names_of_its_places():
    assert _("{n:,} of {all:,} events", n=1200, all=3400) == "1,200 of 3,400 events"
    assert [ngettext("{n} event", "{n} events", n) for n in (1, 2)] == ["1 event", "2 events"]


def test_a_place_that_is_not_given_is_an_error_and_no_sentence_with_a_hole():
    with pytest.raises(KeyError):
        _("{n} events")


@pytest.mark.parametrize(
    ("message", "places", "words"),
    [
        (
            "**{events}** in **{n:,} countries**.",
            {"events": "29 events", "n": 1200},
            (("29 events", True), (" in ", False), ("1,200 countries", True), (".", False)),
        ),
        ("No events in {period}.", {"period": "May"}, (("No events in May.", False),)),
        ("{who}: **{n}**", {"who": "", "n": 0}, ((": ", False), ("0", True))),
        ("**{nothing}** here", {"nothing": ""}, ((" here", False),)),
    ],
)
def test_what_stands_between_pairs_of_stars_is_strong(message, places, words):
    assert emphasize(message, **places) == words


def test_what_fills_a_place_makes_nothing_strong_and_fills_no_other_place():
    assert emphasize("**{n}** of {title}.", n=3, title="**bold** {n} <b>x</b>") == (
        ("3", True),
        (" of **bold** {n} <b>x</b>.", False),
    )


def test_an_emphasized_message_without_one_of_its_places_is_an_error():
    with pytest.raises(KeyError):
        emphasize("**{n}** events", m=1)


def test_every_place_of_a_message_has_a_name_so_that_another_language_may_order_them_otherwise():
    forms = [
        (file, line, form)
        for file, line, message, *_comments_and_context in extract_from_dir(
            str(ROOT / "src" / "dashboard"), [("**.py", "python")]
        )
        for form in ([message] if isinstance(message, str) else message)
    ]
    unnamed = [
        (file, line, form)
        for file, line, form in forms
        for _text, name, *_rest in string.Formatter().parse(form)
        if name is not None and not name.isidentifier()
    ]
    assert not unnamed
