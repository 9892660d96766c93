"""Files of the pages (downloads, pictures): each is for those whose page has told them of it.

Streamlit gives a file to whoever names its address, which is made of what is in it: who knows the address would have what is not
published, or what was shown to somebody who may not look any more.
"""

import re
import threading
from collections import OrderedDict

from dashboard.roles import Identity, Person

FILE = re.compile(rb"/media/([0-9a-f]{32})")
"""An address in a message: a hash of what is in the file; an ending follows, and then the message goes on."""
NAME = re.compile(r"([0-9a-f]{32})(?:\.[0-9A-Za-z]{1,20})?")
MOST_KEPT = 20_000
"""Files that are remembered. The one that was told of longest ago is forgotten first: it is not given any more, until its page is
drawn anew."""


class Told:
    """Who was told of which file by this process. Safe to use from several threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._found: OrderedDict[str, set[Identity]] = OrderedDict()
        self._lock = threading.Lock()

    def tell(self, data: bytes, person: Person) -> None:
        """Somebody is sent a message; they may have the files that it names."""
        if not person.role or not (files := FILE.findall(data)):
            return
        with self._lock:
            for file in files:
                self._found.setdefault(file.decode(), set()).add(person.identity)
                self._found.move_to_end(file.decode())
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def may_have(self, file: str, person: Person) -> bool:
        """Whether somebody was told of a file, by its name in the address, in the role that they have."""
        name = NAME.fullmatch(file)
        with self._lock:
            return bool(person.role and name) and person.identity in self._found.get(name[1] if name else "", ())


TOLD = Told()
