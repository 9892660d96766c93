"""Search over all records that tolerates typing errors: a word that occurs nowhere stands for its
nearest ones.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.query.names import load_names
from dashboard.query.questions import Row
from dashboard.schema.folding import fold_words
from dashboard.store import Version

MAX_WORDS, MAX_LENGTH, MAX_ROWS = 12, 200, 1000
SHORTEST = 3
"""Letters of a word in which an error is looked for: who searches sees what was read."""
AROUND_A_WORD = ",.;:!?\"'()[]“”‘’"


@dataclass(frozen=True)
class SearchResult:
    """What a search found. A row has table_name, record_id, label and in_label (whether its label
    alone holds all words); `total` counts the rows beyond the limit too; `corrections` says which
    words stand for a typed one that occurs nowhere.
    """

    rows: tuple[Row, ...] = ()
    total: int = 0
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def search(version: Version, text: str, limit: int = 100) -> SearchResult:
    """Find the records that contain all words of a text, whatever their order, case and accents;
    the clearest first.

    Takes any text: of a long one its first words, of a text without a letter or digit none.
    """
    words = _split_words(text)
    if not words:
        return SearchResult()
    found = _find(version, words, {}, limit)
    if found.total:
        return found
    parts = list(dict.fromkeys(part for word in words for part in _part_word(word)))[:MAX_WORDS]
    corrections = _find_nearest(version, parts)
    return _find(version, parts, corrections, limit) if parts != words or corrections else found


def _split_words(text: str) -> list[str]:
    printable = "".join(
        sign if sign.isprintable() else " " for sign in text[:MAX_LENGTH].replace("\u00ad", "")
    )
    words = (word.strip(AROUND_A_WORD) for word in printable.split())
    return list(dict.fromkeys(word for word in words if any(sign.isalnum() for sign in word)))[
        :MAX_WORDS
    ]


def _part_word(word: str) -> list[str]:
    """Part what is joined otherwise than in the records: Klein-Nagelvoort."""
    parts = fold_words(word).split()
    return [word] if len(parts) == 1 else parts


def _find_nearest(version: Version, words: list[str]) -> dict[str, tuple[str, ...]]:
    names = load_names(version)
    nearest = {
        word: names.nearest_words(word, SHORTEST) for word in words if not names.occurs(word)
    }
    return {word: found for word, found in nearest.items() if found}


def _find(
    version: Version, words: list[str], corrections: Mapping[str, tuple[str, ...]], limit: int
) -> SearchResult:
    substitutes = [options for word in words for options in _list_options(word, corrections)]
    first, second, third = (
        [options[min(place, len(options) - 1)] for options in substitutes[:MAX_WORDS]]
        for place in range(3)
    )
    capped = max(1, min(limit, MAX_ROWS))
    rows = questions.rows(
        version, "search", Filters(), limit=capped, words=first, second=second, third=third
    )
    total = rows[0]["total"] if rows else 0
    return SearchResult(
        tuple({k: v for k, v in row.items() if k != "total"} for row in rows), total, corrections
    )


def _list_options(
    word: str, corrections: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """List what has to occur for a word: one of its substitutes, or both words that it was."""
    options = corrections.get(word, (word,))
    if " " in options[0]:
        yield from ((part,) for part in options[0].split())
    else:
        yield options
