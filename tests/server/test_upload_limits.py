"""What may be laid into the memory of the server, and by whom."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from dashboard.server import access, middleware, upload_limits
from dashboard.server.page_head import PERSON_KEY
from dashboard.server.sessions import SESSIONS
from dashboard.server.upload_limits import MAX_FILES, NO_PLACE, NOT_YOURS, UploadLimiter
from tests.server import test_auth_middleware
from tests.server.test_auth_middleware import site  # noqa: F401
from tests.server.test_websocket import person_behind
from tests.support.asgi import ask

S1, S2, ID = (f"{n}0000000-0000-4000-8000-000000000000" for n in "12f")
FILE = f"/_stcore/upload_file/{S1}/{ID}"
TOO_MUCH = upload_limits.TOO_MUCH.format(
    megabytes=upload_limits.MAX_SESSION_BYTES // upload_limits.MEGABYTE, files=MAX_FILES
)
sent_by = cache(test_auth_middleware.sent_by)  # a sign-in is of one second


ended = set()
"""Sessions of which the page is gone."""


@pytest.fixture
def stored(monkeypatch):
    """What Streamlit keeps, by session."""
    found = {}
    monkeypatch.setattr(SESSIONS, "_found", type(SESSIONS._found)())
    monkeypatch.setattr(upload_limits, "count_kept_bytes", lambda: upload_limits.Counter(found))
    monkeypatch.setattr(upload_limits, "is_open", lambda session: session not in ended)
    monkeypatch.setattr(upload_limits, "remove_file", lambda session, _: found.pop(session, None))
    ended.clear()
    return found


@pytest.fixture
def app(site, stored):
    """In the place of Streamlit: keeps what it is given."""

    async def take(request: Request):
        if request.method == "PUT":
            stored[S1] = stored.get(S1, 0) + len(await request.body())
        return Response(status_code=204)

    route = Route(
        "/_stcore/upload_file/{session}/{file}", take, methods=["PUT", "DELETE", "OPTIONS"]
    )
    return Starlette(routes=[route], middleware=middleware())


def opens_a_page(who, session=S1, *, takes_files=True):
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
@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 401), ("no role", 403), ("expired", 403), ("viewer", 403)]
)
def test_files_of_somebody_else_can_neither_be_added_nor_removed(app, stored, who, status, method):
    opens_a_page("steward")
    assert put(app, who, method=method)[0] == status
    assert stored == {}


def test_a_session_that_nobody_knows_takes_no_file(app, stored):
    opens_a_page("steward")
    for path in (
        f"/_stcore/upload_file/{S2}/{ID}",
        f"/_stcore/upload_file//{ID}",
        f"{FILE}/../{ID}",
        f"/_stcore/upload_file/{S1}/x",
        f"{FILE}x",
    ):
        assert put(app, "steward", path)[0] in (403, 404)
    assert put(app, "steward", f"/_stcore/upload_file/{S2}/{ID}") == (403, NOT_YOURS)
    assert stored == {}


def test_a_page_that_has_no_place_for_files_takes_none_and_one_that_is_drawn_anew_goes_on(app):
    opens_a_page("steward", takes_files=False)
    assert put(app, "steward") == (403, NO_PLACE)
    opens_a_page("steward")
    # the second of two files, while the page is drawn
    SESSIONS.begin_run(S1, person_behind(sent_by("steward")))
    assert put(app, "steward")[0] == 204
    SESSIONS.end_run(S1)  # another page, which has no such place
    assert put(app, "steward") == (403, NO_PLACE)


def test_more_than_a_session_may_keep_is_refused_before_it_is_sent(app, stored):
    opens_a_page("steward")
    stored[S1] = upload_limits.MAX_SESSION_BYTES - 10
    assert put(app, "steward", content_length="11") == (413, TOO_MUCH)
    assert put(app, "steward", content_length="10")[0] == 204


def test_more_than_all_sessions_may_keep_together_is_refused(app, stored):
    opens_a_page("steward")
    stored.update(
        {
            f"s-{n}": upload_limits.MAX_SESSION_BYTES
            for n in range(3, 3 + upload_limits.MAX_TOTAL_BYTES // upload_limits.MAX_SESSION_BYTES)
        }
    )
    assert put(app, "steward", content_length="1") == (413, TOO_MUCH)


def sends(one, session, chunks, *, app):
    """Lay down a file in pieces, without saying how long it is; gives the status of each answer,
    and what reached the application.
    """
    reached, answers = [], []

    async def taking(scope, receive, send):
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise upload_limits.ClientDisconnect
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

        steward = person_behind(sent_by("steward"))
        scope = {
            PERSON_KEY: steward,
            "type": "http",
            "method": "PUT",
            "path": f"/_stcore/upload_file/{session}/{ID}",
            "headers": [],
        }
        await one.serve(taking, lambda: steward, scope, receive, send)

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(lambda: asyncio.run(run())).result()
    return answers, reached


def test_bytes_are_counted_as_they_come_whatever_was_declared_and_are_free_again_afterwards(
    site, stored
):
    opens_a_page("steward")
    one = UploadLimiter(of_session=100, of_all=1000)
    said = Response(status_code=204)
    assert sends(one, S1, [b"x" * 60, b"x" * 60, b"x" * 60], app=said) == ([413], [60])
    assert one.room(S1) == 100
    assert sends(one, S1, [b"x" * 60, b"x" * 40], app=said) == ([204], [60, 40, 0])


def test_files_that_are_on_their_way_at_the_same_time_are_counted_together(site, stored):
    for session in (S1, S2):
        opens_a_page("steward", session)
    one, said, inner = UploadLimiter(of_session=100, of_all=120), Response(status_code=204), []

    def meanwhile():
        inner.append(sends(one, S2, [b"x" * 70], app=said))
        return b"x" * 10

    assert sends(one, S1, [b"x" * 60, meanwhile], app=said)[0] == [204]
    assert inner == [([413], [])]


def test_a_file_that_comes_when_its_session_is_over_or_its_sender_may_no_more_is_not_kept(
    app, stored, monkeypatch
):
    opens_a_page("steward")
    ended.add(S1)
    assert put(app, "steward") == (403, NOT_YOURS)
    assert stored == {}
    ended.clear()
    asked = iter([person_behind(sent_by("steward")), person_behind(sent_by("viewer"))])
    monkeypatch.setattr(access, "identify", lambda *_, **__: next(asked))
    assert put(app, "steward") == (403, NOT_YOURS)
    assert stored == {}


def test_a_session_keeps_a_number_of_files_only_however_small_and_their_names_count(
    app, stored, monkeypatch
):
    opens_a_page("steward")
    kept = {
        S1: {
            str(n): UploadedFileRec(str(n), "x" * 1000, "text/csv", b"")
            for n in range(MAX_FILES - 1)
        }
    }
    monkeypatch.setattr(upload_limits, "_storage", lambda: kept)
    assert put(app, "steward")[0] == 204
    kept[S1]["one more"] = UploadedFileRec("one more", "", "", b"")
    assert put(app, "steward") == (413, TOO_MUCH)
    monkeypatch.undo()
    monkeypatch.setattr(upload_limits, "_storage", lambda: kept)
    assert upload_limits.count_kept_bytes()[S1] > (MAX_FILES - 1) * 1000


@pytest.mark.parametrize("declared", [False, True])
def test_what_is_too_much_is_read_to_its_end_and_no_further_so_that_a_browser_hears_why(
    site, stored, declared
):
    opens_a_page("steward")
    if declared:  # there is no room before the first piece
        stored[S1] = 11
    sent = []
    pieces = [lambda: sent.append(1) or b"x" * 20] * 5
    assert sends(UploadLimiter(of_session=10), S1, pieces, app=Response(status_code=204))[0] == [
        413
    ]
    assert len(sent) == 5


def test_too_much_in_the_last_piece_is_answered_at_once(site, stored):
    opens_a_page("steward")
    pieces = [
        b"x" * 10,
        lambda: stored.update({S1: 1}) or b"",
        lambda: pytest.fail("waits for what does not come"),
    ]
    assert sends(UploadLimiter(of_session=10), S1, pieces, app=Response(status_code=204))[0] == [
        413
    ]


def test_more_small_files_than_a_session_keeps_are_refused_also_where_they_come_at_the_same_time(
    app, monkeypatch
):
    opens_a_page("steward")
    counts = iter([MAX_FILES - 1, MAX_FILES + 1])  # before it is sent, and when it has come
    monkeypatch.setattr(upload_limits, "count_kept_files", lambda _: next(counts))
    assert put(app, "steward") == (413, TOO_MUCH)
