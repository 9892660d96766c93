"""The price of not knowing: what is not known as questions to people, those first whose answers make
the numbers better.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.language.messages import _
from dashboard.model.filters import Filters
from dashboard.query.contacts import Contact, find_contacts, read_contact
from dashboard.query.gains import Gain, find_gains, sum_gains
from dashboard.query.quality import Task
from dashboard.query.targets import Status
from dashboard.views.view import View

ON_TILES = frozenset(
    {
        "countries",
        "events_abroad",
        "events_home",
        "events_organised",
        "funding_received",
        "training_participants",
    }
)
"""Numbers with gaps that stand at the head of a page."""
MAX_AT_ONCE = 25
"""As many questions as somebody is asked in one message."""
Weight = tuple[bool, float, float]
"""How much is gained: whether a target may be judged; the part of the records of a number at the head
of a page, and of any, of which it becomes known.
"""


@dataclass(frozen=True)
class Inquiry:
    """One question: the task, what an answer does to numbers, best first, and why it is asked of whom
    it is asked. `target` is the number whose target cannot be judged while it is unknown.
    """

    task: Task
    gains: tuple[Gain, ...]
    weight: Weight
    target: str = ""
    reason: str = ""

    @property
    def gain(self) -> str:
        """What is gained, in a sentence; where no number comes from more records, what the matter is."""
        return self.gains[0].sentence if self.gains else self.task.matter


@dataclass(frozen=True)
class Letter:
    """What one person is asked in one message, at most MAX_AT_ONCE of all: `contact` is None where
    the records name nobody; `gains` are what all answers together do to numbers, best first.
    """

    contact: Contact | None
    inquiries: tuple[Inquiry, ...]
    more: int
    gains: tuple[Gain, ...]
    weight: Weight

    @property
    def name(self) -> str:
        """Who is asked."""
        return self.contact.name if self.contact else _("Nobody is named")

    @property
    def targets(self) -> tuple[str, ...]:
        """The numbers whose targets cannot be judged without an answer."""
        return tuple(dict.fromkeys(one.target for one in self.inquiries if one.target))


@dataclass(frozen=True)
class _Scope:
    """The year whose numbers count first, the numbers whose targets cannot be judged in it, with what
    they are called, and who answers for the targets.
    """

    year: int | None
    undecided: Mapping[str, str]
    owners: Mapping[str, str]

    def weigh(self, gains: Iterable[Gain]) -> Weight:
        """Weigh what is gained: first in the year that is shown, then in all."""
        listed = list(gains)
        own = [gain for gain in listed if gain.year == self.year]
        return (
            any(gain.metric in self.undecided for gain in own),
            max((gain.share for gain in own if gain.metric in ON_TILES), default=0.0),
            max((gain.share for gain in listed), default=0.0),
        )

    def sort(self, gains: Iterable[Gain]) -> tuple[Gain, ...]:
        """Order what is gained, the best first."""
        return tuple(
            sorted(gains, key=lambda gain: (gain.year != self.year, _descend(self.weigh([gain]))))
        )

    def find_owner(self, gains: Sequence[Gain]) -> Contact | None:
        """Find who answers for the target of a number that gains."""
        owners = (self.owners[gain.metric] for gain in gains if gain.metric in self.owners)
        owner = next(owners, "")
        return read_contact(owner, "owner") if owner else None


def build_letters(view: View, tasks: Sequence[Task]) -> tuple[Letter, ...]:
    """Make of the tasks of the worklist the messages to those who may know, the most rewarding first;
    at the end what nobody is named for.
    """
    scope = _read_scope(view)
    years = [None] if scope.year is None else [scope.year, None]
    cells = [task.cell for task in tasks if task.answerable]
    gains = find_gains(view.version, cells, years, view.number)
    contacts = find_contacts(view.version, {task.cell[:2] for task in tasks})
    asked: dict[str, tuple[Contact | None, list[Inquiry]]] = {}
    for task in tasks:
        own = scope.sort(gains.get(task.cell, ()))
        contact = contacts.get(task.cell[:2]) or scope.find_owner(own)
        key = contact.key if contact else ""
        reason = contact.reason if contact else ""
        asked.setdefault(key, (contact, []))[1].append(_inquire(task, own, reason, scope))
    letters = [_write(contact, found, scope) for contact, found in asked.values()]
    return tuple(sorted(letters, key=_rank_letter))


def _read_scope(view: View) -> _Scope:
    year = view.answers.facts(view.version, view.today)["default_year"]
    progress = view.progress(Filters(year=year)) if year else []
    undecided = {
        one.metric: one.label
        for one in progress
        if one.status is Status.CANNOT_BE_SAID and one.quantity.not_known
    }
    return _Scope(year, undecided, {one.metric: one.owner for one in progress if one.owner})


def _inquire(task: Task, gains: tuple[Gain, ...], reason: str, scope: _Scope) -> Inquiry:
    target = next(
        (
            scope.undecided[g.metric]
            for g in gains
            if g.year == scope.year and g.metric in scope.undecided
        ),
        "",
    )
    return Inquiry(task, gains, scope.weigh(gains), target, reason)


def _write(contact: Contact | None, found: Sequence[Inquiry], scope: _Scope) -> Letter:
    """Put what one person is asked in order: what is asked about one record stays together."""
    best: dict[tuple[str, str], Weight] = {}
    for one in found:
        record = one.task.cell[:2]
        best[record] = max(best.get(record, one.weight), one.weight)
    ordered = sorted(
        found,
        key=lambda one: (
            _descend(best[one.task.cell[:2]]),
            one.task.cell[:2],
            _descend(one.weight),
        ),
    )
    first = ordered[:MAX_AT_ONCE]
    gains = scope.sort(sum_gains(gain for one in first for gain in one.gains))
    return Letter(contact, tuple(first), len(ordered) - len(first), gains, scope.weigh(gains))


def _rank_letter(letter: Letter) -> tuple[bool, Weight, str]:
    return letter.contact is None, _descend(letter.weight), letter.name


def _descend(weight: Weight) -> Weight:
    decides, shown, other = weight
    return not decides, -shown, -other
