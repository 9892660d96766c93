"""The words of a question without typing errors in words of the vocabulary, and compounds in two."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.asking.lexicon import Sense
from dashboard.asking.period_words import SEASONS, WORDS, YEARS_IN_WORDS
from dashboard.asking.text_senses import is_known
from dashboard.asking.vocabulary import Vocabulary
from dashboard.asking.words import Word
from dashboard.intake.dates import MONTHS

SILENT = ("filler", "refused")
OPPOSITE = ("un", "on", "non", "niet")
"""With what words begin that are the opposite of another."""
TELLING = frozenset({"filter", "measure", "form", "page", "by", "which"})
"""Kinds of what says something."""
LONGEST_YEAR = 5
"""Words of a year: two thousand and twenty six."""
SHORTEST_PART, SHORTEST_PERIOD = 4, 3
"""Letters of a part of a compound, and of one that is a month or season."""


def mend_words(vocabulary: Vocabulary, words: Sequence[Word]) -> tuple[list[str], list[int]]:
    """Mend the typing errors in words of the vocabulary and of periods: the words, and how many errors
    each had.
    """
    tokens, errors = [], []
    for word in words:
        unheard = is_unheard(vocabulary, word.folded) and not mend_filler(vocabulary, word.folded)
        found = _find_month(word.folded) or vocabulary.correct(word.folded) if unheard else None
        tokens.append(found[0] if found else word.folded)
        errors.append(found[1] if found else 0)
    return tokens, errors


def _find_month(word: str) -> tuple[str, int] | None:
    """Find the month that a word is with an i for its y, or with a letter twice, too short for other
    typing errors: juny, juuni.
    """
    doubled = [word[:n] + word[n + 1 :] for n in range(1, len(word)) if word[n] == word[n - 1]]
    months = [month for month in (word.replace("y", "i"), *doubled) if month in MONTHS]
    return (months[0], 1) if len(word) >= SHORTEST_PART and months else None


def is_unheard(vocabulary: Vocabulary, word: str) -> bool:
    """Return whether a folded word may be a typing error: it is none of the vocabulary, of a period or
    of the texts, and no other word or name that people know.
    """
    return (
        word.isalpha()
        and word not in vocabulary.phrases
        and word not in WORDS
        and not is_known(word)
        and not _is_opposite(vocabulary, word)
        and vocabulary.names.nearest_words(word) != (word,)
    )


def _is_opposite(vocabulary: Vocabulary, word: str) -> bool:
    """Return whether a folded word is the opposite of one of the vocabulary: ongepland."""
    return any(word.startswith(one) and word[len(one) :] in vocabulary.phrases for one in OPPOSITE)


def mend_filler(vocabulary: Vocabulary, word: str) -> tuple[Sense, ...]:
    """Find the word that says nothing, or that changes the meaning, of which a word is a typing error:
    two letters swapped, one typed twice, or one left out.
    """
    if len(word) < SHORTEST_PART or not is_unheard(vocabulary, word):
        return ()
    swapped = [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)]
    doubled = (n for n in range(1, len(word)) if word[n] == word[n - 1])
    shorter = [word[:n] + word[n + 1 :] for n in doubled]
    longer = vocabulary.find_with_letter(word)
    found = (vocabulary.phrases.get(one, ()) for one in sorted((*swapped, *shorter, *longer)))
    return next((senses for senses in found if senses and senses[0].kind in SILENT), ())


def split_compounds(vocabulary: Vocabulary, words: Sequence[Word]) -> list[Word]:
    """Split the Dutch words that are made of two of the vocabulary: keynotesprekers,
    voorjaarsbijeenkomsten; and two words of it between which a space is missing: manycountries.
    """
    parts: list[Word] = []
    for nr, word in enumerate(words):
        before = words[nr - 1].folded if nr else ""
        at = 0 if word.folded in vocabulary.phrases else _find_seam(vocabulary, word.folded)
        at = at or _find_missing_space(vocabulary, word.folded, before)
        if at and word.end - word.start == len(word.folded):
            first = word.folded[:at]
            first = first if vocabulary.find_kind(first) else first.removesuffix("s")
            parts.append(replace(word, folded=first, end=word.start + at))
            parts.append(replace(word, folded=word.folded[at:], start=word.start + at))
        else:
            parts.append(word)
    return parts


def join_years(words: Sequence[Word]) -> list[Word]:
    """Put together the words of a year that is written in words: twenty twenty six."""
    joined: list[Word] = []
    at = 0
    while at < len(words):
        for end in range(min(at + LONGEST_YEAR, len(words)), at, -1):
            if year := YEARS_IN_WORDS.get(" ".join(word.folded for word in words[at:end])):
                joined.append(replace(words[at], folded=str(year), end=words[end - 1].end))
                at = end
                break
        else:
            joined.append(words[at])
            at += 1
    return joined


def _find_seam(vocabulary: Vocabulary, word: str) -> int:
    """Find where the second part of a compound begins; 0 where it is none."""
    for at in range(SHORTEST_PERIOD, len(word) - SHORTEST_PART + 1):
        first, second = word[:at], word[at:]
        if _is_part(vocabulary, second, SHORTEST_PART) and (
            _is_part(vocabulary, first) or _is_part(vocabulary, first.removesuffix("s"))
        ):
            return at
    return 0


def _find_missing_space(vocabulary: Vocabulary, word: str, before: str) -> int:
    """Find where the second of two words begins that were typed as one; 0 where they are none. One of
    them says something, alone, with the other, or with the word `before`: vaakwas behind “hoe”.
    """
    near = vocabulary.correct(word)
    if not is_unheard(vocabulary, word) or (near and near[1] < 2):
        return 0
    for at in range(SHORTEST_PERIOD, len(word) - SHORTEST_PERIOD + 1):
        first, second = word[:at], word[at:]
        said = [vocabulary.find_kind(one) for one in (first, second)]
        together = [
            vocabulary.find_kind(f"{one} {two}") for one, two in ((first, second), (before, first))
        ]
        if all(said) and {*said, *together} & TELLING:
            return at
    return 0


def _is_part(vocabulary: Vocabulary, word: str, shortest: int = SHORTEST_PERIOD) -> bool:
    """Whether a word is a part of a compound."""
    if len(word) >= SHORTEST_PART and vocabulary.find_kind(word) in ("filter", "measure", "page"):
        return True
    return len(word) >= shortest and (word in SEASONS or word in MONTHS)
