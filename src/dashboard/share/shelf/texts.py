"""What may stand on the shelf: titles, notes and links."""

import re
import unicodedata
from urllib.parse import parse_qsl, urlsplit

from dashboard.share.shelf.file import ShelfError

MAX_TITLE, MAX_NOTE, MAX_LINK = 200, 2000, 8000
PAGE = re.compile(r"/(?:[a-z][a-z-]{0,39})?")
TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of the text around them: a title could say something else than it holds."""


def title(text: str) -> str:
    """A title: 1 to 200 characters on one line. Raises ShelfError."""
    found = " ".join(_clean(text, "title").split())
    if not found:
        raise ShelfError("give it a title")
    if len(found) > MAX_TITLE:
        raise ShelfError(f"the title has {len(found)} characters: at most {MAX_TITLE}")
    return found


def note(text: str, what: str = "note", limit: int = MAX_NOTE) -> str:
    """A text of at most 2,000 characters, which may have lines. Raises ShelfError."""
    found = _clean(text.replace("\r\n", "\n"), what).strip()
    if len(found) > limit:
        raise ShelfError(f"the {what} has {len(found)} characters: at most {limit}")
    return found


def link(text: str) -> str:
    """The link to a page of the dashboard: path and query, such as "/events?year=2025". Raises ShelfError."""
    if len(text) > MAX_LINK:
        raise ShelfError(f"the link has {len(text)} characters: at most {MAX_LINK}; choose fewer values")
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = None
    odd = not text.isascii() or not text.isprintable() or any(sign in text for sign in '\\ "<>')
    if parts is None or odd or parts.scheme or parts.netloc or parts.fragment or not PAGE.fullmatch(parts.path):
        raise ShelfError(f"no link to a page of this dashboard: {_shown(text)}")
    return text


def published_link(text: str) -> str:
    """A link that may be kept with words about what it shows: everybody reads these, so it shows nothing that is not published.
    Raises ShelfError."""
    if "candidate" in dict(parse_qsl(urlsplit(link(text)).query)):
        raise ShelfError("what is not published is not kept: its title would tell of it; publish it first")
    return text


def _clean(text: str, what: str) -> str:
    bad = [c for c in text if c in TURNS or (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t")]
    if bad:
        names = ", ".join(sorted({f"U+{ord(c):04X}" for c in bad}))
        raise ShelfError(f"the {what} holds characters that cannot be seen ({names}): type it anew")
    return text


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() and c not in TURNS else "�" for c in text[:60])
