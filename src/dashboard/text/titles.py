"""Titles where there is little room: beside a mark of a chart, on a card."""

import re
from collections.abc import Mapping

from dashboard.language.messages import Said, choose_text

MAX_SHORT_TITLE = 28
"""Letters of a title that stands beside a mark."""
FIRST_PART = re.compile(r"[^:?]*\??")


def shorten_title(title: str, short_title: str | None = None) -> str:
    """Shorten a title for a label: the short one that the records keep, else the title up to its
    first colon (left out) or question mark (kept), cut at a word after 28 letters with "…".
    """
    if short_title and short_title.strip():
        return _cut_at_word(short_title.strip())
    found = FIRST_PART.match(title)
    whole = (found[0].strip() if found else "") or title.strip()
    return _cut_at_word(whole)


def find_short_title(row: Mapping[str, object], title: str) -> str:
    """Find the short title that a record keeps of that one of its titles which is shown; empty where
    it keeps none.
    """
    kept = {row.get("title_nl"): "short_title_nl", row["title"]: "short_title"}
    return str(row.get(kept.get(title, "")) or "").strip()


def choose_name(row: Mapping[str, object]) -> Said:
    """Choose by which title a record is called, as `choose_text`: by the short one that it keeps,
    else by the whole.
    """
    title, lang = choose_text(row, "title")
    return Said(find_short_title(row, title) or title, lang)


def choose_short_title(row: Mapping[str, object]) -> Said:
    """Choose the title of a record for a label, as `choose_text`, shortened as `shorten_title`."""
    title, lang = choose_text(row, "title")
    return Said(shorten_title(title, find_short_title(row, title)), lang)


def _cut_at_word(text: str) -> str:
    """Cut a text that is too long between two words; a word that alone is too long is cut within."""
    if len(text) <= MAX_SHORT_TITLE:
        return text
    kept = text[: MAX_SHORT_TITLE + 1]
    kept = kept.rsplit(None, 1)[0] if re.search(r"\s", kept) else kept[:MAX_SHORT_TITLE]
    return kept.rstrip(" ,;.–-") + "…"
