"""The settings: where files are, and what makes this dashboard that of one programme
(data/settings.toml).
"""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from dashboard.language.messages import PSEUDO_VARIABLE
from dashboard.model import server_log
from dashboard.model.roles import Rules
from dashboard.model.settings_file import SettingsError, parse
from dashboard.model.settings_schema import HOME_ZONE, did_you_mean

__all__ = [
    "HOME_ZONE",
    "Effective",
    "Engine",
    "Settings",
    "SettingsError",
    "check_environment",
    "current",
    "data_folder",
    "effective",
    "home_folder",
    "load",
    "local_day",
    "publishing_here",
    "shares_file",
    "store_folder",
]
PROJECT_FOLDER = Path(__file__).resolve().parents[3]
PUBLISHING_WORDS: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "on", "true", "1"), True),
    **dict.fromkeys(("no", "off", "false", "0"), False),
}
"""What DASHBOARD_PUBLISHING may say; any other word keeps a server from starting, and publishes
nothing.
"""
VARIABLES = (
    "DASHBOARD_HOME",
    "DASHBOARD_STORE",
    "DASHBOARD_SHARES",
    "DASHBOARD_PUBLISHING",
    PSEUDO_VARIABLE,
)
TIMESTAMP_GRAIN_NS = 2_000_000_000
"""Nanoseconds within which a file may be written twice with one date: a younger one is read to know
whether it changed.
"""
SETTLE_PAUSE_SECONDS, MAX_SETTLE_READS = 0.03, 10
"""Seconds between two looks at a file that changed, and how many: the last two have to see the
same, or it is being written.
"""


@dataclass(frozen=True)
class Engine:
    """Who answers the questions: `kind` is duckdb or spark. Of a Spark, `remote` is its address,
    and `tables` the folder in which it finds the Parquet of the versions.
    """

    kind: str = "duckdb"
    remote: str = ""
    tables: str = ""


@dataclass(frozen=True)
class Settings:
    """One programme's choices. `time_zone` (IANA) says which day it is, and on which day a moment
    in UTC falls; `language` is that of readers who ask for none. `colours` gives per pillar the colour on light and on dark; `embed_on` are the
    origins whose pages may show the dashboard in a frame; `template` is the house's own
    presentation, for slides, `word_template` its document. `access` says who may look and publish; `open_network` that everybody
    who reaches the server may look, without a sign-in. After `stale_after_days` without a new
    version the health route goes red; 0: never.
    """

    name: str
    short_name: str
    organisation: str
    public_url: str = ""
    small_groups_below: int = 5
    profiles: bool = True
    publish_from_anywhere: bool = False
    colours: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    embed_on: tuple[str, ...] = ()
    template: Path | None = None
    word_template: Path | None = None
    access: Rules = field(default_factory=Rules)
    open_network: bool = False
    stale_after_days: int = 0
    engine: Engine = field(default_factory=Engine)
    time_zone: str = HOME_ZONE
    language: str = "en"


def local_day(moment: datetime, chosen: Settings) -> date:
    """Find the day of a moment (with a zone) where the programme is: that of now is today."""
    return moment.astimezone(ZoneInfo(chosen.time_zone)).date()


def home_folder() -> Path:
    """Find the folder that holds data/ and store/: DASHBOARD_HOME, or the project's own."""
    return Path(os.environ.get("DASHBOARD_HOME") or PROJECT_FOLDER)


def data_folder() -> Path:
    """Find the folder with the CSV files and settings.toml."""
    return home_folder() / "data"


def store_folder() -> Path:
    """Find the store that is served: DASHBOARD_STORE, or store/ in home()."""
    return Path(os.environ.get("DASHBOARD_STORE") or home_folder() / "store")


def shares_file(store: Path | None = None) -> Path:
    """Find the shelf of short links, saved views and meetings: DASHBOARD_SHARES, or a folder of its
    own in the store, so that the rest of the store can be read-only for those who serve it.
    """
    return Path(
        os.environ.get("DASHBOARD_SHARES") or (store or store_folder()) / "shares" / "shares.sqlite"
    )


def publishing_here() -> bool:
    """Return whether this process may publish: DASHBOARD_PUBLISHING=no makes one that only shows,
    and needs no right to write the store.
    """
    return PUBLISHING_WORDS.get(_read_publishing_word(), False)


def _read_publishing_word() -> str:
    return os.environ.get("DASHBOARD_PUBLISHING", "yes").strip().lower()


