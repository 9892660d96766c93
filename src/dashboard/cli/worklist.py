"""The worklist: what is not known, as questions to people."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from dashboard.cli.commands import Command
from dashboard.cli.output import OK, open_store, print_answer
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import ENGLISH, LANGUAGES, speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.model.settings import local_day
from dashboard.query.gains import Gain
from dashboard.query.quality import build_worklist
from dashboard.views import letter_text
from dashboard.views.inquiries import Inquiry, Letter, build_letters
from dashboard.views.view import open_view


def add_todo(command: Command) -> None:
    added = command(
        "todo", show_todo, "What is not known: whom to ask what, and what an answer gains."
    )
    added.add_argument("--lang", choices=list(LANGUAGES), default=ENGLISH, help="of the questions")
    help_of_version = "a version of the store (default: the served one)"
    added.add_argument("--version", default=None, metavar="ID", help=help_of_version)


def show_todo(options: argparse.Namespace) -> int:
    """Answer the questions by whom to ask, the most rewarding first."""
    store, chosen = open_store(options), settings.load()
    link = f"{letter_text.PATH}&{PARAMETER}={options.lang}"
    with speaking(options.lang):
        view = open_view(
            store,
            chosen,
            link,
            local_day(datetime.now(UTC), chosen),
            role=Role.STEWARD,
            version=store.open(options.version),
        )
        letters = build_letters(view, build_worklist(view.version))
        texts = [_format_letter(letter, chosen.short_name, chosen.public_url) for letter in letters]
        answer = [_describe_letter(letter) for letter in letters]
    print_answer(answer, options, "\n\n".join(texts) or "Everything is known.")
    return OK


def _format_letter(letter: Letter, programme: str, base: str) -> str:
    more = f"(and {letter.more} more)\n" if letter.more else ""
    message = letter_text.write_message(letter, programme, base)
    return f"{letter.name}: {letter_text.write_subject(letter, programme)}\n\n{message}{more}"


def _describe_letter(letter: Letter) -> Mapping[str, Any]:
    """Give a letter as plain values; nobody's has no name."""
    return {
        "name": letter.contact.name if letter.contact else None,
        "person_id": (letter.contact.person_id or None) if letter.contact else None,
        "more": letter.more,
        "gains": _describe_gains(letter.gains),
        "questions": [_describe_inquiry(one) for one in letter.inquiries],
    }


def _describe_inquiry(inquiry: Inquiry) -> Mapping[str, Any]:
    task = inquiry.task
    return {
        "kind": task.kind,
        "table": task.table,
        "record_id": task.record_id,
        "column": task.column,
        "question": task.question,
        "matter": task.matter,
        "where": task.where,
        "reason": inquiry.reason,
        "gains": _describe_gains(inquiry.gains),
    }


def _describe_gains(gains: Sequence[Gain]) -> list[Mapping[str, Any]]:
    return [
        {
            "metric": gain.metric,
            "year": gain.year,
            "known": gain.before.known,
            "known_then": gain.after.known,
            "of": gain.before.total,
            "sentence": gain.sentence,
        }
        for gain in gains
    ]
