"""Where things are, and what makes this dashboard that of one programme (data/settings.toml)."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from dashboard.roles import EVERYBODY, Rules

ORIGIN = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?")
"""Scheme and host: nothing in it can end the header in which it is written."""
SPARK = re.compile(r"sc://[^\s/]+.*|local\[([1-9][0-9]*|\*)\]")
"""A server of Spark Connect, or a Spark within this program, with so many threads."""
TABLES = re.compile(r"(?:[a-z][a-z0-9]*:/)?/\S+")
"""An absolute folder, or one of an object store or file system that the Spark knows (s3a://bucket/folder)."""


HOME_ZONE = "Europe/Amsterdam"
"""The time zone of a programme that names none."""


class SettingsError(Exception):
    """The settings cannot be used; the message names the file, the key and what it needs."""


@dataclass(frozen=True)
class Engine:
    """Who answers the questions: `kind` is duckdb or spark. Of a Spark, `remote` is its address, and `tables` the folder
    in which it finds the Parquet of the versions."""

    kind: str = "duckdb"
    remote: str = ""
    tables: str = ""


@dataclass(frozen=True)
class Settings:
    """One programme's choices. `time_zone` (IANA) says which day it is, and on which day a moment in UTC falls. `colours` gives per pillar the colour on light and on dark; `embed_on` are the origins
    whose pages may show the dashboard in a frame; `template` is the house's own presentation, for slides. `access` says
    who may look and publish; `open_network` that everybody who reaches the server may look, without a sign-in. After
    `stale_after_days` without a new version the health route goes red; 0: never."""

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
    access: Rules = field(default_factory=Rules)
    open_network: bool = False
    stale_after_days: int = 0
    engine: Engine = field(default_factory=Engine)
    time_zone: str = HOME_ZONE


def local_day(moment: datetime, chosen: Settings) -> date:
    """The day of a moment (with a zone) where the programme is: that of now is today."""
    return moment.astimezone(ZoneInfo(chosen.time_zone)).date()


def home() -> Path:
    """The folder that holds data/ and store/: DASHBOARD_HOME, or the project's own."""
    return Path(os.environ.get("DASHBOARD_HOME") or Path(__file__).resolve().parents[2])


def data_folder() -> Path:
    """The folder with the CSV files and settings.toml."""
    return home() / "data"


def store_folder() -> Path:
    """The store that is served: DASHBOARD_STORE, or store/ in home()."""
    return Path(os.environ.get("DASHBOARD_STORE") or home() / "store")


def shares_file(store: Path | None = None) -> Path:
    """The shelf of short links, saved views and meetings: DASHBOARD_SHARES, or a folder of its own in the store, so
    that the rest of the store can be read-only for those who serve it."""
    return Path(os.environ.get("DASHBOARD_SHARES") or (store or store_folder()) / "shares" / "shares.sqlite")


def publishing_here() -> bool:
    """Whether this process may publish: DASHBOARD_PUBLISHING=no makes one that only shows, and needs no right to write
    the store."""
    return os.environ.get("DASHBOARD_PUBLISHING", "yes").strip().lower() not in ("no", "off", "0", "false")


def current() -> Settings:
    """The settings as their file says now: who asks at every click gets them without reading it again. Raises
    SettingsError."""
    folder = data_folder()
    try:
        stat = (folder / "settings.toml").stat()
    except OSError:
        return load(folder)
    return _loaded(folder, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=8)
def _loaded(folder: Path, *_when: int) -> Settings:
    return load(folder)


def load(folder: Path | None = None) -> Settings:
    """Settings of the folder, data_folder() by default. Raises SettingsError."""
    path = (folder or data_folder()) / "settings.toml"
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path} is missing: copy the one that comes with the project") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from None
    try:
        return _settings(content, path.parent)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from None


