"""Says where numbers and named things are stated, as the footnotes of a document do."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from dashboard.model.drill_down import parse_drill_down
from dashboard.query import provenance
from dashboard.query.provenance import describe_claim_difference
from dashboard.text.messages import _, ngettext
from dashboard.views.view import View

Claim = Mapping[str, Any]
MAX_PLACES, MAX_LINES, MAX_DIFFERING = 4, 6, 2
"""Sections of a source, lines of one, and differing statements that are named; “Why this number?” has all."""


def find_sources(view: View, word: str) -> str:
    """Say where the records behind a number are stated; empty where no source states any. Raises
    KeyError for what is no metric.
    """
    asked = parse_drill_down(word)
    if asked is None:
        raise KeyError(word)
    found = provenance.collect_evidence(view.version, asked, view.filters)
    return say_sources(claim for one in found for claim in one.claims)


def say_sources(claims: Iterable[Claim]) -> str:
    """Say source, section and line of claims, each once, and what a source says otherwise: "2025 in
    Review: Key highlights, lines 135–137; Impact, line 88".
    """
    known = list(claims)
    stated = [claim for claim in known if claim["stance"] == "stated"]
    sources = dict.fromkeys(claim["source"] for claim in stated)
    said = [
        _say_places(source, [claim for claim in stated if claim["source"] == source])
        for source in sources
    ]
    differing = [describe_claim_difference(c) for c in known if c["stance"] == "differs"]
    parts = dict.fromkeys([*said, *differing[:MAX_DIFFERING]])
    return _("{sources}.", sources="; ".join(parts)) if parts else ""


def _say_places(source: str, claims: Sequence[Claim]) -> str:
    lines: dict[str, set[int]] = {}
    for claim in claims:
        lines.setdefault(claim["section"] or "", set()).update(filter(None, [claim["line"]]))
    order = sorted(lines, key=lambda section: min(lines[section], default=0))
    named = [say_place(section, lines[section]) for section in order[:MAX_PLACES]]
    places = "; ".join(place for place in named if place)
    more = len(order) - MAX_PLACES
    if not places:
        return source
    if more <= 0:
        return _("{source}: {places}", source=source, places=places)
    return ngettext(
        "{source}: {places}; and {n:,} more section",
        "{source}: {places}; and {n:,} more sections",
        more,
        source=source,
        places=places,
    )


def say_place(section: str, lines: Iterable[int]) -> str:
    """Say a section and its lines: "Key highlights, lines 135–137 and 216"."""
    known = sorted(set(lines))
    ranges = [_say_range([line for _nr, line in run]) for run in _group_runs(known)]
    numbers = ", ".join([*ranges[:MAX_LINES], *(["…"] if ranges[MAX_LINES:] else [])])
    if not known:
        return section
    if not section:
        return ngettext("line {lines}", "lines {lines}", len(known), lines=numbers)
    return ngettext(
        "{section}, line {lines}",
        "{section}, lines {lines}",
        len(known),
        section=section,
        lines=numbers,
    )


def _group_runs(lines: Sequence[int]) -> Iterable[list[tuple[int, int]]]:
    """Group lines that follow each other."""
    numbered = groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0])
    return (list(run) for _first, run in numbered)


def _say_range(lines: Sequence[int]) -> str:
    return f"{lines[0]}–{lines[-1]}" if len(lines) > 1 else str(lines[0])
