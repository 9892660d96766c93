"""What changed about one thing, and the sentence that says it, in the language of whoever reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from dashboard.language.messages import N_, Said, Words, _, choose_text, emphasize
from dashboard.language.numbers import format_euro
from dashboard.model.quantity import Quantity, make_quantity, qualify
from dashboard.publishing.since.sorts import Sort
from dashboard.publishing.since.values import Vocabulary, name_record, say_corrected, say_known
from dashboard.query.metrics import METRICS
from dashboard.text.column_names import name_column
from dashboard.text.dates import format_day, format_days, format_partial_date
from dashboard.text.lists import join_names
from dashboard.text.records import format_event_dates, format_project_period

Row = Mapping[str, Any]
HAPPENED, KNOWN, UNSORTED, CORRECTED = "happened", "known", "unsorted", "corrected"
WATCH = "watch"
PARTS: Mapping[str, str] = MappingProxyType(
    {
        HAPPENED: N_("Happened"),
        KNOWN: N_("Became known"),
        UNSORTED: N_("Changed"),
        CORRECTED: N_("Corrected"),
        WATCH: N_("To watch"),
    }
)
"""The parts in which changes are told, in their order, and what each is called. What differs in so many
records that no reason is told is neither news nor a correction.
"""
PART_OF: Mapping[Sort, str] = MappingProxyType(
    {
        Sort.HAPPENED: HAPPENED,
        Sort.REGISTERED: KNOWN,
        Sort.KNOWN: KNOWN,
        Sort.CORRECTED: CORRECTED,
        Sort.UNSORTED: UNSORTED,
    }
)


@dataclass(frozen=True)
class Change:
    """One thing that changed. `part` says where it is told (PARTS), `weight` how much it matters.
    `table` and `record_id` are what it is about; empty for a number, which is `metric`. `facts` are
    what its sentence says besides.
    """

    kind: str
    part: str
    weight: int
    table: str = ""
    record_id: str = ""
    metric: str = ""
    before: Row | None = field(default=None, compare=False, repr=False)
    after: Row | None = field(default=None, compare=False, repr=False)
    columns: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    vocabulary: Vocabulary = field(default_factory=Vocabulary, compare=False, repr=False)

    @property
    def corrected(self) -> bool:
        """Whether what was said is said differently, as against something that happened since."""
        return self.part == CORRECTED

    @property
    def row(self) -> Row:
        """The record as it is now, or else as it was."""
        return self.after or self.before or {}

    @property
    def title(self) -> Said:
        """What it is about: the number or the record."""
        if self.metric:
            return Said(METRICS[self.metric].label if self.metric in METRICS else self.metric)
        return name_record(self.row, self.record_id)

    def words(self) -> Words:
        """Say it in one sentence; what it is about stands out."""
        message, places = SAYING[self.kind](self)
        return emphasize(message, title=self.title.text, **places)

    def say(self) -> str:
        """Say it in one sentence."""
        return "".join(text for text, _strong in self.words())


Sentence = tuple[str, Mapping[str, object]]
"""A message that is marked, and what fills its places beside the title."""


def say_when(row: Row) -> str:
    """Say when, as precisely as it is known: on 12 March 2026; in May 2025; on an unknown date."""
    start = row.get("start_date") or row.get("period") or row.get("date") or ""
    end = row.get("end_date") or start
    if len(start) == len(end) == len("2025-05-14"):
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        return _("on {days}", days=format_days(first, last))
    return _("in {period}", period=format_partial_date(start)) if start else _("on an unknown date")


# Numbers, targets and what was accepted
# ----------------------------------------------------------------------------------------------


def _say_number(change: Change) -> Sentence:
    number = change.facts["number"]
    places = {"step": number.step(), "causes": number.because()}
    if not places["causes"]:
        return N_("**{title}**: {step}."), places
    return N_("**{title}**: {step}, because of {causes}."), places


def _say_target(change: Change) -> Sentence:
    """Say how a target stood and stands; or that it was set, changed or dropped."""
    facts = change.facts
    places: dict[str, object] = {"year": str(facts["year"])}
    before, after = facts["before"], facts["after"]
    metric = METRICS.get(change.metric)
    aims = [metric.words(Quantity(one.value)) if metric and one else "" for one in (before, after)]
    if before is None:
        return N_("**{title}**: a target was set for {year}, {aim}."), {**places, "aim": aims[1]}
    if after is None:
        return N_("**{title}**: there is no target for {year} any more."), places
    places |= {"old": aims[0], "aim": aims[1], "number": after.quantity.words()}
    places |= {"before": before.status.word, "after": after.status.word}
    if before.value != after.value:
        return N_("**{title}**, target for {year}: {old} → {aim}, {after}."), places
    return (
        N_("**{title}**, target for {year}: {before} → {after}, {number} of {aim}."),
        places,
    )


def _say_deviation(change: Change) -> Sentence:
    row = change.row
    places = {
        "somebody": row["accepted_by"],
        "day": format_day(row["last_day"]),
        "reason": choose_text(row, "reason").text,
    }
    if change.facts["is_over"]:
        return (
            N_("**{title}**: what {somebody} accepted ended on {day} ({reason})."),
            places,
        )
    return N_("**{title}**: what {somebody} accepted ends on {day} ({reason})."), places


def _say_accepted(change: Change) -> Sentence:
    row = change.row
    return (
        N_(
            "For **{title}**, {somebody} accepted a deviation from the target until {day} ({reason})."
        ),
        {
            "somebody": row["accepted_by"],
            "day": format_day(row["last_day"]),
            "reason": choose_text(row, "reason").text,
        },
    )


def _say_disagreement(change: Change) -> Sentence:
    claim = change.facts["claim"]
    column = name_column(claim["field"])
    places = {"source": change.facts["source"], "column": column, "stated": claim["stated"] or ""}
    if claim["stated"]:
        return (
            N_("**{title}**: “{source}” says otherwise about the {column}: “{stated}”."),
            places,
        )
    return N_("**{title}**: “{source}” says otherwise about the {column}."), places


# Records
# ----------------------------------------------------------------------------------------------


def _say_held(change: Change) -> Sentence:
    return N_("**{title}** was held {when}."), {"when": say_when(change.row)}


def _say_planned(change: Change) -> Sentence:
    if change.row.get("status") == "selected":
        return N_("**{title}** was selected."), {}
    if not (change.row.get("start_date") or change.row.get("period")):
        return N_("**{title}** is newly planned."), {}
    return N_("**{title}** is newly planned {when}."), {"when": say_when(change.row)}


def _say_moved(change: Change) -> Sentence:
    rows = [
        {"start_date": row.get("period"), "end_date": None, **row}
        for row in (change.before or {}, change.after or {})
    ]
    if change.table == "projects":
        before, after = map(format_project_period, rows)
        return (
            N_("**{title}** has another period: {before} → {after}."),
            {"before": before, "after": after},
        )
    if not rows[1]["start_date"]:
        return (
            N_("**{title}**, planned {when}, has no date any more."),
            {"when": say_when(change.before or {})},
        )
    before, after = map(format_event_dates, rows)
    return N_("**{title}** was moved from {before} to {after}."), {"before": before, "after": after}


def _say_cancelled(change: Change) -> Sentence:
    return N_("**{title}**, planned {when}, was cancelled."), {"when": say_when(change.row)}


def _say_begun(change: Change) -> Sentence:
    if change.table == "trainings":
        return N_("**{title}** is being developed."), {}
    if not change.row.get("start_date"):
        return N_("**{title}** began."), {}
    return N_("**{title}** began {when}."), {"when": say_when({"date": change.row["start_date"]})}


def _say_ended(change: Change) -> Sentence:
    if change.row["status"] == "stopped":
        return N_("**{title}** was stopped."), {}
    if not change.row.get("end_date"):
        return N_("**{title}** was completed."), {}
    return (
        N_("**{title}** was completed {when}."),
        {"when": say_when({"date": change.row["end_date"]})},
    )


def _say_ready(_change: Change) -> Sentence:
    return N_("**{title}** is ready."), {}


def _say_money(change: Change) -> Sentence:
    """Say an amount that was granted, and whether it is ours; one of before, that it was entered."""
    row = change.row
    amount = _("an unknown amount")
    if row["amount_eur"] is not None:
        quantity = make_quantity(row["amount_eur"], row["amount_kind"])
        amount = qualify(quantity.kind, format_euro(row["amount_eur"]))
    places = {"amount": amount, "when": say_when(row)}
    if row["our_role"] != "recipient":
        if change.part == KNOWN:
            return (
                N_("**{title}** was registered since: {amount} granted {when}, not our money."),
                places,
            )
        return N_("**{title}**: {amount} was granted {when}, not our money."), places
    if change.part == KNOWN:
        return N_("**{title}** was registered since: {amount} granted {when}."), places
    return N_("**{title}**: {amount} was granted {when}."), places


def _say_registered(change: Change) -> Sentence:
    status = change.row.get("status")
    if status == "held":
        return N_("**{title}** was registered since: held {when}."), {"when": say_when(change.row)}
    if status is None:
        return N_("**{title}** was registered since."), {}
    vocabulary = {"events": "event-status", "trainings": "training-status"}
    named = change.vocabulary.name_term(vocabulary.get(change.table, "project-status"), status)
    return N_("**{title}** was registered since: {status}."), {"status": named}


def _say_named(change: Change) -> Sentence:
    """Say who is named at a record, or in it, and was not before; or is not any more; or of whom more
    is recorded than before, or something else.
    """
    names = [
        name_record(change.vocabulary.names.get(key, {}), key[1]).text
        for key in change.facts["named"]
    ]
    return NAMED[change.facts["how"]], {"names": join_names(names)}


def _say_known(change: Change) -> Sentence:
    said = say_known(change.vocabulary, change.table, change.row, change.columns)
    return N_("**{title}**, known now: {facts}."), {"facts": join_names(said)}


def _say_record(change: Change) -> Sentence:
    if change.after is None:
        return N_("**{title}** was removed from the records."), {}
    if change.before is None:
        return N_("**{title}** was registered since."), {}
    said = say_corrected(
        change.vocabulary, change.table, change.before, change.after, change.columns
    )
    return N_("**{title}** was corrected: {facts}."), {"facts": join_names(said)}


NAMED: Mapping[str, str] = MappingProxyType(
    {
        "came": N_("**{title}** now names {names}."),
        "went": N_("**{title}** no longer names {names}."),
        "more": N_("**{title}**: more is recorded about {names}."),
        "less": N_("**{title}**: less is recorded about {names}."),
        "other": N_("**{title}**: what is recorded about {names} was corrected."),
    }
)
"""How somebody is named otherwise than before, and how that is said."""
SAYING: Mapping[str, Callable[[Change], Sentence]] = MappingProxyType(
    {
        "number": _say_number,
        "target": _say_target,
        "money": _say_money,
        "ended": _say_ended,
        "begun": _say_begun,
        "cancelled": _say_cancelled,
        "moved": _say_moved,
        "held": _say_held,
        "planned": _say_planned,
        "ready": _say_ready,
        "registered": _say_registered,
        "named": _say_named,
        "known": _say_known,
        "record": _say_record,
        "accepted": _say_accepted,
        "deviation": _say_deviation,
        "disagreement": _say_disagreement,
    }
)
"""What a change may be, and how it is said."""
