"""What somebody probably meant who wrote a name that is not known, in words."""

from collections.abc import Callable, Iterable

from rapidfuzz import process

from dashboard.intake.messages import Text, _
from dashboard.schema.contract import Column

MIN_SIMILARITY = 60
"""How alike two names are at least, of 100, for one to be suggested for the other."""


def suggest_nearest(
    name: str,
    known: Iterable[str],
    *,
    min_similarity: int = MIN_SIMILARITY,
    processor: Callable[[str], str] | None = None,
    suffix: str = "",
) -> Text:
    """Ask whether the known name is meant that is most like this one; empty where none is like it.
    `processor` changes names before they are compared; `suffix` stands behind the name that is
    suggested.
    """
    hit = process.extractOne(name, list(known), processor=processor, score_cutoff=min_similarity)
    return _("Did you mean “{name}”?", name=hit[0] + suffix) if hit else ""


def describe_column(column: Column) -> Text:
    """Say what the contract means by a column; empty where its name says all."""
    return quote_contract(column.meaning)


def quote_contract(sentence: str) -> Text:
    """Say a sentence of schema.sql, which are messages; empty where there is none."""
    return _(sentence) if sentence else ""


def list_known(known: Iterable[str]) -> Text:
    """Say which names are known."""
    return _("Known are: {names}.", names=", ".join(known))
