"""What was measured, as rows of tables: medians, and ratios of what was measured in the same turn."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.one_reader import Visits
from benchmarks.pages import FLOOR, OURS, PEER, REFERENCE
from benchmarks.walk import GUESSED, KNOWN, NEW

FILTERS = ("speaker", "month", "year", "kind")
Found = Mapping[str, Visits]
Way = tuple[str, str]
"""A filter, and how what was chosen in it was found."""


@dataclass(frozen=True)
class Ratio:
    """How many times what another takes, in the middle of all turns and of each half of them."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, mine: Iterable[float], others: Iterable[float]) -> "Ratio | None":
        """Compare what was measured in the same turns; None where nothing was."""
        found = [one / other for one, other in zip(mine, others, strict=True)]
        if not found:
            return None
        if len(found) == 1:
            return cls(found[0], found[0], found[0])
        low, middle, high = statistics.quantiles(found, n=4, method="inclusive")
        return cls(middle, low, high)

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({self.low:.2f}–{self.high:.2f})"


def compare(mine: Iterable[float], others: Iterable[float]) -> str:
    """Say a ratio; nothing where nothing was measured."""
    mine, others = list(mine), list(others)
    return str(Ratio.of(mine, others)) if mine and others else ""


def milliseconds(values: Iterable[float]) -> str:
    """Say the median of seconds; nothing where there are none."""
    found = list(values)
    return f"{statistics.median(found) * 1000:.0f} ms" if found else ""


def by_way(visits: Visits) -> dict[Way, dict[int, float]]:
    """Seconds of the changes by filter and how they were found; by turn, which is the same for all
    pages.
    """
    found: dict[Way, dict[int, float]] = defaultdict(dict)
    for turn, one in enumerate(visits.changes):
        found[one.step.name, one.step.found][turn] = one.painted
    return found


def ratios_by_way(found: Found, other: str) -> dict[Way, Ratio]:
    """What our page takes of the time of another, by filter and how it was found."""
    ours, others = by_way(found[OURS]), by_way(found[other])
    ratios = {way: Ratio.of(ours[way].values(), others[way].values()) for way in ours}
    return {way: ratio for way, ratio in ratios.items() if ratio}


def list_changes(events: int, found: Found) -> list[str]:
    """A row for each filter and how it was found: each page's median, and our ratios."""
    walked = {name: by_way(one) for name, one in found.items() if one.changes}
    beside = {
        name: ratios_by_way(found, name) for name in (FLOOR, PEER, REFERENCE) if name in walked
    }
    rows = []
    for found_as in (NEW, GUESSED, KNOWN):
        for name in FILTERS:
            way = name, found_as
            if way not in walked[OURS]:
                continue
            times = [milliseconds(one[way].values()) for one in walked.values()]
            number = len(walked[OURS][way])
            ratios = [str(one[way]) for one in beside.values()]
            rows.append(_row(f"{events:,}", name, found_as, str(number), *times, *ratios))
    return rows


def head_of_changes(found: Found) -> list[str]:
    """The head of that table."""
    walked = [name for name, one in found.items() if one.changes]
    beside = [f"ours × {name}" for name in (FLOOR, PEER, REFERENCE) if name in walked]
    return _head("events", "filter", "found", "times", *walked, *beside)


def list_pages(events: int, found: Found) -> list[str]:
    """A row for each page: its links, and what a change costs."""
    bare = found.get(REFERENCE, Visits())
    return [
        _row(
            f"{events:,}",
            name,
            milliseconds(one.first),
            compare(one.first, bare.first),
            milliseconds(one.again),
            compare(one.again, bare.again),
            f"{one.size / 1e6:.2f} MB, {one.requests}" if one.size else "",
            milliseconds(c.at_rest for c in one.changes),
            _kilobytes(c.size for c in one.changes),
            _mean(c.cpu for c in one.changes if c.step.found == NEW),
            _mean(c.cpu for c in one.changes if c.step.found == GUESSED),
            _mean(one.cpu),
            milliseconds(one.turned),
        )
        for name, one in found.items()
    ]


def head_of_pages() -> list[str]:
    """The head of that table."""
    return _head(
        "events",
        "page",
        "link, first visit",
        "× bare",
        "repeat",
        "× bare",
        "bytes, requests",
        "change: at rest",
        "bytes",
        "server CPU until painted, not guessed",
        "guessed",
        "everything counted",
        "another page of it",
    )


def list_phones(found: Found) -> list[str]:
    """A row for each page on a phone."""
    peer = found[PEER].phone if PEER in found else {}
    rows = []
    for name, one in found.items():
        cells = []
        for what in ("paint", "chart", "tap"):
            values = one.phone[what]
            cells += [milliseconds(values), compare(values, peer[what]) if peer else ""]
        if one.phone["chart"]:
            rows.append(_row(name, *cells))
    return rows


def head_of_phones() -> list[str]:
    """The head of that table."""
    return _head(
        "page",
        "first contentful paint",
        "× Dash",
        "first chart",
        "× Dash",
        "a tap until its answer",
        "× Dash",
    )


def _mean(seconds: Iterable[float]) -> str:
    # processor time is counted in ticks, which even out over many changes
    found = list(seconds)
    return f"{statistics.mean(found) * 1000:.0f} ms" if found else ""


def _kilobytes(sizes: Iterable[int]) -> str:
    found = list(sizes)
    return f"{statistics.median(found) / 1000:.0f} kB" if found else ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _head(*cells: str) -> list[str]:
    return [_row(*cells), f"|{'---|' * len(cells)}"]
