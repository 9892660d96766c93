"""Checks the texts that people share: titles, notes and links."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

from dashboard.intake import invisible
from dashboard.language.messages import N_
from dashboard.shares.database import SharesError

MAX_TITLE, MAX_NOTE, MAX_LINK = 200, 2000, 8000
TOO_LONG: Mapping[str, str] = {
    "title": N_("the title has {n} characters: at most {most}"),
    "note": N_("the note has {n} characters: at most {most}"),
    "words": N_("the words has {n} characters: at most {most}"),
    "author": N_("the author has {n} characters: at most {most}"),
    "label": N_("the label has {n} characters: at most {most}"),
}
"""By what the text is."""
PAGE = re.compile(r"/(?:[a-z][a-z-]{0,39})?")


def accept_title(text: str) -> str:
    """Accept a title: 1 to 200 characters on one line. Raises SharesError."""
    found = " ".join(_accept(invisible.check_line, text.strip(), "title").split())
    if not found:
        raise SharesError(N_("give it a title"))
    return _check_length(found, "title", MAX_TITLE)


def accept_note(text: str, what: str = "note", limit: int = MAX_NOTE) -> str:
    """Accept a text of at most 2,000 characters, which may have lines. `what` is one of TOO_LONG.
    Raises SharesError.
    """
    found = _accept(invisible.check_lines, text.replace("\r\n", "\n"), what).strip()
    return _check_length(found, what, limit)


def _check_length(text: str, what: str, most: int) -> str:
    if len(text) > most:
        raise SharesError(TOO_LONG[what], n=len(text), most=most)
    return text


def accept_link(text: str) -> str:
    """Accept the link to a page of the dashboard: path and query, such as "/events?year=2025".
    Raises SharesError.
    """
    if len(text) > MAX_LINK:
        raise SharesError(
            N_("the link has {n} characters: at most {most}; choose fewer values"),
            n=len(text),
            most=MAX_LINK,
        )
    if not _is_path_of_page(text):
        raise SharesError(N_("no link to a page of this dashboard: {link}"), link=_printable(text))
    return text


def _is_path_of_page(text: str) -> bool:
    """Return whether a text is a path with a query, and nothing that a browser might take for more."""
    if not text.isascii() or not text.isprintable() or any(sign in text for sign in '\\ "<>'):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    elsewhere = parts.scheme or parts.netloc or parts.fragment
    return not elsewhere and PAGE.fullmatch(parts.path) is not None


def published_link(text: str) -> str:
    """Accept a link that may be kept with words about what it shows: everybody reads these, so it
    shows nothing that is not published. Raises SharesError.
    """
    if "candidate" in dict(parse_qsl(urlsplit(accept_link(text)).query)):
        raise SharesError(
            N_("what is not published is not kept: its title would tell of it; publish it first")
        )
    return text


def accept_name(text: str, what: str) -> str:
    """Accept the name of somebody or something, which may be empty: at most 200 characters on one
    line. Raises SharesError.
    """
    return accept_note(_accept(invisible.check_line, text.strip(), what), what, MAX_TITLE)


def _accept(rule: Callable[[str, str], str], text: str, what: str) -> str:
    try:
        return rule(text, what)
    except invisible.UnwantedError as error:
        raise SharesError(*error.args) from None


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text[:60])
