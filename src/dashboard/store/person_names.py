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


@dataclass(frozen=True)
class Whom:
    """Who is to be forgotten, in clear: this is kept in memory and in an intention (intention.py),
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
    """The ids of people with their names and other spellings, in whatever form the files of a
    version are.
    """
    return [
        *_read_column(records, "people", "name"),
        *_read_column(records, "person_aliases", "alias"),
    ]


def merged(before: Version, after: Version) -> dict[str, str]:
    """People of the one version that the other knows as a spelling of somebody: old id → new id."""
    (old_names, old_aliases), (names, aliases) = _read_people(before), _read_people(after)
    spelled = {alias: person for alias, person in aliases.items() if alias not in old_aliases}
    gone = {identity: name for identity, name in old_names.items() if identity not in names}
    found = {
        identity: spelled.get(identity) or spelled.get(name) for identity, name in gone.items()
    }
    return {identity: person for identity, person in found.items() if person}


def make_name_key(text: str) -> tuple[str, ...]:
    """What of a spelling matters, as in the register: Vries, Jan de is jan de vries."""
    return tuple(sorted(fold_words(text).split()))


def holds(text: str, names: Iterable[str]) -> bool:
    """Whether a text holds one of the names: whole words in any order, without case, accents and
    punctuation.
    """
    return bool(_find_names(unicodedata.normalize("NFC", text), names))


def put(text: str, names: Iterable[str], stand_in: str) -> str:
    """The text with the stand-in in the place of every one of the names; the same text where none
    is there.
    """
    plain = unicodedata.normalize("NFC", text)
    found = _find_names(plain, names)
    for begin, end in sorted(found, reverse=True):
        plain = plain[:begin] + stand_in + plain[end:]
    return plain if found else text


def _find_names(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    tokens = [
        (m.start(), m.end(), word)
        for m in NAME_TOKEN.finditer(text)
        for word in fold_words(m[0]).split()
    ]
    spans: list[tuple[int, int]] = []
    for name in names:
        wanted = make_name_key(name)
        joined = fold_words(name).replace(" ", "")
        for place in range(len(tokens)) if wanted else ():
            part = tokens[place : place + len(wanted)]
            if tuple(sorted(word for _, _, word in part)) != wanted:
                if tokens[place][2] != joined:
                    continue
                part = tokens[place : place + 1]
            begin, end = part[0][0], part[-1][1]
            if not any(begin < other_end and other < end for other, other_end in spans):
                spans.append((begin, end))
    return spans


def _read_people(version: Version) -> tuple[dict[str, str], dict[str, str]]:
    """Names by id, and ids by other spelling."""
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
