"""Short links: a code that stands for a page and its query."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from dashboard.language.messages import N_
from dashboard.shares import accepted_texts, digests
from dashboard.shares.database import Damaged, SharesDb, SharesError, Transaction

MIN_LENGTH, MAX_LENGTH, MAX_LINKS = 8, 32, 100_000
CODE = re.compile(r"[a-z2-7]{8,32}")


def shorten(shares: SharesDb, link: str, now: datetime | None = None) -> str:
    """Give the code of a link: the same for the same link, whoever asks and however often. Raises
    SharesError.
    """
    accepted_texts.accept_link(link)
    whole = digests.code_of(link)
    codes = [whole[:length] for length in range(MIN_LENGTH, MAX_LENGTH + 1)]
    with shares.reading() as transaction:  # mostly it is there already, and nobody has to wait
        if transaction and (known := _find_code(transaction, link, codes)):
            return known
    with shares.writing() as transaction:
        for code in codes:
            if _keep_link(transaction, code, link, now or datetime.now(UTC)):
                digests.seal_link(transaction, code)
                return code
    raise SharesError(N_("no code is free for this link: share the long link"))


def _find_code(transaction: Transaction, link: str, codes: Sequence[str]) -> str:
    """Find the code that a link has; empty where it is to be written, or written anew."""
    for code in codes:
        row = transaction.row("link_of_code", code=code)
        if row is None or not digests.is_whole(row):
            return ""
        if row["link"] == link:
            return code
    return ""


def _keep_link(transaction: Transaction, code: str, link: str, now: datetime) -> bool:
    """Keep a link under a code; False where the code is that of another link."""
    row = transaction.row("link_of_code", code=code)
    if row is None:
        if transaction.rows("count_links")[0]["number"] >= MAX_LINKS:
            raise SharesError(
                N_("there are {most:,} short links: share the long link"), most=MAX_LINKS
            )
        moment = now.astimezone(UTC).isoformat(timespec="seconds")
        transaction.change("add_link", code=code, link=link, now=moment)
    elif not digests.is_whole(row):  # this may have been its link, or that of another
        transaction.change("change_link", code=code, link=link)
    elif row["link"] != link:
        return False
    return True


def expand(shares: SharesDb, code: str) -> str | None:
    """Find the link of a code; None where there is none. Raises Damaged where the link is not the
    one that was kept, SharesError for a file that cannot be read.
    """
    if CODE.fullmatch(code) is None:
        return None
    with shares.reading() as transaction:
        row = transaction.row("link_of_code", code=code) if transaction else None
    if row and not digests.is_whole(row):
        raise Damaged(
            N_(
                "the short link {code} is damaged on the disk: it differs from what was kept. Share"
                " or save the view anew, or put the shelf back from a backup"
            ),
            code=code,
        )
    return str(row["link"]) if row else None
