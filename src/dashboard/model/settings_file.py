"""Parsing a file of settings: everything that is wrong in it is found in one pass, and said in
words.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dashboard.model.settings_schema import KEYS, File, did_you_mean

SECRETS = re.compile(r"(?<=//)[^/@\s]*(?=@)|(?<=;)[^'\"]+")
"""What may be a password or a token in an address."""
MAX_SHOWN_LENGTH = 80


class SettingsError(Exception):
    """The settings cannot be used; the message names the file, and every section and key with what
    it needs.
    """

    def __init__(self, where: object, *faults: str) -> None:
        self.each = tuple(f"{where} {fault}" for fault in faults)
        super().__init__(f"{where} {'; '.join(faults)}")


def parse(content: bytes, path: Path) -> File:
    """Parse the bytes of a file of settings. Raises SettingsError with everything that is wrong."""
    try:
        found = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(path, f"is not valid TOML: {error}") from None
    try:
        return File.model_validate(found, context={"folder": path.parent})
    except ValidationError as wrong:
        raise SettingsError(
            f"{path}:", *dict.fromkeys(_describe_fault(found, error) for error in wrong.errors())
        ) from None


def _describe_fault(found: Mapping[str, Any], error: ErrorDetails) -> str:
    """Describe a fault: where it is, what it has to be, what it is."""
    section, *rest = map(str, error["loc"])
    if not rest:
        return _describe_section(section, found.get(section), error["type"])
    key = rest[0]
    where = f"[{section}] {key}"
    if error["type"] == "extra_forbidden":
        return f"{where} is not known{_suggest_key(section, key)}"
    what = (
        KEYS[section][key].description if KEYS[section] else File.model_fields[section].description
    )
    if error["type"] == "missing" and len(rest) == 1:
        return f"{where} is missing: it has to be written, and be {what}"
    if error["type"] == "said":
        return f"{where} {error['msg']}"
    hint = error["msg"] if error["type"] == "hint" else ""
    return (
        f"{where} must be {what}, not {_show_value(found[section].get(key, error['input']))}{hint}"
    )


def _describe_section(name: str, value: object, kind: str) -> str:
    if kind == "missing":
        needed = [
            f"{key} ({field.description})"
            for key, field in KEYS[name].items()
            if field.is_required()
        ]
        return (
            f"[{name}] is missing: it needs {', '.join(needed)}; the settings.toml of the project"
            " explains it"
        )
    if name in KEYS:
        return f"[{name}] must be a section with keys of its own, not {_show_value(value)}"
    if not isinstance(value, dict):
        return f"{name} stands before any section{_suggest_key('', name)}"
    return f"[{name}] is not known{did_you_mean(name, KEYS, mark='[{}]')}"


def _suggest_key(section: str, key: str) -> str:
    homes = [name for name, keys in KEYS.items() if key in keys]
    return f": it belongs to [{homes[0]}]" if homes else did_you_mean(key, KEYS.get(section, ()))


def _show_value(value: object) -> str:
    text = SECRETS.sub("…", repr(value))
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}…"
