"""Access to media files (downloads, pictures): each is for those whose page was sent its address.

Streamlit gives a file to whoever names its address, which is made of what is in it: who knows the
address would have what is not published, or what was shown to somebody who may not look any more.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator

from google.protobuf.message import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.model.roles import Identity, Person

MEDIA_MARK = b"/media/"
ADDRESS = re.compile(r"(?:/[^?#]*)?/media/([0-9a-f]{32})(?:\.[0-9A-Za-z]{1,20})?(?:\?[^#]*)?")
"""An address of a file: a hash of what is in it, and an ending."""
NAME = re.compile(r"([0-9a-f]{32})(?:\.[0-9A-Za-z]{1,20})?")
ADDRESS_FIELDS = ("url", "favicon")
MAX_REMEMBERED_FILES = 20_000
"""Files that are remembered. The one that was told of longest ago is forgotten first: it is not
given any more, until its page is drawn anew.
"""


def find_files(data: bytes) -> list[str]:
    """Find the files that a message of Streamlit leads to. Only what it says in a field for an
    address counts: a text that somebody searched for comes back in messages too.
    """
    if MEDIA_MARK not in data:
        return []
    return [
        found[1]
        for url in _addresses(ForwardMsg.FromString(data))
        if (found := ADDRESS.fullmatch(url))
    ]


def _addresses(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in ADDRESS_FIELDS and isinstance(value, str):
            yield value
        elif field.message_type and not field.message_type.GetOptions().map_entry:
            for one in [value] if isinstance(value, Message) else value:
                yield from _addresses(one)


class MediaAccess:
    """Who was sent the address of which file by this process. Safe to use from several threads."""

    def __init__(self, most: int = MAX_REMEMBERED_FILES) -> None:
        self._most = most
        self._found: OrderedDict[str, set[Identity]] = OrderedDict()
        self._lock = threading.Lock()

    def grant(self, data: bytes, person: Person) -> None:
        """Grant the person who is sent a message the files that it names."""
        if not person.role or not (files := find_files(data)):
            return
        with self._lock:
            for file in files:
                self._found.setdefault(file, set()).add(person.identity)
                self._found.move_to_end(file)
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def allows(self, file: str, person: Person) -> bool:
        """Return whether a person was sent the address of a file, in the role that they
        have.
        """
        name = NAME.fullmatch(file)
        with self._lock:
            return bool(person.role and name) and person.identity in self._found.get(
                name[1] if name else "", ()
            )


MEDIA_ACCESS = MediaAccess()
