"""What a command of the command line is made with, and options that several of them share."""

import argparse
from collections.abc import Callable
from pathlib import Path

Action = Callable[[argparse.Namespace], int]
"""Does what a command asks for and returns the exit code."""
Command = Callable[[str, Action, str], argparse.ArgumentParser]
"""Adds a command: its name, its action and what its help says."""


def add_log_options(
    parser: argparse.ArgumentParser, *, confirm: bool = False, required: bool = True
) -> None:
    """Add who changes something and why, and whether a large change is meant."""
    parser.add_argument("--message", required=required, default="", help="why, for the log")
    parser.add_argument(
        "--author", default=None, help="who, for the log (default: the user of this computer)"
    )
    if confirm:
        parser.add_argument("--yes", action="store_true", help="the change is meant, however large")


def add_output_option(parser: argparse.ArgumentParser) -> None:
    """Add where a file is written, which has to be said."""
    parser.add_argument("-o", "--output", type=Path, required=True, help="where to")
