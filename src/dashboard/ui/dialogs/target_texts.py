"""A target in words: how it stands, what is to be reached, who decided it."""

from collections.abc import Mapping

from dashboard.language.messages import N_, _
from dashboard.language.numbers import format_number
from dashboard.query.targets import Progress, Status
from dashboard.text.dates import format_day

STATUSES: Mapping[Status, str] = {
    Status.REACHED: N_("Reached"),
    Status.ON_COURSE: N_("On course"),
    Status.NEARLY: N_("Nearly"),
    Status.BEHIND: N_("Behind"),
    Status.CANNOT_BE_SAID: N_("Cannot be said"),
    Status.ACCEPTED: N_("Accepted"),
}
"""How a target stands, as a word by itself."""
ACCEPTED = N_("Accepted until {day} by {who}: {reason}")
HAD_BEEN_ACCEPTED = N_("Had been accepted until {day} by {who}: {reason}")


def format_status(progress: Progress) -> str:
    """Return shape and word: "▼ Behind"."""
    return f"{progress.status.shape} {_(STATUSES[progress.status])}"


def format_aim(progress: Progress) -> str:
    """Return what is to be reached: "target 44 in 2026"."""
    value = format_number(progress.value)
    if progress.direction == "less":
        return _("target at most {value} in {year}", value=value, year=progress.year)
    return _("target {value} in {year}", value=value, year=progress.year)


def list_target_lines(progress: Progress) -> list[str]:
    """Say who decided a target, and why it is accepted that it is not reached."""
    said = {"decision": progress.decision, "owner": progress.owner}
    lines = [
        _("Decided: {decision}; {owner} answers for it", **said)
        if progress.owner
        else _("Decided: {decision}", decision=progress.decision)
    ]
    if progress.deviation and progress.status not in (Status.REACHED, Status.ON_COURSE):
        deviation = progress.deviation
        accepted = ACCEPTED if deviation.in_force else HAD_BEEN_ACCEPTED
        lines.append(
            _(
                accepted,
                day=format_day(deviation.until),
                who=deviation.accepted_by,
                reason=deviation.reason,
            )
        )
    return lines
