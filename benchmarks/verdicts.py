"""How each target stands, from what was measured."""

import re
import statistics
from collections.abc import Mapping, Sequence

from benchmarks.one_reader import Visits
from benchmarks.pages import FLOOR, OURS, PEER, REFERENCE

NEAR_THE_FLOOR = 1.2


def verdicts(found: Mapping[int, Mapping[str, Visits]], many: Sequence[str]) -> list[str]:
    """Rows of a table: what, the target, what it is now, and whether that is met."""
    rows = []
    for events, pages in found.items():
        change = {name: statistics.median(page.changes) for name, page in pages.items()}
        target = 1.5 if events == min(found) else 2.0
        of_bare, of_floor = change[OURS] / change[REFERENCE], change[OURS] / change[FLOOR]
        beside = (
            f"{of_bare:.1f} × bare, {of_floor:.1f} × the floor, {change[OURS] / change[PEER]:.1f} ×"
            " Dash"
        )
        fast = of_bare <= target and (events != min(found) or change[OURS] <= change[PEER])
        rows.append(
            _row(
                f"filter → repainted, {events:,} events",
                f"≤ {target} × bare{', not slower than Dash' * (events == min(found))}; or ≤ 1.2 ×"
                " the floor",
                beside,
                fast or of_floor <= NEAR_THE_FLOOR,
            )
        )
    events, pages = min(found.items())
    deep = {name: statistics.median(page.first) for name, page in pages.items()}
    of_bare, of_floor = deep[OURS] / deep[REFERENCE], deep[OURS] / deep[FLOOR]
    rows.append(
        _row(
            "deep link, first visit",
            "≤ 1.3 × bare; or ≤ 1.2 × the floor",
            f"{of_bare:.1f} × bare, {of_floor:.1f} × the floor",
            of_bare <= 1.3 or of_floor <= NEAR_THE_FLOOR,
        )
    )
    ours = pages[OURS]
    cpu, known = statistics.median(ours.cpu), statistics.median(ours.cpu_known)
    rows.append(
        _row(
            "server CPU per filter change",
            "≤ 30 ms",
            f"{cpu * 1000:.0f} ms, {known * 1000:.0f} ms again",
            max(cpu, known) <= 0.0305,
        )
    )
    rows.append(
        _row("bytes of a first visit", "≤ 3 MB", f"{ours.size / 1e6:.2f} MB", ours.size <= 3e6)
    )
    for what, target, most, pattern in (
        (
            "20 readers opening at once, last answer",
            "≤ 5 × bare",
            5.0,
            rf"20 readers .*{OURS} \|.*\| ([\d.]+) × bare",
        ),
        (
            "30 readers, a click each 20 s, one process",
            "p95 ≤ 2 × one reader",
            2.0,
            rf"30 readers.*{OURS} \|.*\| ([\d.]+) × one",
        ),
        (
            "start with a built store until the first answer",
            "≤ 2 s",
            2.0,
            rf"until the first answer.*{OURS} \| ([\d.]+) s",
        ),
    ):
        measured = next(
            (float(match[1]) for row in many if (match := re.search(pattern, row))), None
        )
        if measured is not None:
            rows.append(_row(what, target, f"{measured:.1f}", measured <= most))
    return rows


def _row(what: str, target: str, measured: str, met: bool) -> str:
    return f"| {what} | {target} | {measured} | {'met' if met else '**not met**'} |"
