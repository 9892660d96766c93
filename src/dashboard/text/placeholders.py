"""Numbers inside a text that the programme keeps: not typed, but named, and filled in when shown.

"{training_participants} in {events_held~our_role.organised}": a word in braces is what a drill-down
is called in a link, a metric and the filters that narrow it.
"""

import re
from collections.abc import Callable

from dashboard.text.sentences import capitalise

PLACEHOLDER = re.compile(r"\{([a-z_]+(?:~[a-z_]+\.[A-Za-z0-9-]+)*)\}")
SENTENCE_END = re.compile(r"[.!?]\s+\Z")


def find_placeholders(text: str) -> tuple[str, ...]:
    """Find the numbers that a text names, each once, in their order."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def fill_placeholders(text: str, describe: Callable[[str], str]) -> str:
    """Fill in what `describe` says of each number that a text names, such as "about 400 students";
    at the beginning of a sentence with a capital. Other braces stay as they are.
    """

    def fill(found: re.Match[str]) -> str:
        words, before = describe(found[1]), text[: found.start()]
        begins = not before.strip() or SENTENCE_END.search(before)
        return capitalise(words) if begins else words

    return PLACEHOLDER.sub(fill, text)
