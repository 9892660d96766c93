"""Messages: whole sentences with named places, said in the reader's language.

Every sentence of the product is written here and there in English as `_("… {name} …", name=…)`,
never put together from pieces, so that a catalogue (gettext) can say it otherwise. Only counted
nouns are messages of their own (`ngettext`), to be set by name into a whole sentence.

The language is that of the context in which it is said, as in Django: a run of the script, a
request, or a block of `speaking`. What is said at import would be English for everybody: constants
are marked by `N_`, and said by `_` when they are shown.
"""

import gettext
import io
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dashboard.language.pseudo import PseudoCatalogue

Words = Sequence[tuple[str, bool]]
"""A text in pieces, and whether each is strong."""

ENGLISH, DUTCH, PSEUDO = "en", "nl", "qps"
LANGUAGES: Mapping[str, str] = MappingProxyType({ENGLISH: "English", DUTCH: "Nederlands"})
"""What can be chosen: the code, as in a link, and what the language calls itself."""
LOCALES: Mapping[str, Locale] = MappingProxyType(
    {ENGLISH: Locale("en", "GB"), DUTCH: Locale("nl", "NL"), PSEUDO: Locale("el", "GR")}
)
"""The rules of each for dates, numbers and lists: 2 April 2025; 2 april 2025. PSEUDO is no language:
every message in brackets, longer and with foreign letters, days and lists in Greek, to see what is
said without a message.
"""
PSEUDO_VARIABLE = "DASHBOARD_PSEUDO_LANGUAGE"
"""Environment variable under which PSEUDO can be asked for, by translators and tests."""
SWAPPED = str.maketrans(",.", ".,")
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def is_language(code: str) -> bool:
    """Tell whether readers can choose a language by this code."""
    return code in LANGUAGES or (code == PSEUDO and bool(os.environ.get(PSEUDO_VARIABLE)))


def current_language() -> str:
    """Return the code of the language in which is spoken now: en, nl."""
    return _language.get()


def current_locale() -> Locale:
    """Return the rules of that language for dates, numbers and lists."""
    return LOCALES[_language.get()]


def speak(language: str) -> None:
    """Speak a language from now on, in this run or request. Raises KeyError for one that is none."""
    LOCALES[language]
    _language.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language in a block. Raises KeyError for one that is none."""
    LOCALES[language]
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def read_catalogue(language: str) -> bytes:
    """Read the catalogue of a language (nl.po)."""
    return files("dashboard.language").joinpath(f"{language}.po").read_bytes()


@cache
def _load_catalogue(language: str) -> gettext.NullTranslations:
    """Load the messages of a language: the text is compiled in memory, so that no file beside it can
    be older than it.
    """
    if language == ENGLISH:
        return gettext.NullTranslations()
    if language == PSEUDO:
        return PseudoCatalogue()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(read_catalogue(language)), language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _catalogue() -> gettext.NullTranslations:
    return _load_catalogue(_language.get())


def _translate(message: str) -> str:
    """Say a message; an empty one says nothing: by it catalogues call their head."""
    return _catalogue().gettext(message) if message else ""


def localize(number: str) -> str:
    """Write a number that is written as in English, 1,234.5, with the marks of the reader's language:
    1.234,5.
    """
    return number.translate(SWAPPED) if _language.get() == DUTCH else number


class _Integer(int):
    """A number that is written with the marks of a language that swaps those of English: 1.234."""

    def __format__(self, form: str) -> str:
        return int.__format__(self, form).translate(SWAPPED)


class _Float(float):
    def __format__(self, form: str) -> str:
        return float.__format__(self, form).translate(SWAPPED)


class _Decimal(Decimal):
    def __format__(self, form: str, /, *_context: Any) -> str:
        return super().__format__(form).translate(SWAPPED)


_LOCAL_NUMBERS: Mapping[type, Callable[[Any], object]] = {
    int: _Integer,
    float: _Float,
    Decimal: _Decimal,
}


def _fill(message: str, places: Mapping[str, object]) -> str:
    if _language.get() == DUTCH:
        local = {
            name: _LOCAL_NUMBERS[type(value)](value) if type(value) in _LOCAL_NUMBERS else value
            for name, value in places.items()
        }
        return message.format_map(local)
    return message.format_map(places)


def _(message: str, /, **places: object) -> str:
    """Return the message in the reader's language with its named places filled.

    `places` are texts, or numbers with the form that the message gives them (`{n:,}`), written as
    the language writes numbers. Raises KeyError for a place that is not given.
    """
    return _fill(_translate(message), places)


def emphasize(message: str, /, **places: object) -> Words:
    """Return the message in the reader's language in pieces, as Words: what stands between pairs of
    ** in it is strong ("**{events}** in {year}."). What fills a place is text, whatever it holds.
    """
    pieces = _translate(message).split("**")
    said = [(_fill(piece, places), nr % 2 == 1) for nr, piece in enumerate(pieces)]
    return tuple((text, strong) for text, strong in said if text)


def N_(message: str) -> str:  # noqa: N802  # the name by which gettext's tools find it
    """Mark a message for translators that is said later, by `_`."""
    return message


def NP_(context: str, message: str) -> str:  # noqa: ARG001, N802  # as N_
    """Mark a message with a context for translators that is said later, by `pgettext`."""
    return message


def ngettext(one: str, many: str, n: float, /, **places: object) -> str:
    """Return the form of the message that suits the number, which stands in it as `{n}`."""
    return _fill(_catalogue().ngettext(one, many, int(n)), {"n": n, **places})


def pgettext(context: str, message: str, /, **places: object) -> str:
    """Return a message whose English word means two things: `context` says which ("a month",
    "a verb"), for translators.
    """
    return _fill(_catalogue().pgettext(context, message), places)


class Said(NamedTuple):
    """A text of a record, and its language where that is not the reader's: what shows the text is
    marked with it (lang=), so that a screen reader says it as that language is said.
    """

    text: str
    lang: str = ""


def choose_text(row: Mapping[str, object], name: str) -> Said:
    """Choose what a record says in the reader's language: `note_nl` of `note`, else as it is given.

    The given text is in the language that `<name>_language` tells; without one it is English, or
    Dutch where there is an English one beside it. Where there is none in the reader's language and
    none is given, the text in the other language stands in. Nothing is ever translated.
    """
    given = str(row.get(f"{name}_language") or (DUTCH if row.get(f"{name}_en") else ENGLISH))
    texts = {
        given: row.get(name),
        **{code: row[f"{name}_{code}"] for code in LANGUAGES if row.get(f"{name}_{code}")},
    }
    own = DUTCH if _language.get() == DUTCH else ENGLISH
    for code in dict.fromkeys((own, given, *LANGUAGES)):
        if said := texts.get(code):
            return Said(str(said), "" if code == own else code)
    return Said("")


def choose_term(row: Mapping[str, object], name: str) -> str:
    """Choose as `choose_text`, for text that cannot be marked: an option, a cell of a table."""
    return choose_text(row, name).text
