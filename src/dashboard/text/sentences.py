"""The first letter of what is said: at the beginning of a sentence, and within one."""

from dashboard.language.messages import DUTCH, current_language

DIGRAPH = "ij"
"""In Dutch one letter: IJmuiden."""


def capitalise(text: str) -> str:
    """Begin a sentence with the text: "about 430 participants" → "About 430 participants"; a month
    that has no capital in Dutch, "mei 2025" → "Mei 2025".
    """
    first = 2 if current_language() == DUTCH and text.startswith(DIGRAPH) else 1
    return text[:first].upper() + text[first:]


def lower_first(text: str) -> str:
    """Write a text within a sentence, its first word small unless that has a spelling of its own:
    first-year medical students; PhD candidates.
    """
    return text[:1].lower() + text[1:] if _is_plain(text) else text


def raise_first(text: str) -> str:
    """Write a text at the beginning of a line: Guidance on AI; eHealth module."""
    return capitalise(text) if _is_plain(text) else text


def _is_plain(text: str) -> bool:
    """Tell whether a word has no capitals but its first letter, so that this one may change."""
    first = text.split(" ", 1)[0]
    return first[1:] == first[1:].lower()