def check_environment() -> Iterator[str]:
    """Report variables of the environment that would not be heard: without its home a server would
    take the settings that ship, which ask for no sign-in.
    """
    for name, value in os.environ.items():
        if name.startswith("DASHBOARD_") and name not in VARIABLES:
            yield f"The variable {name} is not known{did_you_mean(name, VARIABLES)}"
        elif name in VARIABLES and not value.strip():
            yield f"The variable {name} is empty: set it, or leave it out."
    if _read_publishing_word() not in PUBLISHING_WORDS:
        yield f"DASHBOARD_PUBLISHING has to be yes or no, not {_read_publishing_word()!r}."


def load(folder: Path | None = None) -> Settings:
    """Load the settings of a folder, data_folder() by default, as the file says now. Raises
    SettingsError.
    """
    path = _settings_path(folder or data_folder())
    return _build_settings(_read_file(path), path)


def _settings_path(folder: Path) -> Path:
    return folder / "settings.toml"


def _read_file(path: Path) -> bytes | str:
    """Read the file, or say in words why it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return "is missing: copy the one that comes with the project"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _build_settings(content: bytes | str, path: Path) -> Settings:
    if isinstance(content, str):
        raise SettingsError(path, content)
    file = parse(content, path)
    access = {key: value for key, value in file.access if value is not None}
    return Settings(
        **dict(file.programme),
        **dict(file.sharing),
        **dict(file.privacy),
        **dict(file.publishing),
        **dict(file.running),
        open_network=access.pop("open_network"),
        access=Rules(**access),
        engine=Engine(**dict(file.engine)),
        colours=file.colours,
    )


# While a process runs
# ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Effective:
    """What counts in a process that runs: the settings as the file says, or as it said when it was
    last understood, and then in `wrong` why it is not now. `signed_in`: this process asked for a
    sign-in at some time.
    """

    chosen: Settings
    wrong: str = ""
    signed_in: bool = False


class SettingsWatcher:
    """The file of settings of a process that runs. It is looked at with every question, and read
    when it changed; a file that is wrong changes nothing but that it is said, in the log once.
    """

    def __init__(self, folder: Path) -> None:
        self._path = _settings_path(folder)
        self._lock = Lock()
        self._identity: tuple[int, ...] | None = None
        self._content: bytes | str = ""
        self._effective: Effective | None = None

    def effective(self) -> Effective:
        """Read what counts now. Raises SettingsError where the file was never valid."""
        known, identity = self._effective, self._identity
        if known and identity is not None and identity == _stamp_file(self._path):
            return known
        with self._lock:
            identity, content = _stamp_file(self._path), self._read_settled()
            if self._effective is None or content != self._content:
                self._effective = self._evaluate(content)
            self._content, self._identity = content, identity
            return self._effective

    def last(self) -> Settings:
        """Return what counted when the file was read last."""
        return (self._effective or self.effective()).chosen

    def _read_settled(self) -> bytes | str:
        """Read the file until two reads agree: nobody is writing it then."""
        content = _read_file(self._path)
        for _ in range(MAX_SETTLE_READS):
            if self._effective is None or content == self._content:
                break
            time.sleep(SETTLE_PAUSE_SECONDS)
            before, content = content, _read_file(self._path)
            if content == before:
                break
        return content

    def _evaluate(self, content: bytes | str) -> Effective:
        before = self._effective
        try:
            chosen = _build_settings(content, self._path)
        except SettingsError as error:
            if before is None:
                raise
            server_log.log(
                f"{error}. What was understood last counts, and nothing is published until this is"
                " mended."
            )
            return replace(before, wrong=str(error))
        if before and before.wrong:
            server_log.log(f"{self._path} is understood again.")
        return Effective(
            chosen, signed_in=chosen.access.sign_in or bool(before and before.signed_in)
        )


def _stamp_file(path: Path) -> tuple[int, ...] | None:
    """Stamp a file by its dates, size and place, so that a change is seen without reading it; None
    where only reading tells.
    """
    try:
        stat = path.stat()
    except OSError:
        return None
    if 0 <= time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) < TIMESTAMP_GRAIN_NS:
        return None
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino, stat.st_dev


@cache
def _watch_folder(folder: Path) -> SettingsWatcher:
    return SettingsWatcher(folder)


def effective() -> Effective:
    """Read what counts in this process now. Raises SettingsError where the file was never
    understood.
    """
    return _watch_folder(data_folder()).effective()


def read_last_valid() -> Settings:
    """Read the settings as they were understood last, without a look at the file: for who must not
    wait, where somebody else looks at every request. Raises SettingsError where the file was never
    understood.
    """
    return _watch_folder(data_folder()).last()


def current() -> Settings:
    """Read the settings that count: who asks at every click gets them without reading the file
    again. Raises SettingsError.
    """
    return effective().chosen
