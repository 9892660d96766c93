"""Search over all records that tolerates typing errors: a word that occurs nowhere stands for its
nearest ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.query.questions import Row
from dashboard.store import Version

MAX_WORDS, MAX_LENGTH, MAX_ROWS = 12, 200, 1000
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
    corrections = _find_nearest(version, words)
    return _find(version, words, corrections, limit) if corrections else found


def _split_words(text: str) -> list[str]:
    printable = "".join(
        sign if sign.isprintable() else " " for sign in text[:MAX_LENGTH].replace("\u00ad", "")
    )
    words = (word.strip(AROUND_A_WORD) for word in printable.split())
    return list(dict.fromkeys(word for word in words if any(sign.isalnum() for sign in word)))[
        :MAX_WORDS
    ]


def _find_nearest(version: Version, words: list[str]) -> dict[str, tuple[str, ...]]:
    nearest: dict[str, tuple[str, ...]] = {}
    for row in questions.rows(version, "search_nearest", Filters(), words=words):
        nearest[row["word"]] = (*nearest.get(row["word"], ()), row["nearest"])
    return nearest


def _find(
    version: Version, words: list[str], corrections: dict[str, tuple[str, ...]], limit: int
) -> SearchResult:
    substitutes = [corrections.get(word, (word,)) for word in words]
    first, second, third = (
        [options[min(place, len(options) - 1)] for options in substitutes] for place in range(3)
    )
    capped = max(1, min(limit, MAX_ROWS))
    rows = questions.rows(
        version, "search", Filters(), limit=capped, words=first, second=second, third=third
    )
    total = rows[0]["total"] if rows else 0
    return SearchResult(
        tuple({k: v for k, v in row.items() if k != "total"} for row in rows), total, corrections
    )
