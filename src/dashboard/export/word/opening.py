"""Opens documents of others, those to be renewed and the template of the house: looked at before
they are unpacked, and read without fetching anything.
"""

import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx

from dashboard.export.pptx import DeckError
from dashboard.intake.limits import DOCUMENT, UnreadableFile, check_archive

TYPES, ATTACHED = "[Content_Types].xml", "w:attachedTemplate"
TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
MAIN_TYPE = b"wordprocessingml.document.main+xml"


def is_document(data: bytes) -> bool:
    """Return whether a file is a document, by the names in its directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("word/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return False


def open_document(data: bytes, name: str = "the file") -> Any:
    """Open a .docx or .dotx as a document. Raises DeckError with the fault of the file."""
    try:
        check_archive(data, DOCUMENT)
    except UnreadableFile as fault:
        raise DeckError(f"{name} cannot be read: {fault.message}. {fault.hint}") from None
    try:
        document = docx.Document(io.BytesIO(_as_document(data)))
        len(document.paragraphs), len(document.styles), len(document.sections)
        document.settings.element.get("x")
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the library raise, it is damaged
        raise DeckError(
            f"{name} cannot be read: it is damaged, or no document. Open it in the word processor"
            " and save it as .docx."
        ) from None
    return document


def load_word_template(path: Path | None) -> bytes | None:
    """Read the template of the settings; None where they name none. Raises DeckError for a file that
    is not there or is none.
    """
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DeckError(f"the template {path} cannot be read: {error.strerror or error}") from None
    _check_template(data, path)
    return data


@lru_cache(maxsize=2)
def _check_template(data: bytes, path: Path) -> None:
    """Check a template once for each file."""
    open_document(data, f"the template {path}")


def open_template(data: bytes) -> Any:
    """Open a template of the house as an empty document, which keeps its styles, head, foot and page.
    It is attached to no other template: a program would fetch that one.
    """
    document = open_document(data, "the template")
    body = document.element.body
    for child in list(body):
        if child is not body.sectPr:
            body.remove(child)
    settings = document.settings.element
    for attached in settings.xpath(ATTACHED):
        settings.remove(attached)
    part = document.part._settings_part
    for name, relation in list(part.rels.items()):
        if relation.is_external:
            del part.rels[name]
    drop_old_styles(document)
    return document


def drop_old_styles(document: Any) -> None:
    """Drop the second table of styles that Word 2010 kept: one that says other than the first may be
    taken for damage.
    """
    for name, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[name]


def _as_document(data: bytes) -> bytes:
    """Turn a template into a document: it differs in one word of its table of types."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read(TYPES)
        if TEMPLATE_TYPE not in types:
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in archive.infolist():
                changed = types.replace(TEMPLATE_TYPE, MAIN_TYPE)
                content = changed if entry.filename == TYPES else archive.read(entry)
                new.writestr(entry, content)
    return made.getvalue()
