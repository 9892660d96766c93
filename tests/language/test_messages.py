"""What a message says, whatever fills it."""

import ast

import pytest

from dashboard.language.messages import PSEUDO, _, emphasize, ngettext, pgettext, speaking
from dashboard.language.nouns import NOUNS, SINGULAR, count_noun, say_none
from tests.conftest import ROOT


@pytest.mark.parametrize("language", ["en", "nl", PSEUDO])
def test_a_text_that_says_nothing_says_nothing_in_any_language(language):
    with speaking(language):
        assert (_(""), emphasize(""), pgettext("a context", "")) == ("", (), "")


def test_numbers_in_a_message_are_written_as_its_language_writes_them():
    with speaking("nl"):
        assert ngettext("{n:,} more", "{n:,} more", 1234) == "nog 1.234"
    assert ngettext("{n:,} more", "{n:,} more", 1234) == "1,234 more"


def test_every_noun_that_is_counted_anywhere_is_one():
    place = {"format_count": 1, "count_noun": 0}
    found = {
        argument.value
        for path in (ROOT / "src").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in place
        for argument in call.args[place[call.func.id] :][:1]
        if isinstance(argument, ast.Constant)
    }
    assert len(found) > 20
    assert found <= {*NOUNS, *SINGULAR}


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_its_number_and_its_none_in_dutch(noun):
    with speaking("nl"):
        assert "1" in count_noun(noun, 1, "1").split()
        assert "2" in count_noun(noun, 2, "2").split()
        assert {"geen", "niemand"} & set(say_none(noun).split())
