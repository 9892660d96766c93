"""The headline of a page: whole messages, each said only where it holds.

A page gives its candidates in the order of their weight, None for one that does not hold: a number
that is not known is never in one.
"""

from collections.abc import Iterable

from dashboard.language.messages import Words


def join_sentences(*sentences: Words | None) -> Words:
    """Join the messages that hold to one text, with a space between two."""
    said: list[tuple[str, bool]] = []
    for sentence in sentences:
        if sentence:
            said += [(" ", False), *sentence] if said else sentence
    return tuple(said)


def choose_sentence(candidates: Iterable[Words | None]) -> Words | None:
    """Choose the first message that holds."""
    return next((candidate for candidate in candidates if candidate), None)
