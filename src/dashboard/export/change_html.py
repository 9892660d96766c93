"""What changed since, as HTML for programs that are none of ours: a message and a feed. No style that a
reader could not do without, no picture, nothing that is fetched.

The elements are made by lxml, which escapes what a record says.
"""

from collections.abc import Sequence

from lxml import etree

from dashboard.export.view_export import clean, clean_line
from dashboard.language.messages import Words, ngettext
from dashboard.publishing.since import Change, Since, list_parts, make_headline
from dashboard.publishing.since.summary import MAX_SAID


def add_changes(
    parent: etree._Element, since: Since, notes: Sequence[str], heading: str = "h2"
) -> None:
    """Add to an element what `write_text` says: the headline, the sentences of each part under the
    `heading` of that level, and what is to be noted.
    """
    _add_words(etree.SubElement(parent, "p"), make_headline(since))
    for name, changes in list_parts(since).items():
        etree.SubElement(parent, heading).text = name
        listed = etree.SubElement(parent, "ul")
        for change in changes[:MAX_SAID]:
            _add_words(etree.SubElement(listed, "li"), change.words(), change)
        if (more := len(changes) - MAX_SAID) > 0:
            etree.SubElement(listed, "li").text = ngettext("and {n:,} more", "and {n:,} more", more)
    for note in notes:
        etree.SubElement(parent, "p").text = clean_line(note)


def _add_words(element: etree._Element, words: Words, change: Change | None = None) -> None:
    """Add a text in pieces; what a change is about is marked with its language where that is not the
    reader's.
    """
    for text, strong in words:
        if strong:
            bold = etree.SubElement(element, "strong")
            bold.text = clean(text)
            if change and change.title.lang:
                bold.set("lang", change.title.lang)
        elif len(element):
            element[-1].tail = clean(text)
        else:
            element.text = clean(text)


def add_link(parent: etree._Element, text: str, address: str) -> None:
    """Add a paragraph that is a link."""
    etree.SubElement(etree.SubElement(parent, "p"), "a", href=address).text = clean_line(text)


def write_html(element: etree._Element) -> str:
    """Write an element as HTML."""
    written: str = etree.tostring(element, method="html", encoding="unicode")
    return written
