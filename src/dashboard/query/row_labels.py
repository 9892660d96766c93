"""What a row of an answer is called: its label, in the reader's language."""

from collections.abc import Mapping

from dashboard.language.messages import Said, _, choose_term, choose_text
from dashboard.text.counts import format_count

PLAIN = ("table_name", "record_id", "label", "date", "value", "kind", "disputed")
"""What the rows behind a number have for programs; the rest is for say_label."""


NAMED = frozenset({"people", "organisations", "places"})
"""Tables whose records are called by a name, which is in no language."""


def keep_plain(row: Mapping[str, object]) -> dict[str, object]:
    """Keep of a row behind a number what programs read, as the command line gives it."""
    return {name: row[name] for name in PLAIN if name in row}


def say_label(row: Mapping[str, object]) -> Said:
    """Say what a record that was found, or that is behind a number, is called: a country with its
    events, a contribution with who, as what; else the label, in a second language where the source
    has it.
    """
    if row["table_name"] == "countries":
        events = format_count(int(str(row["events"])), "event")
        return Said(_("{country}: {events}", country=row["record_id"], events=events))
    if "work" in row:
        role = choose_term(row, "role").lower()
        return Said(_("{name}, {role}: {work}", name=row["name"], role=role, work=row["work"]))
    if row["table_name"] in NAMED:
        return Said(str(row["label"]))
    return choose_text(row, "label")
