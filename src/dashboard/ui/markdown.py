"""Text of the records as Markdown that is text only."""

import re

MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
READ_ANYWHERE = re.compile(
    r"(?<=:)(?=//|material/|[A-Za-z0-9_+-]+:)|(?<=\bwww)(?=\.)|(?<=[\w+-])(?=@\w)", re.IGNORECASE
)
"""Inside what Streamlit makes a link (https://…, www.…, somebody@…), an icon or a small picture
(:material/…:, :smile:) of although every character is escaped: it looks for them in the text that
Markdown has left.
"""
NOTHING = ":small[]"
"""A piece of nothing, which parts a text for such looking and for nobody else."""


def plain(text: object) -> str:
    """Text of the records for Markdown: nothing in it is a link, an image, HTML, a directive, an
    icon or another line.
    """
    words = re.sub(r"\s+", " ", "" if text is None else str(text))
    return NOTHING.join(MARKUP.sub(r"\\\1", part) for part in READ_ANYWHERE.split(words))
