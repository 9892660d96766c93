"""People in what is on the shelf: who is forgotten, and who turned out to be somebody else."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard.intake.folding import fold_words
from dashboard.share.shelf.file import Desk, Shelf
from dashboard.store import Mention

WHOLE, AFTER_TABLE = ("speaker", "person"), ("record", "edit")


def forget(
    shelf: Shelf, spellings: Iterable[str], person_id: str, stand_in: str, namesakes: Collection[str] = ()
) -> tuple[Mention, ...]:
    """Put the stand-in's id in the place of a person's in every link, and in the words that say what a link selects.
    Short links that search for the name are dropped. A link that names one of the `namesakes`, by id, is about them.

    Returns the texts that people wrote and that still hold a spelling, for the steward. Raises ShelfError.
    """
    names = sorted({*spellings, person_id}, key=lambda name: (-len(name), name))
    with shelf.reading() as desk:
        if desk is None:
            return ()
    with shelf.writing() as desk:
        others = dict.fromkeys(namesakes, "")
        _move(desk, {person_id: stand_in}, {name: stand_in for name in names if name}, others)
        for row in desk.rows("all_links"):
            if names_one(moved(row["link"], others), names):
                desk.change("drop_link", code=row["code"])
        return tuple(sorted(_mentions(desk, names, others)))


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
        _move(desk, people, {})


def moved(link: str, people: Mapping[str, str]) -> str:
    """The link with other people in it; the same link where it names none of them."""
    parts = urlsplit(link)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    changed = [(name, _other(name, value, people)) for name, value in pairs]
    if changed == pairs:
        return link
    return f"{parts.path}?{urlencode(list(dict.fromkeys(changed)))}"


def _other(name: str, value: str, people: Mapping[str, str]) -> str:
    if name in WHOLE:
        return people.get(value, value)
    if name in AFTER_TABLE and value.startswith("people."):
        return "people." + people.get(value.removeprefix("people."), value.removeprefix("people."))
    if name == "why":
        parts = [part.partition(".") for part in value.split("~")]
        return "~".join(a + dot + (people.get(b, b) if a == "speaker" else b) for a, dot, b in parts)
    return value


def _move(
    desk: Desk, people: Mapping[str, str], words: Mapping[str, str], others: Mapping[str, str] | None = None
) -> None:
    told = r"(?: \([^()]*\))?" if others else ""  # what tells the person from a namesake, such as the job title
    for row in desk.rows("all_links"):
        if (link := moved(row["link"], people)) != row["link"]:
            desk.change("change_link", code=row["code"], link=link)
    for row in desk.rows("all_views"):
        link, said = moved(row["link"], people), row["words"]
        for old, new in words.items() if moved(row["link"], others or {}) == row["link"] else ():
            said = re.sub(re.escape(old) + told, new, said, flags=re.IGNORECASE)
        if (link, said) != (row["link"], row["words"]):
            desk.change("rewrite_view", id=row["id"], link=link, words=said)


def _mentions(desk: Desk, names: list[str], others: Mapping[str, str]) -> set[Mention]:
    found = set()
    for table, columns in (("all_views", ("title", "note", "words", "author", "link")), ("all_meetings", ("title", "note"))):  # fmt: skip
        for row in desk.rows(table):
            theirs = moved(row.get("link") or "", others) != (row.get("link") or "")
            for column in columns:
                if theirs and column == "words":
                    continue
                text: Any = moved(row[column], others) if column == "link" else row[column]
                if names_one(text, names):
                    found.add(Mention(f"saved {table.removeprefix('all_')}", row["id"], column, text))
    return found


def names_one(text: str, names: Iterable[str]) -> bool:
    """Whether a text or link holds one of the names: whole words, without case, accents and punctuation."""
    if text.startswith("/"):  # the values of a link
        text = " ".join(value for _, value in parse_qsl(urlsplit(text).query))
    held = _folded(text)
    return any(_folded(name).strip() and _folded(name) in held for name in names)


def _folded(text: str) -> str:
    return f" {fold_words(text)} "
