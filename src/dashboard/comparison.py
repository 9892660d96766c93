"""Two years side by side: the difference where both are known, else the reason why not."""

from dashboard.metrics import Metric
from dashboard.quantity import Kind, Quantity, compare, format_number


def difference(metric: Metric, now: Quantity, before: Quantity, then: str, *, recorded: bool) -> str:
    """A number against an earlier year, in words: "12 trainings, 2 more than in 2024 (10 trainings)".

    `then` names the earlier year; `recorded` says whether anything of its sort is recorded for it: if so, no
    records are a zero, and otherwise a gap in what was kept.
    """
    words = metric.words(now)
    if not recorded:
        return f"{words}; {then} not recorded"
    for side, name in ((now, "this year"), (before, then)):
        if gap := metric.coverage(side) or ("only a lower bound is known" if side.at_least else ""):
            return f"{words}; no comparison, because for {name}: {gap}"
    change = compare(now, before if before.total else Quantity(0, exact=1), then)
    size = change.difference or 0
    about = "about " if change.kind is Kind.ABOUT else ""
    if not size:
        return f"{words}, {about}as many as in {then}"
    sign = "more" if size > 0 else "fewer"
    return (
        f"{words}, {about}{format_number(size if size > 0 else -size)} {sign} than in {then} ({metric.words(before)})"
    )
