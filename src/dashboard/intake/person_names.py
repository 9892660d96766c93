"""How the name of one person is written: Job Doornberg, “Doornberg, Job”, “Hof, Wil van ’t”, “Prof.
dr. J. Doornberg”.
"""

import re
from collections.abc import Sequence

from dashboard.schema.folding import fold, fold_words

TITLES = frozenset("prof professor dr drs ir mr mw dhr mevr mevrouw mrs ms".split())
DEGREES = frozenset(
    {"phd", "ph d", "md", "md phd", "msc", "m sc", "bsc", "b sc", "ma", "ba", "mba", "llm", "rn"}
)
PARTICLES = frozenset(
    "van von vom de den der des het t s in ter ten te tot op aan la le du da dos di del el al bin"
    " ben zu".split()
)
WORD = re.compile(r"'?[^\W_]+")


def split_name(name: str) -> tuple[str, ...]:
    """Split a name into its words, with the first name first, folded, without titles and degrees.
    An initial has one letter; the apostrophe of ’t tells that it is none. Of “J. (Job) Doornberg”,
    the first name in full stands for the initials.
    """
    called = " ".join(re.findall(r"\(([^()]*)\)", name))
    parts = [
        part
        for part in re.sub(r"\([^()]*\)", " ", name).split(",")
        if fold_words(part) not in {"", *DEGREES}
    ]
    last_name_first = len(parts) == 2
    words = _words(" ".join(reversed(parts)) if last_name_first else " ".join(parts))
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    if called and 0 < (count := count_initials(words)) < len(words):
        words = [*_words(called), *words[count:]]
    return tuple(words)


def _words(text: str) -> list[str]:
    return WORD.findall(fold(text))


def count_initials(words: Sequence[str]) -> int:
    """Count how many words at the beginning are initials."""
    return next((place for place, word in enumerate(words) if len(word) > 1), len(words))


def join_words(words: Sequence[str]) -> str:
    """Join the words of a name as fold_words gives them, without the apostrophe of ’t."""
    return " ".join(word.lstrip("'") for word in words)


def may_stand_for(words: Sequence[str], known: Sequence[str]) -> bool:
    """Return whether initials and a whole last name (`words`, as split_name gives them) may stand
    for a known name (its folded words): J. Doornberg for Job Doornberg, not J. P. Doornberg, and
    not J. Hof for Jan van ’t Hof.
    """
    count = count_initials(words)
    last = [word.lstrip("'") for word in words[count:]]
    first = known[: -len(last)] if last else ()
    return (
        0 < count <= len(first)
        and list(known[-len(last) :]) == last
        and PARTICLES.isdisjoint(first)
        and all(name.startswith(letter) for letter, name in zip(words, first, strict=False))
    )
