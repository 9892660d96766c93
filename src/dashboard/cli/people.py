"""People in the records: forget, merge-people, split-alias."""

import argparse
from collections.abc import Iterable

from dashboard import store
from dashboard.cli.commands import Command, add_log_options
from dashboard.cli.output import OK, open_store, print_answer
from dashboard.cli.publishing import ask_for_confirmation, log_entry, publish_candidate
from dashboard.shares import people_everywhere
from dashboard.text.counts import format_count


def add_forget(command: Command) -> None:
    added = command("forget", forget, "Remove a person from every kept version, for good.")
    added.add_argument("person", help="id of the person, such as job-doornberg")
    added.add_argument(
        "--name", action="append", default=[], help="another spelling to look for; repeatable"
    )
    added.add_argument(
        "--again", default="", metavar="NUMBER", help="person-removed-N that removed.json lacks"
    )
    add_log_options(added, confirm=True, required=False)


def add_merge_people(command: Command) -> None:
    added = command("merge-people", merge_people, "Make a candidate in which two people are one.")
    added.add_argument("keep", help="id that stays")
    added.add_argument("gone", help="id that becomes another spelling of it")
    add_log_options(added)


def add_split_alias(command: Command) -> None:
    added = command(
        "split-alias", split_alias, "Make a candidate in which a spelling is a person of its own."
    )
    added.add_argument("alias")
    added.add_argument("person", help="id of the new person")
    added.add_argument(
        "--event",
        action="append",
        default=[],
        help="at which the new person contributed; repeatable",
    )
    add_log_options(added)


def forget(options: argparse.Namespace) -> int:
    """Remove a person for good."""
    kept = open_store(options)
    if not options.yes:
        return _preview_forgetting(options, kept)
    options.message = options.message or "on request"
    done = people_everywhere.forget(
        kept, options.person, names=options.name, again=options.again, **log_entry(options)
    )
    print_answer(done, options, "\n".join(_describe_forgotten(done)))
    return OK


def _preview_forgetting(options: argparse.Namespace, kept: store.Store) -> int:
    """Say what forgetting a person would change, and ask for a confirmation."""
    print(people_everywhere.describe_forgetting(kept, options.person))
    if found := people_everywhere.preview_mentions(kept, options.person):
        print("On the shelf these change, and short links that search for the name go:")
        print("\n".join(_list_mentions(found)))
    return ask_for_confirmation(f"forget {options.person} --yes --message …")


def _describe_forgotten(done: store.Forgotten) -> list[str]:
    lines = [
        f"Built anew: {format_count(len(done.versions), 'version')}; {done.name} stands for the person."
    ]
    lines += [f"Version {lost} could not be built anew and was deleted." for lost in done.lost]
    if done.mentions:
        lines.append("These texts still contain the name; change them and publish:")
        lines += _list_mentions(done.mentions)
    lines.append(
        "Backups, exports and data/ still hold the person: see docs/operations.md, Forgetting."
    )
    return lines


def _list_mentions(mentions: Iterable[store.Mention]) -> list[str]:
    return [f"  {m.table} {m.record_id}, {m.column}: {m.text}" for m in mentions]


def merge_people(options: argparse.Namespace) -> int:
    """Propose that two people are one."""
    kept = open_store(options)
    options.yes = False
    made = store.merge_people(kept, options.keep, options.gone, **log_entry(options))
    return publish_candidate(options, kept, made, look_only=True)


def split_alias(options: argparse.Namespace) -> int:
    """Propose that a spelling is a person of its own."""
    kept = open_store(options)
    options.yes = False
    made = store.split_alias(
        kept, options.alias, options.person, events=options.event, **log_entry(options)
    )
    return publish_candidate(options, kept, made, look_only=True)
