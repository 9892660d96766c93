"""A target in words: how it stands, what is to be reached, who decided it."""

from dashboard.language.numbers import format_number
from dashboard.query.targets import Progress, Status
from dashboard.text.dates import format_day


def format_status(progress: Progress) -> str:
    """Return shape and word: "▼ Behind"."""
    return f"{progress.status.shape} {progress.status.word.capitalize()}"


def format_aim(progress: Progress) -> str:
    """Return what is to be reached: "target 44 in 2026"."""
    return f"target {_format_target_value(progress)} in {progress.year}"


def _format_target_value(progress: Progress) -> str:
    limit = "at most " if progress.direction == "less" else ""
    return f"{limit}{format_number(progress.value)}"


def list_target_lines(progress: Progress) -> list[str]:
    """Say who decided a target, and why it is accepted that it is not reached."""
    lines = [
        f"Decided: {progress.decision}"
        + (f"; {progress.owner} answers for it" if progress.owner else "")
    ]
    if progress.deviation and progress.status not in (Status.REACHED, Status.ON_COURSE):
        deviation = progress.deviation
        state_of = "Accepted until" if deviation.in_force else "Had been accepted until"
        lines.append(
            f"{state_of} {format_day(deviation.until)} by {deviation.accepted_by}: {deviation.reason}"
        )
    return lines
