"""Counted nouns, the only pieces of which sentences are made: "29 events", "1 event", "no events".

A noun is named by its singular in English, or by its plural, as the unit of a metric is.
"""

from collections.abc import Mapping

from dashboard.language.messages import N_, _, ngettext


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a counted noun for translators: they are said by `count_noun`."""
    return one, many


NOUNS: Mapping[str, tuple[tuple[str, str], str]] = {
    "attendance": (plural("{number} attendance", "{number} attendances"), N_("no attendances")),
    "change": (plural("{number} change", "{number} changes"), N_("no changes")),
    "claim": (plural("{number} claim", "{number} claims"), N_("no claims")),
    "contribution": (
        plural("{number} contribution", "{number} contributions"),
        N_("no contributions"),
    ),
    "correction": (plural("{number} correction", "{number} corrections"), N_("no corrections")),
    "country": (plural("{number} country", "{number} countries"), N_("no countries")),
    "day": (plural("{number} day", "{number} days"), N_("no days")),
    "drawing": (plural("{number} drawing", "{number} drawings"), N_("no drawings")),
    "e-learning module": (
        plural("{number} e-learning module", "{number} e-learning modules"),
        N_("no e-learning modules"),
    ),
    "euro": (plural("{number} euro", "{number} euro"), N_("no euro")),
    "event": (plural("{number} event", "{number} events"), N_("no events")),
    "event without a known place": (
        plural("{number} event without a known place", "{number} events without a known place"),
        N_("no events without a known place"),
    ),
    "event without a stated role of ours": (
        plural(
            "{number} event without a stated role of ours",
            "{number} events without a stated role of ours",
        ),
        N_("no events without a stated role of ours"),
    ),
    "file": (plural("{number} file", "{number} files"), N_("no files")),
    "grant": (plural("{number} grant", "{number} grants"), N_("no grants")),
    "held event": (plural("{number} held event", "{number} held events"), N_("no held events")),
    "hour": (plural("{number} hour", "{number} hours"), N_("no hours")),
    "kind": (plural("{number} kind", "{number} kinds"), N_("no kinds")),
    "matter": (plural("{number} matter", "{number} matters"), N_("no matters")),
    "module": (plural("{number} module", "{number} modules"), N_("no modules")),
    "more change": (plural("{number} more change", "{number} more changes"), N_("no more changes")),
    "more kind": (plural("{number} more kind", "{number} more kinds"), N_("no more kinds")),
    "more name": (plural("{number} more name", "{number} more names"), N_("no more names")),
    "more number": (plural("{number} more number", "{number} more numbers"), N_("no more numbers")),
    "more person": (plural("{number} more person", "{number} more people"), N_("no more people")),
    "more word": (plural("{number} more word", "{number} more words"), N_("no more words")),
    "note": (plural("{number} note", "{number} notes"), N_("no notes")),
    "number": (plural("{number} number", "{number} numbers"), N_("no numbers")),
    "organisation": (
        plural("{number} organisation", "{number} organisations"),
        N_("no organisations"),
    ),
    "other": (plural("{number} other", "{number} others"), N_("no others")),
    "participant": (plural("{number} participant", "{number} participants"), N_("no participants")),
    "partner": (plural("{number} partner", "{number} partners"), N_("no partners")),
    "person": (plural("{number} person", "{number} people"), N_("no people")),
    "plan": (plural("{number} plan", "{number} plans"), N_("no plans")),
    "planned event": (
        plural("{number} planned event", "{number} planned events"),
        N_("no planned events"),
    ),
    "problem": (plural("{number} problem", "{number} problems"), N_("no problems")),
    "process": (plural("{number} process", "{number} processes"), N_("no processes")),
    "project": (plural("{number} project", "{number} projects"), N_("no projects")),
    "question": (plural("{number} question", "{number} questions"), N_("no questions")),
    "record": (plural("{number} record", "{number} records"), N_("no records")),
    "result": (plural("{number} result", "{number} results"), N_("no results")),
    "row": (plural("{number} row", "{number} rows"), N_("no rows")),
    "series": (plural("{number} series", "{number} series"), N_("no series")),
    "small head count": (
        plural("{number} small head count", "{number} small head counts"),
        N_("no small head counts"),
    ),
    "text": (plural("{number} text", "{number} texts"), N_("no texts")),
    "training": (plural("{number} training", "{number} trainings"), N_("no trainings")),
    "version": (plural("{number} version", "{number} versions"), N_("no versions")),
}
"""The forms of each noun with a number, and without any of it."""
SINGULAR: Mapping[str, str] = {
    forms[1].removeprefix("{number} "): noun for noun, (forms, _none) in NOUNS.items()
}
"""By the plural: "country" of "countries"."""


def _forms(noun: str) -> tuple[tuple[str, str], str]:
    return NOUNS[noun] if noun in NOUNS else NOUNS[SINGULAR[noun]]


def count_noun(noun: str, n: float, number: str) -> str:
    """Write a number, as it stands in words, with its noun: "3 million participants", "1 event".
    Raises KeyError for a noun that is not in NOUNS.
    """
    return ngettext(*_forms(noun)[0], n, number=number)


def say_none(noun: str) -> str:
    """Say that there is nothing of a noun: "no events". Raises KeyError for one not in NOUNS."""
    return _(_forms(noun)[1])


def name_noun(noun: str, n: int = 2) -> str:
    """Give the noun alone, for one or for several: "countries". Raises KeyError."""
    return count_noun(noun, n, "").strip()
