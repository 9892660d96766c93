"""Where things are, and what makes this dashboard that of one programme (data/settings.toml)."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """The settings cannot be used; the message names the file, the key and what it needs."""


@dataclass(frozen=True)
class Settings:
    """One programme's choices. `colours` gives per pillar the colour on light and on dark."""

    name: str
    short_name: str
    organisation: str
    public_url: str = ""
    small_groups_below: int = 5
    profiles: bool = True
    colours: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def home() -> Path:
    """The folder that holds data/ and store/: DASHBOARD_HOME, or the project's own."""
    return Path(os.environ.get("DASHBOARD_HOME") or Path(__file__).resolve().parents[2])


def data_folder() -> Path:
    """The folder with the CSV files and settings.toml."""
    return home() / "data"


def store_folder() -> Path:
    """The store that is served: DASHBOARD_STORE, or store/ in home()."""
    return Path(os.environ.get("DASHBOARD_STORE") or home() / "store")


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
        return _settings(content)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"{path}: {error}") from None


def _settings(content: dict[str, Any]) -> Settings:
    programme, privacy = content["programme"], content.get("privacy", {})
    below = privacy.get("small_groups_below", 5)
    if not isinstance(below, int) or below < 0:
        raise ValueError(f"[privacy] small_groups_below must be a whole number from 0, not {below!r}")
    return Settings(
        name=programme["name"],
        short_name=programme["short_name"],
        organisation=programme.get("organisation", ""),
        public_url=content.get("sharing", {}).get("public_url", "").rstrip("/"),
        small_groups_below=below,
        profiles=bool(privacy.get("profiles", True)),
        colours={name: (light, dark) for name, (light, dark) in content.get("colours", {}).items()},
    )
