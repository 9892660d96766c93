"""Asks an ASGI application without a server and without a library for it."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """Header names are in lower case; a header that was sent twice is joined by a comma."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(app, link: str, **more: Any) -> Answer:
    """The same as answer_of, for who has no loop: in a thread of its own, because after a browser
    test the loop of synchronous Playwright runs in this one.
    """
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(lambda: asyncio.run(answer_of(app, link, **more))).result()


async def answer_of(
    app,
    link: str,
    method: str = "GET",
    root: str = "",
    gone: asyncio.Event | None = None,
    body: bytes = b"",
    **headers: str,
) -> Answer:
    """The answer to a request for a link such as "/api?year=2025"; headers as if_none_match="…".
    The page that asks is the dashboard's own. Who asks stays until the answer is there, or until
    they are `gone`.
    """
    parts = urlsplit(link)
    sent: list[dict[str, Any]] = []
    own = {} if method in ("GET", "HEAD") else {"origin": "https://localhost"}
    given = (
        {"host": "localhost"}
        | own
        | {name.replace("_", "-"): value for name, value in headers.items()}
    )
    scope = {
        "type": "http",
        "method": method,
        "path": root + parts.path,
        "raw_path": parts.path.encode(),
        "root_path": root,
        "query_string": parts.query.encode("utf-8", "surrogatepass"),
        "scheme": "https",
        "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 50000),
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
        "extensions": {},
        "headers": [
            (name.lower().encode(), value.encode("latin-1")) for name, value in given.items()
        ],
    }

    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive():
        message = next(asked, None)
        if message is None:
            await (gone or asyncio.Event()).wait()
        return message or {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    found: dict[str, str] = {}
    for name, value in sent[0]["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = (
            f"{found[key]}, {value.decode('latin-1')}" if key in found else value.decode("latin-1")
        )
    return Answer(
        sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])
    )
