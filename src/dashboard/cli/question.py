"""A question in words: ask."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from dashboard.asking.answer import Answer
from dashboard.asking.question import answer_question
from dashboard.cli.commands import Command
from dashboard.cli.output import OK, open_store, print_answer
from dashboard.language.messages import ENGLISH, LANGUAGES, _, ngettext, speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.views.content import Line
from dashboard.views.view import open_view


def add_ask(command: Command) -> None:
    added = command("ask", ask, "Answer a question in words, in Dutch or English.")
    added.add_argument("question", help='such as "how many keynotes in spring"')
    added.add_argument(
        "--language",
        choices=list(LANGUAGES),
        default=ENGLISH,
        help="of the answer (default: en); a question may be in either",
    )
    help_of_version = "a version of the store (default: the served one)"
    added.add_argument("--version", default=None, metavar="ID", help=help_of_version)


def ask(options: argparse.Namespace) -> int:
    """Answer a question of the version that is served, or of another one."""
    store, chosen = open_store(options), settings.load()
    today = settings.local_day(datetime.now(UTC), chosen)
    version = store.open(options.version)
    with speaking(options.language):
        view = open_view(store, chosen, "/", today, role=Role.STEWARD, version=version)
        answer = answer_question(view, options.question)
        print_answer(answer.to_json(), options, "\n".join(_describe(answer)))
    return OK


def _describe(answer: Answer) -> Iterator[str]:
    yield answer.sentence
    for line in answer.lines:
        yield f"  {_describe_line(line)}"
    if answer.more:
        yield f"  {ngettext('and {n:,} more', 'and {n:,} more', answer.more)}"
    if answer.wider and answer.link and not answer.reading.choices:
        yield _("Also possible:")
    for label, link in answer.wider:
        yield f"  {label}  {link}"
    yield from answer.notes
    if answer.link:
        yield answer.link


def _describe_line(line: Line) -> str:
    return "  ".join(part for part in (line.when, line.text, line.note, line.place) if part)
