"""How each target of issue 21 stands, from what was measured in one run."""

import re
import statistics
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.pages import BUILT, FLOOR, OURS, PEER, REFERENCE
from benchmarks.tables import FILTERS, Found, Ratio, ratios_by_way
from benchmarks.walk import KNOWN, NEW

SIZES_FOR_THE_FLOOR = 100_000
MEGABYTES, REQUESTS, CPU = 1.8, 60, 0.060
AT_5_MILLION = 0.91
"""Of the time of the floor, at commit 6ab968d: 230 of 253 ms."""
LAST, P95 = r" \| (\d+) ms \|", r" \| \d+ ms, (\d+) ms \|"
ONE, TWO = f"{OURS}, 1 behind nginx", f"{OURS}, 2 behind nginx"
BEFORE = (
    (
        "20 readers at once, last answer",
        0.66,
        FLOOR,
        rf"20 readers .*last answer \| {OURS}{LAST}",
        rf"20 readers .*last answer \| {FLOOR}{LAST}",
    ),
    (
        "30 readers, a click each 20 s: p95",
        1.0,
        "one reader",
        rf"30 readers.*{OURS}{P95}",
        rf"one reader.*{OURS}{LAST}",
    ),
    (
        "two processes, 20 at once: p95",
        0.55,
        "one process",
        rf"20 readers .*{TWO}{P95}",
        rf"20 readers .*{ONE}{P95}",
    ),
    (
        "two processes, 30 readers: p95",
        1.1,
        "one process",
        rf"30 readers.*{TWO}{P95}",
        rf"30 readers.*{ONE}{P95}",
    ),
)
"""What it was in docs/performance.md of commit 6ab968d beside another row of the same run, and the two
rows of today: milliseconds of another machine say nothing.
"""


def verdicts(found: Mapping[int, Found], many: Sequence[str]) -> list[str]:
    """Rows of a table: what, the target, what was measured, and whether that is met."""
    smallest = found[min(found)]
    return [
        *_changes(found),
        *_links(smallest),
        _first_visit(smallest),
        _cpu(smallest),
        *_phone(smallest),
        *_readers(many),
    ]


def _changes(found: Mapping[int, Found]) -> Iterator[str]:
    for events, pages in found.items():
        ratios = ratios_by_way(pages, FLOOR)
        ways = {way: ratio for way, ratio in ratios.items() if way[1] != KNOWN}
        worst = max(ways, key=lambda way: ways[way].middle)
        beside = ratios_by_way(pages, PEER)[worst]
        most = 1.0 if events <= SIZES_FOR_THE_FLOOR else AT_5_MILLION
        target = f"≤ {most} × the floor" + (", as before" if most != 1.0 else "")
        missing = [name for name in FILTERS if (name, NEW) not in ways]
        said = f"{worst[0]}, {worst[1]}: {ways[worst]} × the floor, {beside} × Dash"
        said += f"; not measured: {', '.join(missing)}" if missing else ""
        yield _row(
            f"filter → repainted, the slowest, {events:,} events",
            target,
            said,
            met=not missing and ways[worst].middle <= most,
        )


def _links(pages: Found) -> Iterator[str]:
    for what, name in (("cold", "first"), ("repeat", "again")):
        beside = {
            other: Ratio.of(getattr(pages[OURS], name), getattr(pages[other], name))
            for other in (REFERENCE, PEER, BUILT)
            if other in pages
        }
        ratios = {other: ratio for other, ratio in beside.items() if ratio}
        said = ", ".join(f"{ratio} × {other}" for other, ratio in ratios.items())
        missing = "" if BUILT in ratios else f"; {BUILT} not measured"
        met = len(ratios) == 3 and all(ratio.middle <= 1 for ratio in ratios.values())
        yield _row(
            f"deep link, {what}", f"≤ 1.0 × bare page, {PEER} and {BUILT}", said + missing, met=met
        )


def _first_visit(pages: Found) -> str:
    ours = pages[OURS]
    said = f"{ours.size / 1e6:.2f} MB, {ours.requests} requests"
    met = ours.size <= MEGABYTES * 1e6 and ours.requests <= REQUESTS
    return _row("first visit", f"≤ {MEGABYTES} MB, ≤ {REQUESTS} requests", said, met=met)


def _cpu(pages: Found) -> str:
    spent = statistics.mean(pages[OURS].cpu)
    said = f"{spent * 1000:.0f} ms"
    return _row("server CPU a change, everything counted", "≤ 60 ms", said, met=spent <= CPU)


def _phone(pages: Found) -> Iterator[str]:
    ratio = Ratio.of(pages[OURS].phone["chart"], pages[PEER].phone["chart"])
    if ratio:
        what = "throttled phone: first chart"
        yield _row(what, "≤ 1.0 × Dash", f"{ratio} × Dash", met=ratio.middle <= 1)


def _readers(many: Sequence[str]) -> Iterator[str]:
    for what, before, beside, ours, other in BEFORE:
        now, then = _find(ours, many), _find(other, many)
        if now and then:
            said = f"{now / then:.2f} × {beside} ({now:.0f} ms)"
            target = f"≤ {before} × {beside}, as before"
            yield _row(what, target, said, met=round(now / then, 2) <= before)


def _find(pattern: str, rows: Sequence[str]) -> float | None:
    """Find the milliseconds of a row."""
    matches = (re.search(pattern, row) for row in rows)
    return next((float(match[1]) for match in matches if match), None)


def _row(what: str, target: str, measured: str, *, met: bool) -> str:
    return f"| {what} | {target} | {measured} | {'met' if met else '**not met**'} |"
