"""Names of people: in the records of a version, and in texts that somebody wrote."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.csv

from dashboard.schema.folding import fold_words
from dashboard.store.manifest import Version

NAME_TOKEN = re.compile(r"[^\W_]+(?:[\u00ad\u200b-\u200d\u2060\ufeff]+[^\W_]+)*")
"""A word, also one with signs in it that nobody sees."""
Token = tuple[int, int, str]
"""Begin, end and folded text of a word."""


@dataclass(frozen=True)
class PersonToForget:
    """Who is to be forgotten, in clear: this is kept in memory and in an intent (forget_intent.py),
    nowhere else. `stand_in` is what stands for the person afterwards, `namesakes` are ids of others
    with one of the spellings.
    """

    person_id: str
    stand_in: str
    spellings: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """Spellings and id, the longest first."""
        return sorted({*self.spellings, self.person_id} - {""}, key=lambda name: (-len(name), name))


def read_person_names(records: Path) -> list[tuple[str, str]]:
    """Read the ids of people with their names and other spellings, in whatever form the files of a
    version are.
    """
    return [
        *_read_column(records, "people", "name"),
        *_read_column(records, "person_aliases", "alias"),
    ]


def find_merged_people(before: Version, after: Version) -> dict[str, str]:
    """Find the people of one version that the other knows as a spelling of somebody: old id → new
    id.
    """
    (old_names, old_aliases), (names, aliases) = _read_people(before), _read_people(after)
    spelled = {alias: person for alias, person in aliases.items() if alias not in old_aliases}
    gone = {identity: name for identity, name in old_names.items() if identity not in names}
    found = {
        identity: spelled.get(identity) or spelled.get(name) for identity, name in gone.items()
    }
    return {identity: person for identity, person in found.items() if person}


def make_name_key(text: str) -> tuple[str, ...]:
    """Make the key under which spellings are the same, as in the register: its words, folded and
    sorted.
    """
    return tuple(sorted(fold_words(text).split()))


def contains_name(text: str, names: Iterable[str]) -> bool:
    """Return whether a text holds one of the names: whole words in any order, without case, accents
    and punctuation.
    """
    return bool(_find_names(unicodedata.normalize("NFC", text), names))


def replace_names(text: str, names: Iterable[str], stand_in: str) -> str:
    """Replace every one of the names in a text by the stand-in; the same text where none is there."""
    plain = unicodedata.normalize("NFC", text)
    found = _find_names(plain, names)
    for begin, end in sorted(found, reverse=True):
        plain = plain[:begin] + stand_in + plain[end:]
    return plain if found else text


def _find_names(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Find where names stand in a text: begin and end of each, none within another."""
    tokens = [
        (m.start(), m.end(), word)
        for m in NAME_TOKEN.finditer(text)
        for word in fold_words(m[0]).split()
    ]
    spans: list[tuple[int, int]] = []
    for name in names:
        key, joined = make_name_key(name), "".join(fold_words(name).split())
        for place in range(len(tokens)):
            part = _match_name(key, joined, tokens[place : place + len(key)])
            begin, end = (part[0][0], part[-1][1]) if part else (0, 0)
            if part and not any(begin < to and since < end for since, to in spans):
                spans.append((begin, end))
    return spans


def _match_name(key: tuple[str, ...], joined: str, tokens: list[Token]) -> list[Token]:
    """Find the tokens that are a name: all words in any order, or the first where it is them in
    one.
    """
    if tuple(sorted(word for _, _, word in tokens)) == key:
        return tokens
    return tokens[:1] if tokens and tokens[0][2] == joined else []


def _read_people(version: Version) -> tuple[dict[str, str], dict[str, str]]:
    """Read names by id, and ids by other spelling."""
    aliases = {
        alias: person for person, alias in _read_column(version.records, "person_aliases", "alias")
    }
    return dict(_read_column(version.records, "people", "name")), aliases


def _read_column(records: Path, table: str, column: str) -> list[tuple[str, str]]:
    wanted = ["person_id", column]
    as_text = dict.fromkeys(wanted, pyarrow.string())  # also where all of them are numbers
    options = pyarrow.csv.ConvertOptions(include_columns=wanted, column_types=as_text)
    try:
        rows = pyarrow.csv.read_csv(records / f"{table}.csv", convert_options=options).to_pylist()
    except (OSError, KeyError, pyarrow.ArrowInvalid):
        return []
    return [(row["person_id"], row[column]) for row in rows]
