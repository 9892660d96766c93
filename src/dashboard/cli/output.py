"""Print what the command line answers, in words or as JSON; and its exit codes."""

import argparse
import sys
from typing import Any

from dashboard.export.as_json import to_json
from dashboard.intake.groups import group_problems
from dashboard.intake.problems import Refused
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import ENGLISH, is_language
from dashboard.model import settings
from dashboard.store import Store
from dashboard.views.view import split_link

OK, FOUND_PROBLEMS, FAILED, CONFIRM, NOTHING = 0, 1, 2, 3, 4
MAX_PROBLEMS = 20
"""As many problems are said one by one; of more, each rule is said once for all its rows."""


def open_store(options: argparse.Namespace) -> Store:
    """Give the store that was named, or the one that is served."""
    return Store(options.store or settings.store_folder())


def find_language(link: str) -> str:
    """Find the language in which a file of a view is made: that of its link, English without one."""
    asked = dict(split_link(link)[1]).get(PARAMETER, "")
    return asked if is_language(asked) else ENGLISH


def print_problems(refused: Refused, options: argparse.Namespace) -> int:
    """Say every problem, or where there are many, each rule once with its rows; returns the exit
    code.
    """
    if getattr(options, "json", False):
        print(to_json({"problems": [problem.as_dict() for problem in refused.problems]}))
    else:
        few = len(refused.problems) <= MAX_PROBLEMS
        for line in refused.problems if few else group_problems(refused.problems):
            print(line)
        print(f"{refused}; nothing was published.", file=sys.stderr)
    return FOUND_PROBLEMS


def print_answer(answer: Any, options: argparse.Namespace, text: str) -> None:
    """Print the answer as JSON where that was asked for, else the text."""
    print(to_json(answer) if options.json else text)
