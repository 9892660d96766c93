"""To do: what is not known, as questions to people, each with the message that asks them."""

from collections.abc import Iterator
from itertools import islice

import streamlit as st

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _
from dashboard.language.numbers import format_integer
from dashboard.model.roles import Role
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.ui import caches, clipboard, elements, state
from dashboard.ui.dialogs import share
from dashboard.ui.markdown import escape
from dashboard.ui.steward import correction
from dashboard.views import letter_text
from dashboard.views.inquiries import Inquiry, Letter
from dashboard.views.view import View, link_to_record

MAX_LETTERS = 20
"""As many people are listed."""
READ = 720
"""Pixels across which the questions are read (ui/static/site.css), and the message with them."""


def draw_worklist(view: View) -> None:
    """Draw what is not known: who may know it, what an answer gains, and a message ready to be sent."""
    letters = caches.get_letters(view)
    if not letters:
        st.success(_("Everything is known."), icon=":material/done_all:")
        return
    found = sum(len(letter.inquiries) + letter.more for letter in letters)
    st.header(_("To do: {questions}", questions=format_count(found, "question")), anchor=False)
    st.caption(_("What gains most stands first. A small number that is withheld stays unknown."))
    for nr, letter in enumerate(islice(letters, MAX_LETTERS)):
        elements.draw_elements(view, f"letter-{nr}", build_letter(letter, _is_steward()))
        _draw_message(view, letter, nr)
        st.space("medium")
    if (more := len(letters) - MAX_LETTERS) > 0:
        st.caption(_("and {people}", people=format_count(more, "more person")))


def _is_steward() -> bool:
    return state.current_person().role is Role.STEWARD


def build_letter(letter: Letter, steward: bool) -> Element:
    """Build what one person is asked, and what the answers gain together."""
    number = len(letter.inquiries) + letter.more
    return make_element(
        "section",
        make_element(
            "h2",
            letter.name,
            " ",
            make_element("small", format_integer(number)),
            css="block-heading",
        ),
        *(make_element("p", said, css="note") for said in _describe_letter(letter)),
        make_element(
            "ol", *(_build_inquiry(one, steward) for one in letter.inquiries), css="inquiries"
        ),
        make_element("p", _("and {n:,} more", n=letter.more), css="more") if letter.more else None,
        css="letter",
    )


def _describe_letter(letter: Letter) -> Iterator[str]:
    if letter.contact is None:
        yield _(
            "Ask the programme manager; who knows more can be named as the contact of a record."
        )
    if letter.targets:
        yield _(
            "While this is not known, the target for {numbers} cannot be judged.",
            numbers=join_names(list(letter.targets)),
        )
    if letter.gains and letter.gains[0].records > 1:
        yield letter.gains[0].sentence


def _build_inquiry(inquiry: Inquiry, steward: bool) -> Element:
    task = inquiry.task
    link = correction.link_to_correction(task.table, task.record_id) if task.answerable else ""
    return make_element(
        "li",
        make_element(
            "p", make_element("a", task.question, act=link_to_record(task.table, task.record_id))
        ),
        make_element("p", f"{inquiry.gain} {inquiry.reason}".strip(), css="note"),
        make_element(
            "p", make_element("a", _("Enter the answer"), css="inquiry-reply", act=f"page:{link}")
        )
        if link and steward
        else None,
        make_element(
            "details",
            make_element("summary", _("Where it stands")),
            make_element("p", task.where, css="note"),
        ),
        css="inquiry",
    )


def _draw_message(view: View, letter: Letter, nr: int) -> None:
    """Draw the message, to be copied or opened in a mail program."""
    programme = view.settings.short_name
    subject = letter_text.write_subject(letter, programme)
    message = letter_text.write_message(letter, programme, share.find_base_address(view))
    with st.expander(_("Message with these questions"), icon=":material/mail:", width=READ):
        st.markdown(_("Subject: {subject}", subject=escape(subject)))
        st.code(message, language=None, wrap_lines=True)
        with st.container(horizontal=True, vertical_alignment="center"):
            clipboard.draw_copy_button(message, f"copy-letter-{nr}", _("Copy message"))
            if link := letter_text.link_to_mail(letter, subject, message):
                st.link_button(_("Open in a mail program"), link, icon=":material/outgoing_mail:")
