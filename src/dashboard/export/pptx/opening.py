"""Opens presentations of strangers, templates and shows too."""

import io
import zipfile
from typing import Any

import pptx

from dashboard.export.opening import open_file
from dashboard.intake.limits import PRESENTATION
from dashboard.language.messages import N_, _

DAMAGED = N_(
    "it is damaged, or no presentation. Open it in the presentation program and save it as .pptx."
)
TYPES, MAIN = "[Content_Types].xml", b"presentationml.presentation.main+xml"
OTHER_TYPES = (b"presentationml.template.main+xml", b"presentationml.slideshow.main+xml")


def open_presentation(data: bytes, name: str = "") -> Any:
    """Open a .pptx, .potx or .ppsx as a presentation; `name` is what it is called in a sentence. Raises
    DeckError with the fault of the file.
    """
    return open_file(data, name or _("the file"), PRESENTATION, _read_presentation, DAMAGED)


def _read_presentation(data: bytes) -> Any:
    deck = pptx.Presentation(io.BytesIO(_as_presentation(data)))
    for slide in deck.slides:  # parts that are missing or damaged show here
        len(slide.shapes)
    int(deck.slide_width or "no size"), int(deck.slide_height or "no size")
    return deck


def _as_presentation(data: bytes) -> bytes:
    """Turn a template into a presentation: it differs in one word of its table of types."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read(TYPES)
        if not any(other in types for other in OTHER_TYPES):
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in archive.infolist():
                content = archive.read(entry)
                if entry.filename == TYPES:
                    for other in OTHER_TYPES:
                        content = content.replace(other, MAIN)
                new.writestr(entry, content)
    return made.getvalue()
