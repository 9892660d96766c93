"""What is said of files and records, kept as the messages that it is made of: it is put into words
when somebody reads it, in that reader's language.

What was found in a delivery outlives the request that found it: it stands on the page of a steward
who may change the language, and it comes out of a process that does not know who reads. So `_` and
`ngettext` give a Message here, by the names by which gettext's tools find what is to be translated.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from dashboard.language import messages as said
from dashboard.language.messages import N_
from dashboard.text.lists import join_names

__all__ = [
    "N_",
    "Complaint",
    "Message",
    "TermName",
    "Text",
    "_",
    "join_sentences",
    "ngettext",
    "pgettext",
    "read_text",
    "say_any_of",
]


@dataclass(frozen=True)
class _Words:
    """What has no words of its own until it is read: `str()` gives them in the language of now."""

    def __format__(self, form: str) -> str:
        return format(str(self), form)


@dataclass(frozen=True)
class Message(_Words):
    """A message with what fills its named places; one with a form for `many` also with the number
    that chooses, one of two meanings with the `context` that tells which.
    """

    text: str
    places: tuple[tuple[str, "Place"], ...] = ()
    many: str = ""
    number: int = 0
    context: str = ""

    def __str__(self) -> str:
        if self.context:
            return said.pgettext(self.context, self.text, **dict(self.places))
        if self.many:
            return said.ngettext(self.text, self.many, self.number, **dict(self.places))
        return said._(self.text, **dict(self.places))


class Complaint:
    """What is wrong, `said`, and how to `mend` it; in words when they are read."""

    said: "Text"
    mend: "Text"

    @property
    def message(self) -> str:
        return str(self.said)

    @property
    def hint(self) -> str:
        return str(self.mend)


@dataclass(frozen=True)
class Sentences(_Words):
    """Whole sentences that follow each other."""

    sentences: tuple["Text", ...]

    def __str__(self) -> str:
        return " ".join(filter(None, map(str, self.sentences)))


@dataclass(frozen=True)
class AnyOf(_Words):
    """A list of which one is meant: a, b or c."""

    names: tuple["Text", ...]

    def __str__(self) -> str:
        return join_names(list(map(str, self.names)), "or")


@dataclass(frozen=True)
class TermName(_Words):
    """A term of a vocabulary: its id, in Dutch its label."""

    term: str
    label: str

    def __str__(self) -> str:
        return self.label if said.current_language() == said.DUTCH else self.term


Text: TypeAlias = str | Message | Sentences
"""What is said of a file: for people only. A plain text is what has no other words."""
Place: TypeAlias = str | int | float | Message | Sentences | AnyOf | TermName


def _(message: str, /, **places: Place) -> Message:
    """Keep a message with its named places, to be said to whoever reads it."""
    return Message(message, tuple(places.items()))


def ngettext(one: str, many: str, n: int, /, **places: Place) -> Message:
    """Keep the message in both forms, with the number that stands in it as `{n}`."""
    return Message(one, tuple(places.items()), many, n)


def pgettext(context: str, message: str, /, **places: Place) -> Message:
    """Keep a message whose English word means two things: `context` says which."""
    return Message(message, tuple(places.items()), context=context)


def join_sentences(*sentences: Text) -> Sentences:
    """Keep whole sentences that follow each other; empty ones are left out."""
    return Sentences(sentences)


def say_any_of(names: Sequence[Text]) -> AnyOf:
    """Keep names of which one is meant: a, b or c."""
    return AnyOf(tuple(names))


def read_text(given: Any) -> Text:
    """Make a text again of what JSON made of it in the limited process."""
    found = _read(given)
    assert isinstance(found, str | Message | Sentences)
    return found


def _read(given: Any) -> Any:
    if isinstance(given, Mapping):
        return next(make(given) for name, make in _MAKERS.items() if name in given)
    return given


_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], Place]] = {
    "text": lambda given: Message(
        given["text"],
        tuple((name, _read(value)) for name, value in given["places"]),
        given["many"],
        given["number"],
        given["context"],
    ),
    "sentences": lambda given: Sentences(tuple(map(_read, given["sentences"]))),
    "names": lambda given: AnyOf(tuple(map(_read, given["names"]))),
    "term": lambda given: TermName(given["term"], given["label"]),
}
"""How each sort of words is made again, by the name of its first field."""
