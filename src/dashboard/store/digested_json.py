"""JSON files that tell a flipped bit: the first key is the SHA-256 of the whole text around it.

The digest stands in the file itself, so that file and digest are replaced in one step, and whatever
copies the file (a candidate that is published, a backup) takes it along.
"""

import hashlib
import json
import re
from typing import Any

FIRST = re.compile(r'\A\{\n  "sha256": "([0-9a-f]{64})",\n')
BLANK = "0" * 64


class NotWhole(ValueError):
    """The text is not the one that was written."""


def seal(content: dict[str, Any]) -> str:
    """The text of a file with its digest."""
    text = json.dumps({"sha256": BLANK, **content}, indent=2, ensure_ascii=False) + "\n"
    return text.replace(BLANK, digest(text), 1)


def unseal(data: bytes, former: str) -> dict[str, Any]:
    """The content of a file. One without a digest is read where its first key is `former`, as the
    releases wrote that knew none. Raises ValueError: NotWhole for a text that is not the one that
    was written.
    """
    text = data.decode("utf-8")
    found: dict[str, Any] = json.loads(text)
    said = FIRST.match(text)
    if said:
        if digest(text[: said.start(1)] + BLANK + text[said.end(1) :]) != said[1]:
            raise NotWhole("its SHA-256 is another")
    elif next(iter(found), "") != former:
        raise NotWhole("it lacks its SHA-256")
    return {name: value for name, value in found.items() if name != "sha256"}


def is_sealed(data: bytes) -> bool:
    """Whether a text has a digest, as every release since writes it."""
    return FIRST.match(data.decode("utf-8", "replace")) is not None


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
