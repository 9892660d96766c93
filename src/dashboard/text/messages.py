"""Messages: whole sentences with named places, to be said in the reader's language.

Every sentence of the product is written here and there in English as `_("… {name} …", name=…)`,
never put together from pieces, so that a catalogue (gettext) can say it otherwise. Only counted
nouns are messages of their own (`ngettext`), to be set by name into a whole sentence.
"""

import gettext
from collections.abc import Sequence

from babel import Locale

Words = Sequence[tuple[str, bool]]
"""A text in pieces, and whether each is strong."""

LOCALE = Locale("en", "GB")
"""The language and its rules for dates, numbers and lists, those of Great Britain: 2 April 2025; a, b
and c. There is one until there are two.
"""
_CATALOGUE = gettext.NullTranslations()


def _(message: str, /, **places: object) -> str:
    """Return the message in the reader's language with its named places filled.

    `places` are texts, or numbers with the form that the message gives them (`{n:,}`). Raises
    KeyError for a place that is not given.
    """
    return _CATALOGUE.gettext(message).format(**places)


def emphasize(message: str, /, **places: object) -> Words:
    """Return the message in the reader's language in pieces, as Words: what stands between pairs of
    ** in it is strong ("**{events}** in {year}."). What fills a place is text, whatever it holds.
    """
    pieces = _CATALOGUE.gettext(message).split("**")
    said = [(piece.format(**places), nr % 2 == 1) for nr, piece in enumerate(pieces)]
    return tuple((text, strong) for text, strong in said if text)


def N_(message: str) -> str:  # noqa: N802  # the name by which gettext's tools find it
    """Mark a message for translators that is said later, by `_`."""
    return message


def ngettext(one: str, many: str, n: float, /, **places: object) -> str:
    """Return the form of the message that suits the number, which stands in it as `{n}`."""
    return _CATALOGUE.ngettext(one, many, int(n)).format(n=n, **places)
