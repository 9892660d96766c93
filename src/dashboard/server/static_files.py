"""Our own files that pages load (ui/static): named with a digest, a browser keeps them for good."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

FOLDER = Path(__file__).parents[1] / "ui" / "static"
ADDRESS = "/app/static/"
FONT = "fonts/inter-latin.woff2"
"""The letters of every page; .streamlit/config.toml names it with the same digest."""
KEPT, KEPT_A_DAY = "public, max-age=31536000, immutable", "public, max-age=86400"


@cache
def read_digests() -> Mapping[str, str]:
    """Read the digest of each file, by its path in the folder. They stay while a process runs."""
    return {
        file.relative_to(FOLDER).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        for file in FOLDER.rglob("*")
        if file.is_file()
    }


def name_file(name: str) -> str:
    """Return the address of a file, as a page names it: another one when its content is another."""
    return f".{ADDRESS}{name}?v={read_digests()[name]}"


def choose_caching(path: str, query: bytes) -> str | None:
    """Return for how long a browser may keep what is at an address; None where it is no file of ours:
    for good by the digest that it has, and for a day without one, as outlines of maps are named.
    """
    _, found, name = path.partition(ADDRESS)
    if not found:
        return None
    asked = parse_qs(query.decode("ascii", "replace")).get("v")
    return KEPT if asked and asked[-1] == read_digests().get(name) else KEPT_A_DAY
