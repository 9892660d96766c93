"""Started with a server, as sitecustomize: writes down whom it asks on the network. Nothing here is
imported by a test.
"""

import os
import sys

FILE = os.environ["WATCHED"]
NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


def say(line: str) -> None:
    with open(FILE, "a", encoding="utf-8") as file:  # noqa: PTH123 - as early as this
        file.write(f"{line}\n")


def watch(event: str, args: tuple) -> None:
    """Audit hook."""
    if event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
        say(f"{event} {args[1][0]}")
    elif event in NAMES:
        say(f"{event} {args[0]}")


say("watching ")
sys.addaudithook(watch)
