"""What may be laid into the memory of the server, and by whom."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.web import middleware, uploads
from dashboard.web.sessions import SESSIONS
from dashboard.web.uploads import NO_PLACE, NOT_YOURS, TOO_MUCH, Uploads
from tests.asgi import ask
from tests.web import test_gate
from tests.web.test_gate import site  # noqa: F401
from tests.web.test_stream import person_behind

FILE = "/_stcore/upload_file/s-1/file"
sent_by = cache(test_gate.sent_by)  # a sign-in is of one second


@pytest.fixture
def stored(monkeypatch):
    """What Streamlit keeps, by session."""
    found = {}
    monkeypatch.setattr(SESSIONS, "_found", type(SESSIONS._found)())
    monkeypatch.setattr(uploads, "kept_bytes", lambda: uploads.Counter(found))
    return found


@pytest.fixture
def app(site, stored):  # noqa: F811
    """In the place of Streamlit: keeps what it is given."""

    async def take(request: Request):
        if request.method == "PUT":
            stored["s-1"] = stored.get("s-1", 0) + len(await request.body())
        return Response(status_code=204)

    route = Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT", "DELETE", "OPTIONS"])
    return Starlette(routes=[route], middleware=middleware())


def opens_a_page(who, session="s-1", *, takes_files=True):
    SESSIONS.begin_run(session, person_behind(sent_by(who)))
    if takes_files:
        SESSIONS.offer_upload(session)
    SESSIONS.end_run(session)


def put(app, who, path=FILE, method="PUT", **more):
    answer = ask(app, path, method=method, **sent_by(who), **more)
    return answer.status, answer.json["error"] if answer.body.startswith(b"{") else ""


def test_a_file_is_taken_and_removed_by_who_has_the_page_open_that_takes_it(app):
    opens_a_page("viewer")
    assert put(app, "viewer") == (204, "")
    assert put(app, "viewer", method="DELETE") == (204, "")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("no role", 403), ("expired", 403), ("viewer", 403)])
def test_files_of_somebody_else_can_neither_be_added_nor_removed(app, stored, who, status, method):
    opens_a_page("steward")
    assert put(app, who, method=method)[0] == status
    assert stored == {}


def test_a_session_that_nobody_knows_takes_no_file(app, stored):
    opens_a_page("steward")
    for path in ("/_stcore/upload_file/s-2/file", "/_stcore/upload_file//file", "/_stcore/upload_file/s-1/../s-1/file"):
        assert put(app, "steward", path)[0] in (403, 404)
    assert put(app, "steward", "/_stcore/upload_file/s-2/file") == (403, NOT_YOURS)
    assert stored == {}


def test_a_page_that_has_no_place_for_files_takes_none_and_one_that_is_drawn_anew_goes_on(app):
    opens_a_page("steward", takes_files=False)
    assert put(app, "steward") == (403, NO_PLACE)
    opens_a_page("steward")
    SESSIONS.begin_run("s-1", person_behind(sent_by("steward")))  # the second of two files, while the page is drawn
    assert put(app, "steward")[0] == 204
    SESSIONS.end_run("s-1")  # another page, which has no such place
    assert put(app, "steward") == (403, NO_PLACE)


def test_more_than_a_session_may_keep_is_refused_before_it_is_sent(app, stored):
    opens_a_page("steward")
    stored["s-1"] = uploads.OF_SESSION - 10
    assert put(app, "steward", content_length="11") == (413, TOO_MUCH)
    assert put(app, "steward", content_length="10")[0] == 204


def test_more_than_all_sessions_may_keep_together_is_refused(app, stored):
    opens_a_page("steward")
    stored.update({f"s-{n}": uploads.OF_SESSION for n in range(2, 2 + uploads.OF_ALL // uploads.OF_SESSION)})
    assert put(app, "steward", content_length="1") == (413, TOO_MUCH)


def sends(one, session, chunks, *, app):
    """Lay down a file in pieces, without saying how long it is; gives the status of each answer, and what reached the
    application."""
    reached, answers = [], []

    async def taking(scope, receive, send):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise uploads.ClientDisconnect
            reached.append(len(message["body"]))
            if not message.get("more_body"):
                break
        await app(scope, receive, send)

    async def run():
        pieces = iter(chunks)

        async def receive():
            piece = next(pieces, b"")
            if callable(piece):
                piece = piece()
            return {"type": "http.request", "body": piece, "more_body": bool(piece)}

        async def send(message):
            if message["type"] == "http.response.start":
                answers.append(message["status"])

        scope = {"type": "http", "method": "PUT", "path": f"/_stcore/upload_file/{session}/file", "headers": []}
        await one.serve(taking, person_behind(sent_by("steward")), scope, receive, send)

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(lambda: asyncio.run(run())).result()
    return answers, reached


def test_bytes_are_counted_as_they_come_whatever_was_declared_and_are_free_again_afterwards(site, stored):  # noqa: F811
    opens_a_page("steward")
    one = Uploads(of_session=100, of_all=1000)
    said = Response(status_code=204)
    assert sends(one, "s-1", [b"x" * 60, b"x" * 60, b"x" * 60], app=said) == ([413], [60])
    assert one.room("s-1") == 100
    assert sends(one, "s-1", [b"x" * 60, b"x" * 40], app=said) == ([204], [60, 40, 0])


def test_files_that_are_on_their_way_at_the_same_time_are_counted_together(site, stored):  # noqa: F811
    for session in ("s-1", "s-2"):
        opens_a_page("steward", session)
    one, said, inner = Uploads(of_session=100, of_all=120), Response(status_code=204), []

    def meanwhile():
        inner.append(sends(one, "s-2", [b"x" * 70], app=said))
        return b"x" * 10

    assert sends(one, "s-1", [b"x" * 60, meanwhile], app=said)[0] == [204]
    assert inner == [([413], [])]
