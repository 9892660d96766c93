"""The registry of linked files: files outside the store that name people too, such as the shelf,
and the observers that change them when somebody is forgotten or merged.

Modules above the store register an observer (`register_observer`). What could not be changed yet
stays written down (following.json), and whoever holds the lock next goes on with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.language.messages import N_
from dashboard.model import settings
from dashboard.store import durable
from dashboard.store.person_names import PersonToForget
from dashboard.store.versions import Store, StoreError

MERGES_FILE = "following.json"
"""Old and new ids of merged people whose links do not follow yet."""


class Unfinished(StoreError):
    """The records are as they should be, but not a linked file; the message says why. The
    next publisher, the next start of a server or the same command goes on.
    """


@dataclass(frozen=True)
class PersonObserver:
    """An observer of the store: it changes a linked file. Both raise Unfinished where that cannot
    be done, and may be called again.
    """

    forget: Callable[[Store, PersonToForget, Path], None]
    move: Callable[[Store, Mapping[str, str]], None]


_listeners: list[PersonObserver] = []


def register_observer(listener: PersonObserver) -> None:
    """Register an observer."""
    _listeners.append(listener)


def locate_shelf(store: Store) -> str:
    """Find the shelf of this process, relative to the store's folder; empty where there is none."""
    path, root = settings.shares_file(store.root).absolute(), store.root.absolute()
    if not path.exists():
        return ""
    # within the store it moves with it
    return str(path.relative_to(root) if path.is_relative_to(root) else path)


def notify_forgotten(store: Store, whom: PersonToForget, shelf: str) -> None:
    """Notify all observers that somebody is forgotten, with the shelf of that time. Raises
    Unfinished.
    """
    path = store.root / shelf if shelf else settings.shares_file(store.root)
    if shelf and not path.exists():
        raise Unfinished(
            N_(
                "the shelf {path} may still name somebody and is not there: put it back, or an"
                " empty file where it is gone for good"
            ),
            path=path,
        )
    _require_observer(store)
    for listener in _listeners:
        listener.forget(store, whom, path)


def note_merges(store: Store, moves: Mapping[str, str]) -> None:
    """Write down who was merged into whom, after what is written down already."""
    if moves:
        former = {old: moves.get(new, new) for old, new in _read_merges(store).items()}
        durable.write_json(store.root / MERGES_FILE, former | dict(moves), mode=0o600)
        durable.failpoint("moves noted")


def notify_merges(store: Store) -> None:
    """Notify all observers who was merged into whom, as written down. Raises Unfinished."""
    if moves := _read_merges(store):
        _require_observer(store)
        for listener in _listeners:
            listener.move(store, moves)
        durable.failpoint("moves told")
    # also one that cannot be read: it would stand in the way of every backup
    if (store.root / MERGES_FILE).exists():
        durable.remove(store.root / MERGES_FILE)


def _read_merges(store: Store) -> dict[str, str]:
    try:
        return {
            str(old): str(new)
            for old, new in durable.read_json(store.root / MERGES_FILE, {}).items()
        }
    except (ValueError, AttributeError):  # damaged: links then name merged people by their old ids
        return {}


def _require_observer(store: Store) -> None:
    if not _listeners and settings.shares_file(store.root).exists():
        raise Unfinished(N_("the shelf is not known to this program: the next publisher tells it"))
