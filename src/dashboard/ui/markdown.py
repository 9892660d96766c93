"""Escaping: text of the records as Markdown that is text only."""

import re

MARKUP_CHARACTERS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
AUTOLINKS = re.compile(
    r"(?<=:)(?=//|material/|[A-Za-z0-9_+-]+:)|(?<=\bwww)(?=\.)|(?<=[\w+-])(?=@\w)", re.IGNORECASE
)
"""Inside what Streamlit makes a link (https://…, www.…, somebody@…), an icon or a small picture
(:material/…:, :smile:) of although every character is escaped: it looks for them in the text that
Markdown has left.
"""
EMPTY_DIRECTIVE = ":small[]"
"""A piece of nothing, which parts a text for such looking and for nobody else."""


def escape(text: object) -> str:
    """Return a text of the records for Markdown: nothing in it is a link, an image, HTML, a
    directive, an icon or another line.
    """
    words = re.sub(r"\s+", " ", "" if text is None else str(text))
    return EMPTY_DIRECTIVE.join(
        MARKUP_CHARACTERS.sub(r"\\\1", part) for part in AUTOLINKS.split(words)
    )
