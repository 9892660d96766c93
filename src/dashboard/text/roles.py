"""Roles of people at events, and kinds of events: how often, and in the plural, in the middle of a
sentence.
"""

from collections.abc import Mapping

from dashboard.language.messages import N_, _, ngettext
from dashboard.language.nouns import plural
from dashboard.text.sentences import lower_first

COUNTED_ROLES: Mapping[str, tuple[str, str]] = {
    "keynote": plural("{n} keynote", "{n} keynotes"),
    "lecture": plural("{n} lecture", "{n} lectures"),
    "presentation": plural("{n} presentation", "{n} presentations"),
    "workshop": plural("{n} workshop", "{n} workshops"),
    "chair": plural("once in the chair", "{n} times in the chair"),
    "introduction": plural("{n} introduction", "{n} introductions"),
    "host": plural("once as host", "{n} times as host"),
    "contribution": plural("{n} other contribution", "{n} other contributions"),
}
"""By the id of a role; a role of another vocabulary is named by its label."""
ROLES: Mapping[str, str] = {
    "keynote": N_("keynotes"),
    "lecture": N_("lectures"),
    "presentation": N_("presentations"),
    "workshop": N_("workshops"),
    "chair": N_("chairs"),
    "introduction": N_("introductions"),
    "host": N_("hosts"),
    "contribution": N_("contributions"),
}
KINDS: Mapping[str, str] = {
    "conference": N_("conferences and annual meetings"),
    "symposium": N_("symposiums"),
    "course": N_("courses"),
    "workshop": N_("workshops"),
    "lecture": N_("lectures and lecture series"),
    "meeting": N_("meetings and study days"),
    "working-visit": N_("working visits"),
    "festival": N_("festivals"),
    "travelling-programme": N_("travelling programmes"),
}
"""What people with a role do, and events of a kind, in the plural, by the ids of data/terms.csv."""


def count_role(role: str, n: int, labels: Mapping[str, str]) -> str:
    """Say how often: "4 keynotes", "once in the chair"."""
    if role in COUNTED_ROLES:
        return ngettext(*COUNTED_ROLES[role], n)
    label = lower_first(labels.get(role, role))
    return ngettext("once as {role}", "{n} times as {role}", n, role=label)


def name_roles(role: str, labels: Mapping[str, str]) -> str:
    """Name what people with a role do: "keynotes"; one of another vocabulary as it is called there."""
    return _(ROLES[role]) if role in ROLES else labels.get(role, role)


def name_kinds(kind: str, labels: Mapping[str, str]) -> str:
    """Name the events of a kind: "symposiums"; one of another vocabulary as it is called there."""
    return _(KINDS[kind]) if kind in KINDS else labels.get(kind, kind)
