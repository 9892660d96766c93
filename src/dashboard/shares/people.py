"""People in what is shared: who is forgotten, and who turned out to be somebody else.

The store tells (store.register_observer): whatever interrupts it, whoever comes next goes on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from dashboard.language.messages import N_
from dashboard.model import settings
from dashboard.shares import digests
from dashboard.shares.database import SharesDb, SharesError, Transaction
from dashboard.store import (
    Mention,
    PersonObserver,
    PersonToForget,
    Store,
    Unfinished,
    contains_name,
    register_observer,
    replace_names,
)

PERSON_PARAMETERS, RECORD_PARAMETERS = ("speaker", "person"), ("record", "edit")
MAX_DECODINGS = 3
"""As often a value is decoded again in looking for a name: links are copied into links."""


@dataclass(frozen=True)
class Change:
    """What forgetting does to a short link or a saved view: the mention of the person in it, and
    the row afterwards (None: it goes).
    """

    mention: Mention
    row: Mapping[str, Any]
    link: str | None
    words: str = ""


def forget_person(
    shares: SharesDb,
    spellings: Iterable[str],
    person_id: str,
    stand_in: str,
    namesakes: Iterable[str] = (),
) -> tuple[Mention, ...]:
    """Replace a person by the stand-in in every link of a saved view, and in the words that say
    what it selects. Short links by id are led on, those that search for the name are dropped; a
    link to a namesake, by id, stays. May be called again. Returns the texts of people that still
    hold a spelling, for the steward. Raises SharesError.
    """
    whom = PersonToForget(person_id, stand_in, tuple(spellings), tuple(namesakes))
    if not _is_begun(shares):
        return ()
    with shares.writing() as transaction:
        for change in _find_changes(transaction, whom):
            _carry_out(transaction, change)
    shares.tidy()
    return find_mentions(shares, whom)


def find_mentions(shares: SharesDb, whom: PersonToForget) -> tuple[Mention, ...]:
    """Find the texts that people wrote and that hold a spelling of the name: they are for the
    steward. Raises SharesError.
    """
    with shares.reading() as transaction:
        return tuple(sorted(_find_texts(transaction, whom))) if transaction else ()


def preview_forgetting(shares: SharesDb, whom: PersonToForget) -> tuple[Mention, ...]:
    """List what forgetting would change or drop. Raises SharesError."""
    with shares.reading() as transaction:
        return (
            tuple(sorted(change.mention for change in _find_changes(transaction, whom)))
            if transaction
            else ()
        )


def check_writable(shares: SharesDb) -> None:
    """Check that the file can be written where there is one. Raises SharesError."""
    if _is_begun(shares):
        with shares.writing():
            pass


def _is_begun(shares: SharesDb) -> bool:
    """Return whether anybody has written yet."""
    with shares.reading() as transaction:
        return transaction is not None


def replace_people(shares: SharesDb, people: Mapping[str, str]) -> None:
    """Make links that name people by their old ids name them by the new ones. Raises SharesError."""
    with shares.reading() as transaction:
        if transaction is None or not people:
            return
    with shares.writing() as transaction:
        for row in transaction.rows("all_links"):
            if (link := replace_people_in_link(row["link"], people)) != row["link"]:
                _carry_out(
                    transaction,
                    Change(Mention("short links", row["code"], "link", row["link"]), row, link),
                )
        for row in transaction.rows("all_views"):
            if (link := replace_people_in_link(row["link"], people)) != row["link"]:
                mention = Mention("saved views", row["id"], "link", row["link"])
                _carry_out(transaction, Change(mention, row, link, row["words"]))


def replace_people_in_link(link: str, people: Mapping[str, str]) -> str:
    """Put other people into a link; the same link where it names none of them."""
    parts = urlsplit(link)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    changed = [(name, _replace_person(name, value, people)) for name, value in pairs]
    if changed == pairs:
        return link
    return _join_link(parts.path, changed)


def remove_person_from_link(link: str, whom: PersonToForget) -> str:
    """Remove a person from the link of a saved view: by id, as an address of a record, and in what
    it searches for. What names the person elsewhere is left out of the link.
    """
    others = dict.fromkeys(whom.namesakes, "")
    parts = urlsplit(replace_people_in_link(link, {whom.person_id: whom.stand_in}))
    before = parse_qsl(parts.query, keep_blank_values=True)
    pairs = []
    for name, value in before:
        kept = _without_name(name, value, whom) if _names(name, value, whom, others) else value
        if kept is not None:
            pairs.append((name, kept))
    return parts.geturl() if pairs == before else _join_link(parts.path, pairs)


def _without_name(name: str, value: str, whom: PersonToForget) -> str | None:
    """Put the stand-in for the person into a value; None for a parameter that is left out."""
    said = replace_names(value, whom.names, whom.stand_in)
    if name in PERSON_PARAMETERS:
        return whom.stand_in
    return (whom.stand_in if said == value else said) if name == "text" else None


def link_names_person(link: str, whom: PersonToForget) -> bool:
    """Return whether a link names the person in a value, however it is written."""
    others = dict.fromkeys(whom.namesakes, "")
    return any(
        _names(*pair, whom, others)
        for pair in parse_qsl(urlsplit(link).query, keep_blank_values=True)
    )


def _join_link(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(dict.fromkeys(pairs)))
    return f"{path}?{query}" if query else path


def _names(name: str, value: str, whom: PersonToForget, others: Mapping[str, str]) -> bool:
    if _replace_person(name, value, others) != value:
        return False  # it is about a namesake
    for text in (*_decode(name), *_decode(value)):
        if contains_name(text, whom.names) or (
            name == "text" and _has_every_word(text, whom.names)
        ):
            return True
    return False


def _decode(value: str) -> Iterator[str]:
    for _ in range(MAX_DECODINGS):
        yield value
        value = unquote_plus(value)


def _has_every_word(text: str, names: Iterable[str]) -> bool:
    """Return whether a search, which asks for all of its words wherever they stand, has every word
    of a name.
    """
    return any(
        all(contains_name(text, [word]) for word in re.split(r"[\W_]+", name) if word)
        for name in names
    )


def _replace_person(name: str, value: str, people: Mapping[str, str]) -> str:
    if name in PERSON_PARAMETERS:
        return people.get(value, value)
    if name in RECORD_PARAMETERS and value.startswith("people."):
        return "people." + people.get(value.removeprefix("people."), value.removeprefix("people."))
    if name == "why":
        parts = [part.partition(".") for part in value.split("~")]
        return "~".join(
            a + dot + (people.get(b, b) if a == "speaker" else b) for a, dot, b in parts
        )
    return value


def _find_changes(transaction: Transaction, whom: PersonToForget) -> Iterator[Change]:
    people, others = {whom.person_id: whom.stand_in}, dict.fromkeys(whom.namesakes, "")
    for row in transaction.rows("all_links"):
        link = replace_people_in_link(row["link"], people)
        named = link_names_person(link, whom)
        if named or link != row["link"]:
            mention = Mention("short links", row["code"], "link", row["link"])
            yield Change(mention, row, None if named else link)
    for row in transaction.rows("all_views"):
        link, said = remove_person_from_link(row["link"], whom), row["words"]
        if replace_people_in_link(link, others) == link:
            said = _rename_in_words(row["words"], whom)
        if (link, said) != (row["link"], row["words"]):
            column = "link" if link != row["link"] else "words"
            yield Change(Mention("saved views", row["id"], column, row[column]), row, link, said)


def _rename_in_words(words: str, whom: PersonToForget) -> str:
    """Say what a view selects without the name, and without what tells the person from a namesake,
    such as the job title.
    """
    said = replace_names(words, whom.names, whom.stand_in)
    return (
        re.sub(rf"({re.escape(whom.stand_in)}) \([^()]*\)", r"\1", said) if whom.namesakes else said
    )


def _carry_out(transaction: Transaction, change: Change) -> None:
    """Carry out a change: a row that was whole stays so; a damaged one stays damaged, without the
    person.
    """
    row, whole = change.row, digests.is_whole(change.row)
    if "code" in row:
        if change.link is None:
            transaction.change("drop_link", code=row["code"])
            return
        transaction.change("change_link", code=row["code"], link=change.link)
        if whole:
            digests.seal_link(transaction, row["code"])
        return
    transaction.change("rewrite_view", id=row["id"], link=change.link, words=change.words)
    if whole:
        digests.seal_view(transaction, row["id"])


def _find_texts(transaction: Transaction, whom: PersonToForget) -> set[Mention]:
    others = dict.fromkeys(whom.namesakes, "")
    found = set()
    columns = {"all_views": ("title", "note", "words", "author"), "all_meetings": ("title", "note")}
    for table, names in columns.items():
        for row in transaction.rows(table):
            theirs = replace_people_in_link(row.get("link") or "", others) != (
                row.get("link") or ""
            )
            for column in names:
                if not (theirs and column == "words") and contains_name(row[column], whom.names):
                    found.add(
                        Mention(
                            f"saved {table.removeprefix('all_')}", row["id"], column, row[column]
                        )
                    )
    return found


@contextmanager
def _of(path: Path) -> Iterator[SharesDb]:
    try:
        yield SharesDb(path)
    except SharesError as error:
        raise Unfinished(N_("the shelf still names somebody: {error}"), error=error) from error


def _forget(_: Store, whom: PersonToForget, path: Path) -> None:
    with _of(path) as shares:
        forget_person(shares, whom.spellings, whom.person_id, whom.stand_in, whom.namesakes)


def _move(store: Store, people: Mapping[str, str]) -> None:
    with _of(settings.shares_file(store.root)) as shares:
        replace_people(shares, people)


register_observer(PersonObserver(_forget, _move))
