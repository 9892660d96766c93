"""The message with which somebody is asked: ready to be sent, as text and as a link for a mail program."""

from urllib.parse import quote

from dashboard.language.messages import _, ngettext
from dashboard.views.inquiries import Inquiry, Letter

MAX_LINK = 1900
"""Letters of a link that mail programs take."""
PATH = "/records?tab=todo"


def write_subject(letter: Letter, programme: str) -> str:
    """Write what stands above the message; it names nobody."""
    return ngettext(
        "{n} question for the overview of {programme}",
        "{n} questions for the overview of {programme}",
        len(letter.inquiries),
        programme=programme,
    )


def write_message(letter: Letter, programme: str, base: str) -> str:
    """Write the message, without greeting and name: the questions with what each answer gains, how to
    answer, and the way back to the dashboard at its address `base`, if it has one.
    """
    parts = [
        ngettext(
            "One fact is not known yet for the overview of {programme}. Can you answer this?",
            "Some facts are not known yet for the overview of {programme}. Can you answer this?",
            len(letter.inquiries),
            programme=programme,
        ),
        *(_write_question(nr, one) for nr, one in enumerate(letter.inquiries, start=1)),
        _(
            "Reply with the number of the question and your answer. “Not known” is an answer too: then"
            " nobody asks again."
        ),
    ]
    if base:
        address = base + PATH
        parts.append(_("All open questions: {address}", address=address))
    return "\n\n".join(parts) + "\n"


def _write_question(nr: int, inquiry: Inquiry) -> str:
    gain = f"\n   {inquiry.gain}" if inquiry.gains else ""
    return f"{nr}. {inquiry.task.question}{gain}"


def link_to_mail(letter: Letter, subject: str, message: str) -> str:
    """Write the link that opens the message in a mail program, to the address of the contact where the
    records hold one; empty where it would be too long for one.
    """
    to = quote(letter.contact.address if letter.contact else "", safe="@")
    body = quote(message.replace("\n", "\r\n"), safe="")
    link = f"mailto:{to}?subject={quote(subject, safe='')}&body={body}"
    return link if len(link) <= MAX_LINK else ""
