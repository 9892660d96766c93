"""A language that is none: what is said without a message, is cut or overlaps is seen at once."""

import gettext
import re

PLACE = re.compile(r"(\{[^{}]*\}|\*\*)")
LETTERS = re.compile(r"[^\W\d_]")
OPENING, CLOSING = "⟦", "⟧"
LONGER = 0.4
"""By how much a message is longer than in English."""
FILL = "жщю "
"""Letters that no language of ours has."""


class PseudoCatalogue(gettext.NullTranslations):
    """Every message longer and in brackets, with letters that are not Latin. Its places stand between
    brackets, so that what fills them has to be a message, too, or a text of the records.
    """

    def gettext(self, message: str) -> str:
        return disguise(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return disguise(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return disguise(message)


def disguise(message: str) -> str:
    """Write what a message says between its places in brackets, and longer."""
    return "".join(_disguise_piece(piece) for piece in PLACE.split(message))


def _disguise_piece(piece: str) -> str:
    if PLACE.fullmatch(piece) or not LETTERS.search(piece):
        return piece
    inner = piece.strip()
    before, after = piece[: piece.index(inner)], piece[piece.index(inner) + len(inner) :]
    more = max(1, round(len(inner) * LONGER) - 2)
    filling = (FILL * (more // len(FILL) + 1))[:more].strip()
    return f"{before}{OPENING}{inner}{filling}{CLOSING}{after}"
