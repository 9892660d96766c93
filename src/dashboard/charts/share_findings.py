"""How contributions are spread over people: how few make half of them."""

from collections.abc import Sequence

from dashboard.language.messages import _, ngettext
from dashboard.model import Row
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names


def rank_people(contributors: Sequence[Row]) -> list[Row]:
    """Rank those who contributed, the most contributions first."""
    named = [row for row in contributors if row["contributions"]]
    return sorted(named, key=lambda row: (-row["contributions"], row["name"], row["person_id"]))


def count_half(ranked: Sequence[Row]) -> tuple[int, int]:
    """Count the smallest group that makes half of the contributions, and how many it made."""
    total = sum(row["contributions"] for row in ranked)
    made = 0
    for number, row in enumerate(ranked, start=1):
        made += row["contributions"]
        if 2 * made >= total:
            return number, made
    return 0, 0


def describe_shares(ranked: Sequence[Row]) -> str:
    """Say how few people make half of the contributions: "2 of 11 people made 17 of 34
    contributions".
    """
    if not ranked:
        return _("Nobody is named")
    number, made = count_half(ranked)
    return ngettext(
        "{n:,} of {people} made {made:,} of {total}",
        "{n:,} of {people} made {made:,} of {total}",
        number,
        people=format_count(len(ranked), "person"),
        made=made,
        total=format_count(sum(row["contributions"] for row in ranked), "contribution"),
    )


def say_not_shown(people: int, made: int) -> str:
    """Say how many people have no bar, and what they made together; empty where all have one."""
    if not people:
        return ""
    return ngettext(
        "{n:,} other person made {made}",
        "{n:,} others made {made}",
        people,
        made=format_count(made, "contribution"),
    )


def describe_chosen(ranked: Sequence[Row], chosen: Sequence[str]) -> str:
    """Say how many of all contributions chosen people made: "Job Doornberg made 10 of 34
    contributions"; nothing where they made none.
    """
    theirs = [row for row in ranked if row["person_id"] in chosen]
    if not theirs:
        return ""
    return _(
        "{names} made {made:,} of {total}",
        names=join_names([row["name"] for row in theirs]),
        made=sum(row["contributions"] for row in theirs),
        total=format_count(sum(row["contributions"] for row in ranked), "contribution"),
    )
