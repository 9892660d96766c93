"""Opens office files of strangers: looked at before they are unpacked, and read without fetching
anything.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.export.pptx import DeckError
from dashboard.intake.limits import FileKind, UnreadableFile, check_archive


def open_file(
    data: bytes, name: str, kind: FileKind, read: Callable[[bytes], Any], damaged: str
) -> Any:
    """Open a file of a kind by a function of its library; `damaged` says what is wrong where that
    cannot read it. Raises DeckError with the fault of the file.
    """
    try:
        check_archive(data, kind)
    except UnreadableFile as fault:
        raise DeckError(f"{name} cannot be read: {fault.message}. {fault.hint}") from None
    try:
        return read(data)
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the library raise, it is damaged
        raise DeckError(f"{name} cannot be read: {damaged}") from None


def load_template(path: Path | None, check: Callable[[bytes, str], object]) -> bytes | None:
    """Read the template of the settings, if `check` of its bytes and name raises nothing; None where
    they name none. Raises DeckError for a file that is not there.
    """
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DeckError(f"the template {path} cannot be read: {error.strerror or error}") from None
    check(data, f"the template {path}")
    return data
