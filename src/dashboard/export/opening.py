"""Opens office files of strangers: looked at before they are unpacked, and read without fetching
anything.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.export.pptx import DeckError
from dashboard.intake.limits import FileKind, UnreadableFile, check_archive
from dashboard.language.messages import _


def open_file(
    data: bytes, name: str, kind: FileKind, read: Callable[[bytes], Any], damaged: str
) -> Any:
    """Open a file of a kind by a function of its library; `name` is what it is called in a sentence,
    `damaged` the message of what is wrong where that cannot read it. Raises DeckError with the fault
    of the file.
    """
    try:
        check_archive(data, kind)
    except UnreadableFile as fault:
        said = {"file": name, "reason": fault.message, "hint": fault.hint}
        raise DeckError(_("{file} cannot be read: {reason}. {hint}", **said)) from None
    try:
        return read(data)
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the library raise, it is damaged
        said = {"file": name, "reason": _(damaged)}
        raise DeckError(_("{file} cannot be read: {reason}", **said)) from None


def load_template(path: Path | None, check: Callable[[bytes, str], object]) -> bytes | None:
    """Read the template of the settings, if `check` of its bytes and name raises nothing; None where
    they name none. Raises DeckError for a file that is not there.
    """
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        said = {"file": _("the template {path}", path=path), "reason": error.strerror or error}
        raise DeckError(_("{file} cannot be read: {reason}", **said)) from None
    check(data, _("the template {path}", path=path))
    return data
