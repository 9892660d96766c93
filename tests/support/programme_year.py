"""A year of a programme, played: twelve publications over the records to check by hand, with what
happened, what became known and what was corrected, a person who is forgotten and three meetings.

Each month changes the records as a secretary would, in the folder, and publishes it on the 15th.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard import shares
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model.settings import shares_file
from dashboard.shares import Meeting, SharesDb
from dashboard.store import Store, Version, forget, publish
from tests.conftest import ROOT, append_to, replace_in

YEAR = 2026
TARGET = (
    "target-direction,more,More is better,Meer is beter,1,\ntarget-path,even,Evenly,Gelijkmatig,1,"
)
ANSWERS = "answers,Answers to questions about the records,,2026,report,"
"""The source under which a steward enters what somebody replied (publishing.replies)."""
Month = Callable[[Path], None]


def plan_event(folder: Path, identity: str, title: str, day: str, status: str = "planned") -> None:
    """Add an event of ours of one day, of which the participants are not known."""
    row = f"{identity},{title},,{day},,{status},onsite,meeting,research,,groningen,organised,,,unknown,,"
    append_to(folder, "events", row)


def answer(folder: Path, table: str, record: str, stated: str, who: str, day: str) -> None:
    """Enter the claim of an answer beside the cell that it changes."""
    claim = f"{table}-{record}-participants-{day.replace('-', '')}"
    append_to(
        folder,
        "claims",
        f'{claim},{table},{record},participants,answers,stated,"{who}, {day}",,{stated}',
    )


def january(folder: Path) -> None:
    """The programme of the year is planned, and its target set."""
    append_to(folder, "terms", TARGET)
    append_to(folder, "targets", "events-2026,events_held,2026,more,3,,even,Board,Dean")
    plan_event(folder, "workshop", "Workshop", "2026-04-20")
    plan_event(folder, "evening", "Evening lecture", "2026-06-10")


def february(folder: Path) -> None:
    """The congress is held; nobody knows yet how many came."""
    replace_in(folder, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held")


def march(folder: Path) -> None:
    """The workshop moves, and a number was wrong."""
    replace_in(folder, "events", "Workshop,,2026-04-20", "Workshop,,2026-05-11")
    replace_in(folder, "events", ",100,about,", ",120,about,")


def april(folder: Path) -> None:
    """The evening lecture is cancelled, money is granted, and a first question is answered."""
    replace_in(folder, "events", "2026-06-10,,planned", "2026-06-10,,cancelled")
    append_to(
        folder,
        "funding",
        "prize,Prize,science-fund,,our-centre,,recipient,70000,exact,2026-04-02,,",
    )
    append_to(folder, "sources", ANSWERS)
    replace_in(folder, "trainings", "2024,,research,,,unknown,", "2024,,research,,28,exact,")
    answer(folder, "trainings", "pilot", "28", "Anna Berg", "2026-04-14")


def may(folder: Path) -> None:
    """The workshop is held, with a keynote."""
    old = "2026-05-11,,planned,onsite,meeting,research,,groningen,organised,,,unknown,"
    replace_in(
        folder, "events", old, old.replace("planned", "held").replace(",unknown", "20,exact")
    )
    append_to(folder, "event_people", "workshop,carla-smit,keynote,1,,")


def june(folder: Path) -> None:
    """A project is completed, and a talk of last November turns up."""
    replace_in(
        folder, "projects", "running,2024-03-01,,2025", "completed,2024-03-01,2026-06-01,2025"
    )
    plan_event(folder, "talk", "Talk", "2025-11-12", "held")
    append_to(folder, "event_people", "talk,zoe-muller,lecture,1,,")


def july(folder: Path) -> None:
    """A project begins. Zoë Müller was forgotten five days before, also in the folder."""
    replace_in(folder, "projects", "selected,,,2025", "running,2026-07-01,,2025")


def august(folder: Path) -> None:
    """A second question is answered: how many came to the congress."""
    old = "2026-02-05,held,onsite,symposium,research,learning,antwerp,contributed,,"
    replace_in(folder, "events", f"{old},unknown,", f"{old}150,about,")
    answer(folder, "events", "congress", "about 150", "Bram de Wit", "2026-08-12")


def september(folder: Path) -> None:
    """A symposium is planned, and a number was wrong by twenty."""
    plan_event(folder, "autumn", "Autumn symposium", "2026-10-08")
    replace_in(folder, "trainings", ",400,about,", ",420,about,")


def october(folder: Path) -> None:
    """The symposium is held, which reaches the target; a source disagrees about the workshop."""
    replace_in(folder, "events", "2026-10-08,,planned", "2026-10-08,,held")
    append_to(
        folder,
        "claims",
        "workshop-1,events,workshop,participants,newsletter,differs,News,2,25 people",
    )


def november(folder: Path) -> None:
    """A gift that never came is removed, and what is accepted of the target ends soon."""
    replace_in(folder, "funding", "gift,Gift,,,,,none,,unknown,,,\n", "")
    append_to(
        folder, "deviations", "move,events-2026,We moved house,the board,2026-11-01,2026-12-31"
    )


def december(folder: Path) -> None:
    """The e-learning has more users, which no number counts, and the winter school was held."""
    replace_in(folder, "trainings", ",planned,2026-01,", ",held,2026-01,")


MONTHS: tuple[Month, ...] = (
    january,
    february,
    march,
    april,
    may,
    june,
    july,
    august,
    september,
    october,
    november,
    december,
)
MEETINGS = {3: "Board, March", 6: "Board with Anna Berg", 10: "Board, October"}
"""Meetings on the 20th of a month, each with a view of the events that is pinned."""


@dataclass
class Played:
    """What was played: the store, the ids that each month had when it was published, the meetings."""

    store: Store
    folder: Path
    published: list[str] = field(default_factory=list)
    meetings: dict[int, Meeting] = field(default_factory=dict)

    def version(self, month: int) -> Version:
        """The version of a month, under the id that it has now."""
        return self.store.open(self.published[month - 1])

    @property
    def shelf(self) -> SharesDb:
        return SharesDb(shares_file(self.store.root))


def moment(month: int, day: int = 15) -> datetime:
    """Half past nine in Greenwich on a day of the year."""
    return datetime(YEAR, month, day, 9, 30, tzinfo=UTC)


def play(root: Path, after: Callable[[Played, int], None] = lambda _played, _month: None) -> Played:
    """Play the year in an empty folder; `after` each month is called with what there is by then."""
    played = Played(
        Store(root / "store"), Path(shutil.copytree(ROOT / "tests" / "data", root / "records"))
    )
    for month, change in enumerate(MONTHS, start=1):
        if month == 7:
            _forget(played)
        change(played.folder)
        _publish(played, month)
        if month in MEETINGS:
            _meet(played, month)
        after(played, month)
    return played


def _publish(played: Played, month: int) -> None:
    records = open_checked_records(read_folder(played.folder))
    made = publish(
        played.store,
        records,
        author="Eva",
        message=f"month {month}",
        now=moment(month),
        small_groups_below=5,
    )
    played.published.append(made.version.id)


def _meet(played: Played, month: int) -> None:
    now = moment(month, 20)
    day = date(YEAR, month, 20).isoformat()
    link = f"/events?year=2026&v={played.published[-1]}&on={day}"
    view = shares.save(played.shelf, "Events", link, now=now)
    meeting = shares.meetings.create(played.shelf, MEETINGS[month], steps=[view.id], now=now)
    played.meetings[month] = meeting


def _forget(played: Played) -> None:
    """Remove Zoë Müller, who asked for it: from every version, and from the folder that is edited."""
    forget(played.store, "zoe-muller", author="Eva", message="asked on paper", now=moment(7, 10))
    for path in played.store.open().records.glob("*.csv"):
        shutil.copyfile(path, played.folder / path.name)
