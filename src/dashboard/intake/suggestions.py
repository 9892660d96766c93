"""What somebody probably meant who wrote a name that is not known, in words."""

from collections.abc import Callable, Iterable

from rapidfuzz import process

from dashboard.language.messages import _

MIN_SIMILARITY = 60
"""How alike two names are at least, of 100, for one to be suggested for the other."""


def suggest_nearest(
    name: str,
    known: Iterable[str],
    *,
    min_similarity: int = MIN_SIMILARITY,
    processor: Callable[[str], str] | None = None,
    suffix: str = "",
) -> str:
    """Ask whether the known name is meant that is most like this one; empty where none is like it.
    `processor` changes names before they are compared; `suffix` stands behind the name that is
    suggested.
    """
    hit = process.extractOne(name, list(known), processor=processor, score_cutoff=min_similarity)
    return _("Did you mean “{name}”?", name=hit[0] + suffix) if hit else ""


def list_known(known: Iterable[str]) -> str:
    """Say which names are known."""
    return _("Known are: {names}.", names=", ".join(known))
