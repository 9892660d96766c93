"""What is said later: to a reader in their language, to the log and the command line in English.

An error of the store or the shelf is written into the log and shown to a steward, often both, and
some faults are kept for a while. Such a message is therefore not said where it is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.language.messages import ENGLISH, _, speaking


@dataclass(frozen=True)
class Saying:
    """A message, marked by N_, and what fills its places: texts, numbers or other sayings; or a
    message that gives its words by itself when it is made a text, as those of intake. As text it is
    English.
    """

    message: object
    places: Mapping[str, object] = field(default_factory=dict)

    def say(self) -> str:
        """Say it in the reader's language."""
        if not isinstance(self.message, str):
            return str(self.message)
        if not self.places and set("{}") & set(self.message):  # a text of somebody else
            return self.message
        return _(self.message, **{name: _say(value) for name, value in self.places.items()})

    def __str__(self) -> str:
        with speaking(ENGLISH):
            return self.say()


class SpokenError(Exception):
    """An error that people read: `message` and `places` are those of a Saying, or it is one. Its
    text, for the log and the command line, is English; `say` gives it to readers.
    """

    def __init__(self, message: object, /, **places: object) -> None:
        self.saying = message if isinstance(message, Saying) else Saying(message, places)
        super().__init__(str(self.saying))

    def say(self) -> str:
        """Say what is wrong in the reader's language."""
        return self.saying.say()


def _say(value: object) -> object:
    return value.say() if isinstance(value, Saying | SpokenError) else value
