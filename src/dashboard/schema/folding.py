"""Folds texts for comparison, in Python as in SQL: by the macros of fold.sql, which are asked once for
every letter.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import duckdb

LETTERS = 0x20000
"""Beyond stand rare Chinese characters, which have neither case nor accents, and signs that are not
seen.
"""


def fold_sql() -> str:
    """Read the text of fold.sql."""
    return files("dashboard.schema").joinpath("fold.sql").read_text("utf-8")


def fold(text: str) -> str:
    """Fold a text: without case and accents, with one kind of apostrophe, quotation mark, dash and space:
    what is equal so is the same name. The macro `fold` of fold.sql.
    """
    return unicodedata.normalize("NFC", text).translate(_letters())


def fold_words(text: str) -> str:
    """Join the words of a folded text by spaces. The macro `fold_words` of fold.sql."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def slug(text: str, longest: int | None = None) -> str:
    """Make an id of a name: Córdoba ES -> cordoba-es. Empty for an empty text only. The macro `slug` of
    fold.sql; where it would be longer than `longest`, it loses letters, and not the digits that
    tell it from others.
    """
    whole = _slug(text)
    if longest is None or len(whole) <= longest:
        return whole
    digest = re.search(r"-[0-9a-f]{10}$", whole) if not fold(text).isascii() else None
    end = digest[0] if digest else ""
    return whole[: longest - len(end)].rstrip("-") + end


@lru_cache(10_000)
def _slug(text: str) -> str:
    folded = fold(text)
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if (plain and folded.isascii()) or not folded.strip():
        return plain
    with _connection().cursor() as cursor:
        row = cursor.execute("select slug($text)", {"text": text}).fetchone()
    return str(row[0]) if row else plain


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(fold_sql())
    return con


@cache
def _letters() -> dict[int, str]:
    """Map every letter that the macro changes to what it becomes."""
    with _connection().cursor() as cursor:
        rows = cursor.execute(
            "with letters as (select code, chr(cast(code as integer)) as letter from range(1,"
            " $until) as codes (code) where code not between 55296 and 57343), folded as"
            " materialized (select *, fold(letter) as plain from letters) select code, plain from"
            " folded where letter <> plain",
            {"until": LETTERS},
        ).fetchall()
    return dict(rows)