def _settings(content: dict[str, Any], folder: Path) -> Settings:
    programme, privacy, sharing = content["programme"], content.get("privacy", {}), content.get("sharing", {})
    access = content.get("access", {})
    return Settings(
        access=_rules(access),
        open_network=_yes_or_no(access, "open_network"),
        stale_after_days=_whole(content.get("running", {}), "[running] stale_after_days", 0, 0),
        name=programme["name"],
        short_name=programme["short_name"],
        organisation=programme.get("organisation", ""),
        public_url=sharing.get("public_url", "").rstrip("/"),
        embed_on=_origins(sharing.get("embed_on", [])),
        template=folder / sharing["template"] if sharing.get("template") else None,
        small_groups_below=_whole(privacy, "[privacy] small_groups_below", 5, 0),
        profiles=bool(privacy.get("profiles", True)),
        publish_from_anywhere=bool(content.get("publishing", {}).get("publish_from_anywhere", False)),
        engine=_engine(content.get("engine", {})),
        time_zone=_time_zone(programme.get("time_zone", HOME_ZONE)),
        colours={name: (light, dark) for name, (light, dark) in content.get("colours", {}).items()},
    )


def _time_zone(value: Any) -> str:
    if isinstance(value, str) and value in _zones():
        return value
    hit = process.extractOne(value, _zones(), scorer=fuzz.WRatio, score_cutoff=60) if isinstance(value, str) else None
    hint = f': did you mean "{hit[0]}"?' if hit else ""
    raise ValueError(f'[programme] time_zone must be an IANA time zone, such as "{HOME_ZONE}", not {value!r}{hint}')


@cache
def _zones() -> list[str]:
    return sorted(available_timezones())


def _origins(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and ORIGIN.fullmatch(one) for one in value):
        raise ValueError(
            '[sharing] embed_on must be a list of addresses without a path, such as ["https://intranet.example.org"],'
            f" not {value!r}"
        )
    return tuple(value)


def _engine(engine: Mapping[str, Any]) -> Engine:
    if unknown := engine.keys() - {"kind", "remote", "tables"}:
        raise ValueError(f"[engine] {min(unknown)} is not known")
    chosen = Engine(**engine)
    if chosen.kind not in ("duckdb", "spark"):
        raise ValueError(f'[engine] kind must be "duckdb" or "spark", not {chosen.kind!r}')
    if chosen.kind == "spark":
        if not isinstance(chosen.remote, str) or not SPARK.fullmatch(chosen.remote):
            raise ValueError(
                '[engine] remote must be the address of a Spark Connect server, such as "sc://spark.example.org:15002", or'
                f' "local[2]" to try it within this program, not {chosen.remote!r}'
            )
        if not isinstance(chosen.tables, str) or not TABLES.fullmatch(chosen.tables):
            raise ValueError(
                "[engine] tables must be the folder with the Parquet of the versions as the Spark names it, such as"
                f' "s3a://bucket/dash" or "/mnt/dash", not {chosen.tables!r}'
            )
    return replace(chosen, tables=str(chosen.tables).rstrip("/"))


def _rules(access: Mapping[str, Any]) -> Rules:
    if unknown := access.keys() - {"sign_in", "claim", "viewers", "stewards", "session_hours", "open_network"}:
        raise ValueError(f"[access] {min(unknown)} is not known")  # a misspelled rule must not let anybody in
    claim = access.get("claim", Rules.claim)
    if not isinstance(claim, str) or not claim:
        raise ValueError(f'[access] claim must be the name of a claim, such as "groups", not {claim!r}')
    return Rules(
        sign_in=_yes_or_no(access, "sign_in"),
        claim=claim,
        viewers=_names(access, "viewers"),
        stewards=_names(access, "stewards"),
        session_hours=_whole(access, "[access] session_hours", Rules.session_hours, 1),
    )


def _names(access: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = access.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ValueError(f'[access] {key} must be a list of values of the claim, such as ["dash-{key}"], not {value!r}')
    if key == "stewards" and EVERYBODY in value:
        raise ValueError("[access] stewards cannot be everybody: name who may publish")
    return tuple(value)


def _yes_or_no(access: Mapping[str, Any], key: str) -> bool:
    value = access.get(key, False)
    if not isinstance(value, bool):  # "false" would be true
        raise TypeError(f"[access] {key} must be true or false, not {value!r}")
    return value


def _whole(table: Mapping[str, Any], name: str, default: int, least: int) -> int:
    value = table.get(name.partition(" ")[2], default)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{name} must be a whole number from {least}, not {value!r}")
    return value
