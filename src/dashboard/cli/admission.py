"""Who was let in, on the command line: sign-out."""

import argparse
import re
from datetime import UTC, datetime

from dashboard.cli.commands import Command
from dashboard.cli.output import FAILED, OK, open_store, print_answer
from dashboard.model import settings
from dashboard.model.roles import EVERYBODY
from dashboard.shares import SharesDb, admissions

ACCOUNT = re.compile("[0-9a-f]{32}")
"""An account, as the page of somebody without access shows it."""


def add_sign_out(command: Command) -> None:
    added = command(
        "sign-out", sign_out, "End all sign-ins of an account, and withdraw its calendar addresses."
    )
    added.add_argument("account", nargs="?", help="as the foot of its pages says")
    added.add_argument(
        "--everybody", action="store_true", help="all accounts, such as after a secret was lost"
    )


def sign_out(options: argparse.Namespace) -> int:
    """End sign-ins before their time. Who may still look signs in again."""
    account = EVERYBODY if options.everybody else str(options.account or "")
    if account != EVERYBODY and not ACCOUNT.fullmatch(account):
        text = "An account has 32 characters from 0-9 and a-f; or say --everybody."
        print_answer({"error": "no account"}, options, text)
        return FAILED
    admissions.sign_out(
        SharesDb(settings.shares_file(open_store(options).root)), account, datetime.now(UTC)
    )
    who = "Everybody" if options.everybody else f"The account {account}"
    print_answer(
        {"signed_out": account}, options, f"{who} is signed out; who may still look signs in again."
    )
    return OK
