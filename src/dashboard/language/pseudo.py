"""A language that is none: what is said without a message, is cut or overlaps is seen at once."""

import gettext
import re

PLACE = re.compile(r"(\{[^{}]*\}|\*\*)")
OPENING, CLOSING = "⟦", "⟧"
MARK = "ж"
"""A letter that no language of ours has, at the beginning of each message."""
LONGER = 0.4
"""By how much a message is longer than in English."""
FILL = "жщю "


class PseudoCatalogue(gettext.NullTranslations):
    """Every message in brackets, 40 % longer, with letters that are not Latin; its places stay."""

    def gettext(self, message: str) -> str:
        return disguise(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return disguise(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return disguise(message)


def disguise(message: str) -> str:
    """Write a message in brackets and longer, with its places."""
    if not message:
        return message
    letters = len(PLACE.sub("", message))
    more = max(1, round(letters * LONGER) - 2)
    filling = (FILL * (more // len(FILL) + 1))[:more].strip()
    return f"{OPENING}{message}{MARK}{filling}{CLOSING}" if letters else message
