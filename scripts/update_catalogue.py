"""Bring src/dashboard/language/nl.po up to date with the messages in the code, or check that it is.

    python scripts/update_catalogue.py            write new messages into it, without a translation, and drop unused ones
    python scripts/update_catalogue.py --check    end with 1 where a message is missing, unused, or has other places
    python scripts/update_catalogue.py --missing  print what has no translation yet

Babel extracts the messages (docs/translating.md); those of schema.sql are read by the contract.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.schema.contract import list_messages

PROJECT = Path(__file__).resolve().parents[1]
CATALOGUE = PROJECT / "src" / "dashboard" / "language" / "nl.po"
FOLDERS = ("pages", "src/dashboard")
KEYWORDS = {
    "_": None,
    "N_": None,
    "emphasize": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NP_": ((1, "c"), 2),
}
"""By which functions of language.messages and language.nouns a message is said or marked."""
SCHEMA = "src/dashboard/schema/schema.sql"
"""What its comments say of tables and columns are messages as well (schema.contract.say_meaning)."""
PLACE = re.compile(r"\{([a-z_]*)[^{}]*\}")
WIDTH = 100


def extract() -> Catalog:
    """Extract the messages of the code, with the places where they stand."""
    found = Catalog(locale="nl", project="dashboard", charset="utf-8", fuzzy=False)
    for folder in FOLDERS:
        for file, line, message, comments, context in extract_from_dir(
            PROJECT / folder,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
        ):
            found.add(
                message, None, [(f"{folder}/{file}", line)], auto_comments=comments, context=context
            )
    for message in list_messages():
        found.add(message, None, [(SCHEMA, 0)])
    return found


def read_catalogue() -> Catalog:
    """Read the translations."""
    return read_po(BytesIO(CATALOGUE.read_bytes()), locale="nl")


def list_faults(wanted: Catalog, kept: Catalog) -> Iterator[str]:
    """List what keeps a reader from a message in Dutch, or would break it."""
    for message in wanted:
        if not message.id:
            continue
        translated = kept.get(message.id, message.context)
        if translated is None or not all(_forms(translated.string)):
            yield f"not translated: {_name(message)}"
        elif translated.fuzzy:
            yield f"to be looked at (fuzzy): {_name(message)}"
        else:
            yield from _compare_places(message, translated)
    for message in kept:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"used nowhere: {_name(message)}"


def _compare_places(message: Message, translated: Message) -> Iterator[str]:
    allowed = {place for form in _forms(message.id) for place in PLACE.findall(form)}
    forms = _forms(translated.string)
    for nr, form in enumerate(forms):
        places = set(PLACE.findall(form))
        needed = set(PLACE.findall(_forms(message.id)[min(nr, len(_forms(message.id)) - 1)]))
        if places - allowed or (needed - places and len(forms) == 1):
            yield f"other places than the message: {_name(message)} → {form}"
        if form.count("**") % 2:
            yield f"** without its end: {_name(message)} → {form}"


def _forms(said: object) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, tuple | list) else (str(said or ""),)


def _name(message: Message) -> str:
    where = f"  ({message.locations[0][0]}:{message.locations[0][1]})" if message.locations else ""
    return f"{' | '.join(_forms(message.id))!r}{where}"


def merge(wanted: Catalog, kept: Catalog) -> Catalog:
    """Give the messages of the code with the translations that there are."""
    for message in wanted:
        found = kept.get(message.id, message.context) if message.id else None
        if found is not None and message.pluralizable == found.pluralizable:
            message.string = found.string
            message.user_comments = found.user_comments
    return wanted


def write(catalogue: Catalog) -> None:
    """Write the catalogue, in the order of the messages, without the lines of the code: they change
    with every commit.
    """
    for message in catalogue:
        message.locations = list(dict.fromkeys((file, 0) for file, _line in message.locations))
    out = BytesIO()
    write_po(out, catalogue, width=WIDTH, sort_output=True, omit_header=False, include_lineno=False)
    text = re.sub(
        r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team).*\n',
        "",
        out.getvalue().decode(),
        flags=re.MULTILINE,
    )
    CATALOGUE.write_text(text, "utf-8")


def main() -> int:
    """Do what is asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--missing", action="store_true")
    asked = parser.parse_args()
    wanted, kept = extract(), read_catalogue()
    if asked.check or asked.missing:
        faults = list(list_faults(wanted, kept))
        print("\n".join(faults) or f"{len(wanted)} messages, each in Dutch.")
        return 1 if faults else 0
    write(merge(wanted, kept))
    return 0


if __name__ == "__main__":
    sys.exit(main())
