"""JSON files that carry their own digest: the first key is the SHA-256 of the whole text around it.

The digest stands in the file itself, so that file and digest are replaced in one step, and whatever
copies the file (a candidate that is published, a backup) takes it along.
"""

import hashlib
import json
import re
from typing import Any

DIGEST_LINE = re.compile(r'\A\{\n  "sha256": "([0-9a-f]{64})",\n')
DIGEST_PLACEHOLDER = "0" * 64


class DigestMismatch(ValueError):
    """The text is not the one that was written."""


def dump_with_digest(content: dict[str, Any]) -> str:
    """Serialise a value with its digest."""
    text = (
        json.dumps({"sha256": DIGEST_PLACEHOLDER, **content}, indent=2, ensure_ascii=False) + "\n"
    )
    return text.replace(DIGEST_PLACEHOLDER, compute_digest(text), 1)


def load_checked(data: bytes, former: str) -> dict[str, Any]:
    """Parse a file and check its digest. One without a digest is read where its first key is
    `former`, as the releases wrote that knew none. Raises ValueError: DigestMismatch for a text that is
    not the one that was written.
    """
    text = data.decode("utf-8")
    found: dict[str, Any] = json.loads(text)
    said = DIGEST_LINE.match(text)
    if said:
        if (
            compute_digest(text[: said.start(1)] + DIGEST_PLACEHOLDER + text[said.end(1) :])
            != said[1]
        ):
            raise DigestMismatch("its SHA-256 is another")
    elif next(iter(found), "") != former:
        raise DigestMismatch("it lacks its SHA-256")
    return {name: value for name, value in found.items() if name != "sha256"}


def has_digest(data: bytes) -> bool:
    """Return whether a file has a digest, as newer releases write it."""
    return DIGEST_LINE.match(data.decode("utf-8", "replace")) is not None


def compute_digest(text: str) -> str:
    """Compute the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
