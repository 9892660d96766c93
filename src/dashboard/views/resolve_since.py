"""Since when: which version a page of changes compares with, and as seen on which day, from what the
link names: a version, a day, a kept meeting, or nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dashboard.language.messages import _
from dashboard.model.settings import Settings, local_day
from dashboard.store import Store, StoreError, Version
from dashboard.store.versions import VERSION_ID
from dashboard.text.dates import format_day


@dataclass(frozen=True)
class KeptMeeting:
    """What is to be known of a meeting: its title, the day on which it was last changed, and the
    versions that its views pin, each with the day on which they were shown, the last first.
    """

    id: str
    title: str
    day: date
    pins: tuple[tuple[str, date | None], ...] = ()


class Meetings:
    """The meetings that are kept. Of whoever keeps none, there are none (see shares.kept_meetings)."""

    def find(self, identity: str) -> KeptMeeting | None:
        """Find a meeting; None where there is none that can be read."""

    def list_newest(self, most: int) -> Sequence[KeptMeeting]:  # noqa: ARG002 - none are none
        """List the newest, the newest first."""
        return ()


MAX_OFFERED = 5
"""Meetings that are offered to compare with."""


@dataclass(frozen=True)
class Basis:
    """What is compared with: a version `before`, as it was seen on a day. `meeting` is the title of
    the meeting that it comes from, if any; `notices` say where it is not what was asked for;
    `offered` are the meetings that can be compared with, and `last` is the day of the data that was
    served before what is shown. `is_first`: there is none before it, and it is beside itself.
    """

    before: Version
    day: date
    meeting: str = ""
    notices: tuple[str, ...] = ()
    offered: tuple[KeptMeeting, ...] = ()
    last: date | None = None
    is_first: bool = False

    def noting(self, *notices: str) -> "Basis":
        """Give the same with something to be said first."""
        return replace(self, notices=(*notices, *self.notices))


@dataclass(frozen=True)
class History:
    """What was served when, in the order in which it happened: the moments and ids as the log has
    them, rollbacks too.
    """

    store: Store
    settings: Settings
    served: tuple[tuple[datetime, str], ...]

    def open(self, version_id: str) -> Version | None:
        """Open a version, under the id that it has now; None where it is not there any more, or
        cannot be read.
        """
        try:
            return self.store.open(version_id)
        except StoreError:
            return None

    def find_published_day(self, version: Version) -> date:
        """Find the day of which the data of a version is."""
        return local_day(datetime.fromisoformat(version.manifest.time), self.settings)

    def find_last_place(self, version_id: str) -> int:
        """Find where a version was last begun to be served; behind all that were, where it never was:
        it is a candidate.
        """
        places = [
            place
            for place, (_moment, found) in enumerate(self.served)
            if version_id in (found, self.store.resolve(found))
        ]
        return places[-1] if places else len(self.served)

    def list_before(self, place: int) -> Iterator[Version]:
        """List what was served before a place in the history and is still there, the latest first."""
        for _moment, version_id in reversed(self.served[:place]):
            if version := self.open(version_id):
                yield version

    def find_served_on(self, day: date) -> int:
        """Find the place in the history of what was served at the end of a day; -1 before the first."""
        places = [
            place
            for place, (moment, _id) in enumerate(self.served)
            if local_day(moment, self.settings) <= day
        ]
        return places[-1] if places else -1

    def open_served_on(self, day: date) -> Version | None:
        """Open what was served at the end of a day; None where nothing was, or it is not kept."""
        place = self.find_served_on(day)
        return self.open(self.served[place][1]) if place >= 0 else None


def read_history(store: Store, settings: Settings) -> History:
    """Read from the log of the store what was served when; without one, its versions tell."""
    entries = [
        (datetime.fromisoformat(entry["time"]), str(entry["version"]))
        for entry in store.log()
        if entry.get("action") in ("publish", "rollback") and _is_readable(entry.get("time"))
    ]
    if not entries:
        entries = [
            (datetime.fromisoformat(one.manifest.time), one.id)
            for one in reversed(store.versions())
        ]
    return History(store, settings, tuple(entries))


def _is_readable(time: object) -> bool:
    try:
        return isinstance(time, str) and datetime.fromisoformat(time).tzinfo is not None
    except ValueError:
        return False


def resolve_since(
    store: Store,
    settings: Settings,
    asked: str,
    shown: Version,
    today: date,
    *,
    meetings: Meetings,
) -> Basis:
    """Find what a version is compared with that is `shown`, by what a link asks for; where that is
    not to be had, the nearest that can be, with a notice.
    """
    history = read_history(store, settings)
    found = _find_basis(history, asked, shown, today, meetings)
    related = found.noting(*_describe_relation(history, found.before, shown))
    last = find_last_publication(history, shown)
    return replace(related, offered=tuple(meetings.list_newest(MAX_OFFERED)), last=last.day)


def _find_basis(
    history: History, asked: str, shown: Version, today: date, meetings: Meetings
) -> Basis:
    if not asked:
        return find_last_publication(history, shown)
    if VERSION_ID.fullmatch(asked):
        return _find_version(history, asked, shown)
    if "-" in asked:
        return _find_day(history, date.fromisoformat(asked), shown, today)
    return _find_meeting(history, asked, shown, meetings)


def find_last_publication(history: History, shown: Version) -> Basis:
    """Find the version that was served before the one that is shown; the same one where it is the
    first.
    """
    place = history.find_last_place(shown.id)
    for version in history.list_before(place):
        if version.id != shown.id:
            return Basis(version, history.find_published_day(version))
    return Basis(shown, history.find_published_day(shown), is_first=True)


def _find_version(history: History, asked: str, shown: Version) -> Basis:
    if version := history.open(asked):
        return Basis(version, history.find_published_day(version))
    place = history.find_last_place(history.store.resolve(asked))
    known = place < len(history.served)
    nearest = next(history.list_before(place), None) if known else None
    if nearest is None:
        notice = _(
            "Version {version} is not there: shown is what changed since the last publication.",
            version=asked,
        )
        return find_last_publication(history, shown).noting(notice)
    day = history.find_published_day(nearest)
    return Basis(nearest, day).noting(
        _(
            "Version {version} is not kept any more: compared is with the one before it, of {day}.",
            version=asked,
            day=format_day(day),
        )
    )


def _find_day(history: History, day: date, shown: Version, today: date) -> Basis:
    if day > today:
        notice = _(
            "{day} is yet to come: shown is what changed since the last publication.",
            day=format_day(day),
        )
        return find_last_publication(history, shown).noting(notice)
    place = history.find_served_on(day)
    if place < 0:
        return _find_first(history, day, shown)
    version = history.open(history.served[place][1])
    if version:
        return Basis(version, day)
    nearest = next(history.list_before(place), None)
    if nearest is None:
        return _find_first(history, day, shown)
    return Basis(nearest, day).noting(
        _(
            "The version of {day} is not kept any more: compared is with the one before it, of"
            " {nearest}.",
            day=format_day(day),
            nearest=format_day(history.find_published_day(nearest)),
        )
    )


def _find_first(history: History, day: date, shown: Version) -> Basis:
    """Find the first version that is kept, for a day on which there was none."""
    kept = (version for _moment, one in history.served if (version := history.open(one)))
    first = next(kept, shown)
    published = history.find_published_day(first)
    return Basis(first, published).noting(
        _(
            "Of {day} there is no version: shown is what changed since the first one, of {first}.",
            day=format_day(day),
            first=format_day(published),
        )
    )


def _find_meeting(history: History, identity: str, shown: Version, meetings: Meetings) -> Basis:
    """Find what a meeting saw: the version that its views pin, else what was served on its day."""
    meeting = meetings.find(identity)
    if meeting is None:
        notice = _(
            "This meeting is not there any more: shown is what changed since the last publication."
        )
        return find_last_publication(history, shown).noting(notice)
    for version_id, day in meeting.pins:
        if version := history.open(version_id):
            seen = day or history.find_published_day(version)
            return Basis(version, seen, meeting.title)
    basis = _find_day(history, meeting.day, shown, date.max)
    said = {"meeting": meeting.title, "day": format_day(meeting.day)}
    notice = (
        _(
            "The versions that “{meeting}” pins are not kept any more: compared is with what was"
            " shown on {day}.",
            **said,
        )
        if meeting.pins
        else _("“{meeting}” pins no version: compared is with what was shown on {day}.", **said)
    )
    return replace(basis.noting(notice), meeting=meeting.title)


# How the two belong together
# ----------------------------------------------------------------------------------------------


def _describe_relation(history: History, before: Version, shown: Version) -> Iterator[str]:
    """Say where the version that is compared with is a later one, or was taken back for the other, or
    has no history with it.
    """
    if before.id == shown.id:
        return
    places = [history.find_last_place(one.id) for one in (before, shown)]
    if places[0] > places[1]:
        yield _("The version that is compared with came after the one that is shown.")
    elif places[1] < len(history.served) and before.manifest.time > shown.manifest.time:
        yield _(
            "The version of {day} was taken back: shown is again that of {earlier}.",
            day=format_day(history.find_published_day(before)),
            earlier=format_day(history.find_published_day(shown)),
        )
    if not _share_ancestor(history.store, before, shown):
        yield _(
            "These versions have no earlier one in common that is kept: they are compared record by"
            " record."
        )


def _share_ancestor(store: Store, one: Version, other: Version) -> bool:
    """Tell whether one version came from the other, or both from a third one that is kept."""
    parents = {version.id: version.manifest.parent for version in store.versions()}
    return bool(_list_line(store, parents, one) & _list_line(store, parents, other))


def _list_line(store: Store, parents: dict[str, str | None], version: Version) -> set[str]:
    """List a version and those it came from, as far as they are kept."""
    line: set[str] = set()
    current: str | None = version.id
    parent = version.manifest.parent
    while current and current not in line:
        line.add(current)
        current = store.resolve(parent) if parent else None
        if current not in parents:
            return line
        parent = parents[current]
    return line
