"""Who was let in, on the command line: sign-out."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime

from dashboard.cli.output import FAILED, OK, say, store_of
from dashboard.model import settings
from dashboard.model.roles import EVERYBODY
from dashboard.shares import Shelf, admissions

Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]
ACCOUNT = 32
"""Characters of an account, as the page of somebody without access shows it."""


def add_commands(command: Command) -> None:
    """The command of who was let in."""
    one = command(
        "sign-out", sign_out, "End all sign-ins of an account, and withdraw its calendar addresses."
    )
    one.add_argument("account", nargs="?", help="as the foot of its pages says")
    one.add_argument(
        "--everybody", action="store_true", help="all accounts, such as after a secret was lost"
    )


def sign_out(options: argparse.Namespace) -> int:
    """End sign-ins before their time. Who may still look signs in again."""
    account = EVERYBODY if options.everybody else str(options.account or "")
    if account != EVERYBODY and (
        len(account) != ACCOUNT or not set(account) <= set("0123456789abcdef")
    ):
        say(
            {"error": "no account"},
            options,
            f"An account has {ACCOUNT} characters from 0-9 and a-f; or say --everybody.",
        )
        return FAILED
    admissions.sign_out(
        Shelf(settings.shares_file(store_of(options).root)), account, datetime.now(UTC)
    )
    who = "Everybody" if options.everybody else f"The account {account}"
    say(
        {"signed_out": account}, options, f"{who} is signed out; who may still look signs in again."
    )
    return OK
