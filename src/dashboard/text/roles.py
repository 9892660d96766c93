"""How often somebody had a role at events, in the middle of a sentence."""

from collections.abc import Mapping

from dashboard.language.messages import N_, ngettext

COUNTED_ROLES = {
    "keynote": (N_("{n} keynote"), N_("{n} keynotes")),
    "lecture": (N_("{n} lecture"), N_("{n} lectures")),
    "presentation": (N_("{n} presentation"), N_("{n} presentations")),
    "workshop": (N_("{n} workshop"), N_("{n} workshops")),
    "chair": (N_("once in the chair"), N_("{n} times in the chair")),
    "introduction": (N_("{n} introduction"), N_("{n} introductions")),
    "host": (N_("once as host"), N_("{n} times as host")),
    "contribution": (N_("{n} other contribution"), N_("{n} other contributions")),
}
"""By the id of a role; a role of another vocabulary is named by its label."""


def count_role(role: str, n: int, labels: Mapping[str, str]) -> str:
    """Say how often: "4 keynotes", "once in the chair"."""
    if role in COUNTED_ROLES:
        return ngettext(*COUNTED_ROLES[role], n)
    label = labels.get(role, role).lower()
    return ngettext("once as {role}", "{n} times as {role}", n, role=label)
