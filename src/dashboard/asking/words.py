"""The words of a question with their place in it, so that what is not understood is quoted as it was
typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.intake.dates import MONTHS
from dashboard.schema.folding import fold, fold_words

MAX_LETTERS, MAX_WORDS = 200, 60
"""What is longer is no question: nothing of it is read."""
LAST_YEAR = "50"
"""The last year of two digits behind an apostrophe that is of this century."""
SIGNS = "<>≤≥=≠≈~€$£%"
"""Signs that change what is asked wherever they stand; others count where they stand alone."""
APOSTROPHES = "'’‘`´ʼ′"
PIECE = re.compile(
    rf"!=+|[{SIGNS}]+|(?<![^\W_])[{APOSTROPHES}]\d\d(?![^\W_])|[^\W_](?:[^\W_]|[\u0300-\u036f])*"
)
UNEQUAL = frozenset({"≠", "<>", "!=", "!=="})
LEFT_OUT = re.compile(r"[-−!](?=[^\W\d_])")
"""What stands before a word that is to be left out, as searchers on the web know it."""
NOT = "not"
"""As what these signs are read."""


@dataclass(frozen=True)
class Word:
    """A word of a question: `folded` for comparison, from `start` to `end` in the text. `chunk` counts
    what stands between spaces: “2025-03-27” is three words of one chunk. `capital` says that it begins
    with a capital letter, as names do.
    """

    folded: str
    start: int
    end: int
    chunk: int
    capital: bool = False


def split_question(text: str) -> list[Word]:
    """Split a question, as `clean` gives it, into its words, signs that mean something among them."""
    words: list[Word] = []
    for nr, chunk in enumerate(re.finditer(r"\S+", text)):
        found = [*PIECE.finditer(chunk[0])]
        if (sign := LEFT_OUT.match(chunk[0])) and _fold(found[0][0]) not in MONTHS:
            words.append(Word(NOT, chunk.start(), chunk.start() + sign.end(), nr))
        if (
            not found
            and chunk[0] not in ("+", "&")
            and any(unicodedata.category(sign)[0] in "SMLN" for sign in chunk[0])
        ):
            words.append(Word(chunk[0], chunk.start(), chunk.end(), nr))
        for piece in found:
            place = chunk.start() + piece.start(), chunk.start() + piece.end()
            words.append(Word(_fold_piece(piece[0]), *place, nr, piece[0][0].isupper()))
    return words


def clean(text: str) -> str:
    """Put the letters of a text together with their accents and leave out what is not seen: what
    steers a terminal, the direction of writing, or nothing.
    """
    composed = unicodedata.normalize("NFC", text)
    kinds = {sign: unicodedata.category(sign) for sign in set(composed)}
    return "".join(
        " " if kinds[sign] in ("Cc", "Zl", "Zp") else sign
        for sign in composed
        if kinds[sign] not in ("Cf", "Cs", "Co", "Cn")
    )


def quote(text: str, words: Sequence[Word], start: int, end: int) -> str:
    """Quote words as they were typed, with what stands between them: of spaces one."""
    return " ".join(text[words[start].start : words[end - 1].end].split())


def split_phrases(line: str) -> Iterable[str]:
    """Split a line of a list of words, in which commas stand between phrases; each is folded."""
    return filter(None, (fold_words(phrase) for phrase in line.split(",")))


def _fold_piece(piece: str) -> str:
    """Fold a piece of a question; a year that an apostrophe shortens (’25) is written in full."""
    if piece in UNEQUAL:
        return NOT
    if piece[0] in APOSTROPHES:
        return f"{20 if piece[1:] <= LAST_YEAR else 19}{piece[1:]}"
    return _fold(piece)


@lru_cache(10_000)
def _fold(word: str) -> str:
    return fold(word)


def inflect(phrase: str) -> Iterable[str]:
    """Give a folded phrase with the endings that its last word may have in English and Dutch. Some
    are no words; nobody types them.
    """
    head, _space, last = phrase.rpartition(" ")
    before = f"{head} " if head else ""
    yield phrase
    if len(last) < 3:
        return
    for ending in ("s", "es", "e", "en", "n"):
        yield f"{before}{last}{ending}"
    yield f"{before}{last}{last[-1]}en"
    if last.endswith("y"):
        yield f"{before}{last[:-1]}ies"
    if last.endswith("um"):
        yield f"{before}{last[:-2]}a"
