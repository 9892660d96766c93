"""What changed since, as a message (RFC 5322): text and HTML, in one language, to be sent by a program of
the house. Nothing is sent from here.

The subject names no person, whatever is chosen and whatever a meeting is called: it stands in lists
of messages, on locked telephones and in the logs of mail servers.
"""

import hashlib
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from lxml import etree

from dashboard.export.change_html import add_changes, add_link, write_html
from dashboard.export.view_export import clean_line, link_to
from dashboard.language.messages import N_, _, speaking
from dashboard.publishing.since import Since, write_text
from dashboard.text.dates import format_day
from dashboard.views.content.changes import list_notes, make_title, read_since
from dashboard.views.resolve_since import Basis
from dashboard.views.view import View

WIDTH = 72
"""Letters of a line of text."""
ADDRESS = re.compile(r"(?:([^<>\"\r\n]*?)\s*<([^<>\s@]+@[^<>\s@]+)>|([^<>\s@]+@[^<>\s@]+))")
"""A name and an address behind it, or an address alone."""
WITHOUT_LINK = N_(
    "All of it, with the records behind every number, is in the dashboard under Changes."
)
STYLE = "max-width: 42rem; margin: 1.5rem auto; padding: 0 1rem; font-family: sans-serif; line-height: 1.5"


class DigestError(Exception):
    """A message that cannot be made: of a meeting that is not there, to what is no address; the words are
    for people.
    """


@dataclass(frozen=True)
class Digest:
    """What a message says: `title` and `link` (empty where nobody knows the dashboard's address), what
    changed and the notes about it.
    """

    view: View
    basis: Basis
    since: Since
    link: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told under the filters: then there is nothing to send."""
        return not (self.since.changes or self.since.too_many)

    @property
    def subject(self) -> str:
        """The subject, in which nobody is named."""
        programme = clean_line(self.view.settings.short_name)
        day = format_day(self.basis.day)
        return _("{programme}: what changed since {day}", programme=programme, day=day)

    @property
    def title(self) -> str:
        """The heading, with the meeting since which it is."""
        return make_title(self.basis)

    @property
    def notes(self) -> Sequence[str]:
        """What is to be noted: of the link, of what is compared with, of what is not told. What of the
        link is not understood is not repeated: it may be the id of somebody who was forgotten.
        """
        found = self.basis.notices
        left_out = [notice for notice in self.view.notices if notice not in found]
        of_link = (_("Part of what was chosen is not known here and was left out."),)
        return (*(of_link if left_out else ()), *found, *list_notes(self.since))

    @property
    def origin(self) -> str:
        """Whose data these are, of which day and version."""
        view = self.view
        origin = _(
            "{programme}, {organisation} · data as of {day} · version {version}",
            programme=view.settings.name,
            organisation=view.settings.organisation,
            day=format_day(view.published_day),
            version=view.version.id,
        )
        return (
            f"{_('Demo data: generated, not real records.')} {origin}" if view.generated else origin
        )


def read_digest(view: View) -> Digest:
    """Read what a message about a view of changes says. Raises StoreError."""
    with speaking(view.language):
        basis, since = read_since(view)
    public = view.settings.public_url
    return Digest(view, basis, since, public + link_to(view) if public else "")


def build_message(
    digest: Digest, *, to: Sequence[str] = (), sender: str = "", now: datetime
) -> EmailMessage:
    """Build the message. `to` and `sender` are addresses, "board@example.org" or "Board
    <board@example.org>"; without them whoever sends it adds them. The same digest at the same time
    gives the same bytes. Raises DigestError.
    """
    with speaking(digest.view.language):
        text, html = write_plain(digest), _write_page(digest)
        made = EmailMessage()
        made["Subject"] = digest.subject
    if sender:
        made["From"] = parse_address(sender)
    if to:
        made["To"] = [parse_address(one) for one in to]
    made["Date"] = format_datetime(now)
    identity = hashlib.sha256(f"{now.date()}\0{text}".encode()).hexdigest()[:32]
    made["Message-ID"] = f"<{identity}@{find_host(digest.view)}>"
    made["Auto-Submitted"] = (
        "auto-generated"  # no answer that somebody is away comes back (RFC 3834)
    )
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    made["Content-Language"] = digest.view.language  # setting the content takes it away
    made.set_boundary(f"==={identity}")
    return made


def parse_address(text: str) -> Address:
    """Parse an address, with a name before it or without. Raises DigestError."""
    found = ADDRESS.fullmatch(text.strip())
    try:
        if found:
            return Address(found[1] or "", addr_spec=found[2] or found[3])
    except (HeaderParseError, ValueError, IndexError):  # what the library raises for what is none
        pass
    raise DigestError(
        f"“{clean_line(text)[:80]}” is no address: write board@example.org, or 'Board"
        " <board@example.org>'"
    )


def find_host(view: View) -> str:
    """Find the host that stands in identifiers: that of the public address, else one after the short
    name of the programme.
    """
    name = re.sub(r"[^a-z0-9]+", "-", view.settings.short_name.lower()).strip("-")
    return urlsplit(view.settings.public_url).hostname or f"{name or 'programme'}.dashboard"


def write_plain(digest: Digest) -> str:
    """Write the text, in lines of WIDTH letters; an address stays whole."""
    body = write_text(digest.since, notes=digest.notes)
    way = _("All of it, with the records behind every number:") if digest.link else _(WITHOUT_LINK)
    whole = [one for line in (digest.title, "", *body.splitlines(), "", way) for one in _wrap(line)]
    link = [digest.link] if digest.link else []
    return "\n".join([*whole, *link, "", "-- ", *_wrap(digest.origin)]) + "\n"


def _wrap(line: str) -> Sequence[str]:
    indent = "  " if line.startswith("– ") else ""
    said = clean_line(line)
    return textwrap.wrap(
        said, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [""]


def _write_page(digest: Digest) -> str:
    """Write the HTML: elements of text alone, light or dark as the reader's program is."""
    page = etree.Element("html", lang=digest.view.language)
    head = etree.SubElement(page, "head")
    etree.SubElement(head, "meta", charset="utf-8")
    for name in ("color-scheme", "supported-color-schemes"):
        etree.SubElement(head, "meta", name=name, content="light dark")
    etree.SubElement(head, "title").text = digest.subject
    body = etree.SubElement(page, "body", style=STYLE)
    etree.SubElement(body, "h1").text = clean_line(digest.title)
    add_changes(body, digest.since, digest.notes)
    if digest.link:
        add_link(body, _("All of it, with the records behind every number"), digest.link)
    else:
        etree.SubElement(body, "p").text = _(WITHOUT_LINK)
    etree.SubElement(etree.SubElement(body, "p"), "small").text = clean_line(digest.origin)
    return f"<!DOCTYPE html>\n{write_html(page)}\n"
