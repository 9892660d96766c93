"""People in what is on the shelf: who is forgotten, and who turned out to be somebody else.

The store tells (store.listen): whatever interrupts it, whoever comes next goes on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from dashboard.model import settings
from dashboard.shares import digests
from dashboard.shares.database import Desk, Shelf, ShelfError
from dashboard.store import Listener, Mention, Store, Unfinished, Whom, holds, listen, put

WHOLE, AFTER_TABLE = ("speaker", "person"), ("record", "edit")
LAYERS = 3
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


def forget(
    shelf: Shelf,
    spellings: Iterable[str],
    person_id: str,
    stand_in: str,
    namesakes: Iterable[str] = (),
) -> tuple[Mention, ...]:
    """Put the stand-in in the place of a person in every link of a saved view, and in the words
    that say what it selects. Short links that name the person by id are led on, those that search
    for the name are dropped. A link that names a namesake, by id, is about that one. May be called
    again.

    Returns the texts that people wrote and that still hold a spelling, for the steward. Raises
    ShelfError.
    """
    whom = Whom(person_id, stand_in, tuple(spellings), tuple(namesakes))
    with shelf.reading() as desk:
        if desk is None:
            return ()
    with shelf.writing() as desk:
        for change in _changes(desk, whom):
            _carry_out(desk, change)
    shelf.tidy()
    return mentions(shelf, whom)


def mentions(shelf: Shelf, whom: Whom) -> tuple[Mention, ...]:
    """The texts that people wrote and that hold a spelling of the name: they are for the steward.
    Raises ShelfError.
    """
    with shelf.reading() as desk:
        return tuple(sorted(_texts(desk, whom))) if desk else ()


def preview(shelf: Shelf, whom: Whom) -> tuple[Mention, ...]:
    """What forgetting would change or drop on the shelf. Raises ShelfError."""
    with shelf.reading() as desk:
        return tuple(sorted(change.mention for change in _changes(desk, whom))) if desk else ()


def check(shelf: Shelf) -> None:
    """Raises ShelfError where there is a shelf that cannot be written."""
    with shelf.reading() as desk:
        if desk is None:
            return
    with shelf.writing():
        pass


def move(shelf: Shelf, people: Mapping[str, str]) -> None:
    """Let links that name people by their old ids name them by the new ones. Raises ShelfError."""
    with shelf.reading() as desk:
        if desk is None or not people:
            return
    with shelf.writing() as desk:
        for row in desk.rows("all_links"):
            if (link := moved(row["link"], people)) != row["link"]:
                _carry_out(
                    desk,
                    Change(Mention("short links", row["code"], "link", row["link"]), row, link),
                )
        for row in desk.rows("all_views"):
            if (link := moved(row["link"], people)) != row["link"]:
                mention = Mention("saved views", row["id"], "link", row["link"])
                _carry_out(desk, Change(mention, row, link, row["words"]))


def moved(link: str, people: Mapping[str, str]) -> str:
    """The link with other people in it; the same link where it names none of them."""
    parts = urlsplit(link)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    changed = [(name, _other(name, value, people)) for name, value in pairs]
    if changed == pairs:
        return link
    return _link(parts.path, changed)


def without(link: str, whom: Whom) -> str:
    """The link of a saved view without a person: by id, as an address of a record, and in what it
    searches for. What names the person elsewhere is left out of the link.
    """
    people, others = {whom.person_id: whom.stand_in}, dict.fromkeys(whom.namesakes, "")
    parts = urlsplit(moved(link, people))
    pairs = []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if _names(name, value, whom, others):
            said = put(value, whom.names, whom.stand_in)
            if name in ("text", *WHOLE):
                pairs.append((name, whom.stand_in if said == value or name in WHOLE else said))
        else:
            pairs.append((name, value))
    return (
        _link(parts.path, pairs)
        if pairs != parse_qsl(parts.query, keep_blank_values=True)
        else parts.geturl()
    )


def names_one(link: str, whom: Whom) -> bool:
    """Whether a link names the person in a value, however it is written."""
    others = dict.fromkeys(whom.namesakes, "")
    return any(
        _names(*pair, whom, others)
        for pair in parse_qsl(urlsplit(link).query, keep_blank_values=True)
    )


def _link(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(dict.fromkeys(pairs)))
    return f"{path}?{query}" if query else path


def _names(name: str, value: str, whom: Whom, others: Mapping[str, str]) -> bool:
    if _other(name, value, others) != value:
        return False  # it is about a namesake
    for text in (*_layers(name), *_layers(value)):
        if holds(text, whom.names) or (name == "text" and _all_words(text, whom.names)):
            return True
    return False


def _layers(value: str) -> Iterator[str]:
    for _ in range(LAYERS):
        yield value
        value = unquote_plus(value)


def _all_words(text: str, names: Iterable[str]) -> bool:
    """Whether a search, which asks for all of its words wherever they stand, has every word of a
    name.
    """
    return any(
        all(holds(text, [word]) for word in re.split(r"[\W_]+", name) if word) for name in names
    )


def _other(name: str, value: str, people: Mapping[str, str]) -> str:
    if name in WHOLE:
        return people.get(value, value)
    if name in AFTER_TABLE and value.startswith("people."):
        return "people." + people.get(value.removeprefix("people."), value.removeprefix("people."))
    if name == "why":
        parts = [part.partition(".") for part in value.split("~")]
        return "~".join(
            a + dot + (people.get(b, b) if a == "speaker" else b) for a, dot, b in parts
        )
    return value


def _changes(desk: Desk, whom: Whom) -> Iterator[Change]:
    people, others = {whom.person_id: whom.stand_in}, dict.fromkeys(whom.namesakes, "")
    for row in desk.rows("all_links"):
        link = moved(row["link"], people)
        named = names_one(link, whom)
        if named or link != row["link"]:
            mention = Mention("short links", row["code"], "link", row["link"])
            yield Change(mention, row, None if named else link)
    for row in desk.rows("all_views"):
        link, said = without(row["link"], whom), row["words"]
        if moved(link, others) == link:
            said = _said(row["words"], whom)
        if (link, said) != (row["link"], row["words"]):
            column = "link" if link != row["link"] else "words"
            yield Change(Mention("saved views", row["id"], column, row[column]), row, link, said)


def _said(words: str, whom: Whom) -> str:
    """The words of a view without the name, and without what tells the person from a namesake, such
    as the job title.
    """
    said = put(words, whom.names, whom.stand_in)
    return (
        re.sub(rf"({re.escape(whom.stand_in)}) \([^()]*\)", r"\1", said) if whom.namesakes else said
    )


def _carry_out(desk: Desk, change: Change) -> None:
    """A row that was whole stays so; a damaged one stays damaged, without the person."""
    row, whole = change.row, digests.is_whole(change.row)
    if "code" in row:
        if change.link is None:
            desk.change("drop_link", code=row["code"])
            return
        desk.change("change_link", code=row["code"], link=change.link)
        if whole:
            digests.seal_link(desk, row["code"])
        return
    desk.change("rewrite_view", id=row["id"], link=change.link, words=change.words)
    if whole:
        digests.seal_view(desk, row["id"])


def _texts(desk: Desk, whom: Whom) -> set[Mention]:
    others = dict.fromkeys(whom.namesakes, "")
    found = set()
    columns = {"all_views": ("title", "note", "words", "author"), "all_meetings": ("title", "note")}
    for table, names in columns.items():
        for row in desk.rows(table):
            theirs = moved(row.get("link") or "", others) != (row.get("link") or "")
            for column in names:
                if not (theirs and column == "words") and holds(row[column], whom.names):
                    found.add(
                        Mention(
                            f"saved {table.removeprefix('all_')}", row["id"], column, row[column]
                        )
                    )
    return found


@contextmanager
def _of(path: Path) -> Iterator[Shelf]:
    try:
        yield Shelf(path)
    except ShelfError as error:
        raise Unfinished(f"the shelf still names somebody: {error}") from error


def _forget(_: Store, whom: Whom, path: Path) -> None:
    with _of(path) as shelf:
        forget(shelf, whom.spellings, whom.person_id, whom.stand_in, whom.namesakes)


def _move(store: Store, people: Mapping[str, str]) -> None:
    with _of(settings.shares_file(store.root)) as shelf:
        move(shelf, people)


listen(Listener(_forget, _move))
