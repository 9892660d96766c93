"""What a message says, whatever fills it."""

import pytest

from dashboard.language.messages import PSEUDO, _, emphasize, ngettext, pgettext, speaking
from dashboard.language.nouns import NOUNS, count_noun, say_none


@pytest.mark.parametrize("language", ["en", "nl", PSEUDO])
def test_a_text_that_says_nothing_says_nothing_in_any_language(language):
    with speaking(language):
        assert (_(""), emphasize(""), pgettext("a context", "")) == ("", (), "")


def test_numbers_in_a_message_are_written_as_its_language_writes_them():
    with speaking("nl"):
        assert ngettext("{n:,} more", "{n:,} more", 1234) == "nog 1.234"
    assert ngettext("{n:,} more", "{n:,} more", 1234) == "1,234 more"


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_its_number_and_its_none_in_dutch(noun):
    with speaking("nl"):
        assert "1" in count_noun(noun, 1, "1").split()
        assert "2" in count_noun(noun, 2, "2").split()
        assert {"geen", "niemand"} & set(say_none(noun).split())
