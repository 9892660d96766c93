"""The passages of a document: whatever of it is ours, from a number to a row of a table. Each has a
key that stays the same from year to year, by which a document is renewed without reading words.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.export.pptx.markers import text_digest
from dashboard.export.shown_values import ShownValue, select_said
from dashboard.export.view_export import Export, Number, clean, clean_line
from dashboard.export.word.sources import find_sources
from dashboard.export.word.stored import StoredPassage
from dashboard.text.messages import Words, _

NUMBER, NOTES, SOURCE = "number", "notes", "source"
"""The first words of the keys of numbers, of what must be known with them, and of footnotes."""


@dataclass(frozen=True)
class Passage:
    """A text of ours: its key ("number:events_held"), what it is in words, its cells (one, but for a
    row of a table) in pieces, the numbers that it says, the list or table it stands in, and its
    footnote.
    """

    key: str
    name: str
    cells: Sequence[Words]
    values: tuple[ShownValue, ...] = ()
    within: str = ""
    footnote: "Passage | None" = None

    @cached_property
    def tag(self) -> str:
        """The tag of its content control: at most 64 characters."""
        return f"dash:{hashlib.sha256(self.key.encode()).hexdigest()[:16]}"

    @cached_property
    def texts(self) -> list[str]:
        """The text of each cell."""
        return ["".join(text for text, _strong in cell) for cell in self.cells]

    @property
    def stored(self) -> StoredPassage:
        """What the document stores of it."""
        return StoredPassage(self.key, text_digest("\n".join(self.texts)), self.within, self.values)


def make_text(shown: Export, key: str, name: str, words: Words | str, **more: Any) -> Passage:
    """Make a passage of one text: a sentence, a heading, a line of a list."""
    return make_row(
        shown, key, name, [((words, False),) if isinstance(words, str) else words], **more
    )


def make_row(shown: Export, key: str, name: str, cells: Iterable[Words], **more: Any) -> Passage:
    """Make a passage of some cells. The numbers are those of the page that its texts say."""
    cleaned = [_clean_words(cell) for cell in cells]
    said = " ".join(text for cell in cleaned for text, _strong in cell)
    return Passage(
        clean_line(key), clean_line(name), cleaned, select_said(said, shown.values), **more
    )


def _clean_words(words: Words) -> Words:
    return tuple((clean(text), strong) for text, strong in words if text)


def key_of_number(word: str) -> str:
    """Give the key of a number's passage."""
    return f"{NUMBER}:{word}"


def make_number(number: Number) -> Passage:
    """Make the passage of a number, with its qualifier."""
    known = number.quantity.value is not None
    qualifier = f"{number.qualifier} " if number.qualifier else ""
    return Passage(
        key_of_number(number.metric.name),
        clean_line(number.metric.label),
        [_clean_words(((qualifier, False), (number.value, known)))],
        (number.shown_value,),
    )


def make_footnote(of_what: str, name: str, source: str) -> Passage | None:
    """Make the footnote of what a word or a link names; None where no source states it."""
    if not source:
        return None
    said = _("Source: {what}", what=clean_line(name))
    return Passage(clean_line(f"{SOURCE}:{of_what}"), said, [((clean(source), False),)])


def make_figure(
    shown: Export, number: Number, name: str, label: str
) -> tuple[Passage, Passage, Passage | None]:
    """Make a number with what it is called and what must be known with it; the footnote is at the
    label, because a mark at a number would look like a power. `name` says which number it is.
    """
    word = number.metric.name
    within, cited = f"figure:{word}", make_footnote(word, name, find_sources(shown.view, word))
    called = make_text(shown, f"label:{word}", name, label, within=within, footnote=cited)
    said = say_notes(number)
    notes = make_text(shown, f"{NOTES}:{word}", name, said, within=within) if said else None
    return make_number(number), called, notes


def say_notes(number: Number) -> str:
    """Say what must be known with a number, on one line."""
    return "; ".join(number.notes)
