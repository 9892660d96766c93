"""Short links: a code that stands for a page and its query."""

import re
from datetime import UTC, datetime

from dashboard.shares import accepted_texts, digests
from dashboard.shares.database import Damaged, Shelf, ShelfError

LENGTH, LONGEST, MAX_LINKS = 8, 32, 100_000
CODE = re.compile(r"[a-z2-7]{8,32}")


def shorten(shelf: Shelf, link: str, now: datetime | None = None) -> str:
    """The code of a link: the same for the same link, whoever asks and however often. Raises
    ShelfError.
    """
    accepted_texts.link(link)
    whole = digests.code_of(link)
    codes = [whole[:length] for length in range(LENGTH, LONGEST + 1)]
    with shelf.reading() as desk:  # mostly it is there already, and nobody has to wait
        for code in codes if desk else ():
            row = desk.row("link_of_code", code=code) if desk else None
            if row is None or not digests.is_whole(row):
                break  # to be written, or written anew
            if row["link"] == link:
                return code
    with shelf.writing() as desk:
        for code in codes:
            row = desk.row("link_of_code", code=code)
            if row is None:
                if desk.rows("count_links")[0]["number"] >= MAX_LINKS:
                    raise ShelfError(f"there are {MAX_LINKS:,} short links: share the long link")
                moment = (now or datetime.now(UTC)).astimezone(UTC)
                desk.change(
                    "add_link", code=code, link=link, now=moment.isoformat(timespec="seconds")
                )
            elif not digests.is_whole(row):  # this may have been its link, or that of another
                desk.change("change_link", code=code, link=link)
            elif row["link"] != link:
                continue
            digests.seal_link(desk, code)
            return code
    raise ShelfError("no code is free for this link: share the long link")


def expand(shelf: Shelf, code: str) -> str | None:
    """The link of a code; None where there is none. Raises Damaged where the link is not the one
    that was kept, ShelfError for a shelf that cannot be read.
    """
    if CODE.fullmatch(code) is None:
        return None
    with shelf.reading() as desk:
        row = desk.row("link_of_code", code=code) if desk else None
    if row and not digests.is_whole(row):
        raise Damaged(f"the short link {code} is {digests.DAMAGED}")
    return str(row["link"]) if row else None
