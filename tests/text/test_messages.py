"""Messages: what translators will find, and how places are filled."""

import string

import pytest
from babel.messages.extract import extract_from_dir

from dashboard.text.messages import _, ngettext
from tests.conftest import ROOT

FOUND = list(extract_from_dir(str(ROOT / "src" / "dashboard"), [("**.py", "python")]))
"""(file, line, message or its two forms, comments, context) of every message."""


def test_a_message_is_filled_by_the_names_of_its_places():
    assert _("{n:,} of {all:,} events", n=1200, all=3400) == "1,200 of 3,400 events"
    assert [ngettext("{n} event", "{n} events", n) for n in (1, 2)] == ["1 event", "2 events"]


def test_a_place_that_is_not_given_is_an_error_and_no_sentence_with_a_hole():
    with pytest.raises(KeyError):
        _("{n} events")


def test_every_place_of_a_message_has_a_name_so_that_another_language_may_order_them_otherwise():
    forms = [
        (file, line, form)
        for file, line, message, *_rest in FOUND
        for form in ([message] if isinstance(message, str) else message)
    ]
    unnamed = [
        (file, line, form)
        for file, line, form in forms
        for _text, name, *_rest in string.Formatter().parse(form)
        if name is not None and not name.isidentifier()
    ]
    assert not unnamed
