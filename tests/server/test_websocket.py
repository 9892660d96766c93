"""The WebSocket of a page behind the gate: who may go on with a session, and what Streamlit hears."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.model.roles import Person, Role
from dashboard.server import access, middleware, websocket
from dashboard.server.sessions import SESSIONS, Sessions
from dashboard.server.websocket import MESSAGES, OPERATIONS, Verdict
from tests.server.test_auth_middleware import sent_by, site  # noqa: F401

CLOSE = "websocket.close"


def message(kind="rerun_script", word="events"):
    """A message of a page, as bytes; of a rerun, with a word that tells it from others."""
    made = BackMsg()
    getattr(made, kind).SetInParent() if made.DESCRIPTOR.fields_by_name[
        kind
    ].message_type else setattr(made, kind, True)
    if kind == "rerun_script":
        made.rerun_script.query_string = word
    return made.SerializeToString()


def message_of_a_widget(identity):
    """A button is pressed that has this id."""
    made = BackMsg()
    made.rerun_script.widget_states.widgets.add(id=identity, trigger_value=True)
    return made.SerializeToString()


def message_of_files(number):
    """So many files are announced."""
    made = BackMsg()
    made.file_urls_request.file_names.extend(["x"] * number)
    return made.SerializeToString()


ONE, TWO, THREE = (message(word=word) for word in ("one", "two", "three"))


def talk(app, header, messages, path="/_stcore/stream"):
    """What a WebSocket gets to hear that sends these messages; between two of them something may
    happen.
    """
    heard = []

    async def run():
        connecting = [{"type": "websocket.connect"}]

        async def receive():
            if connecting:
                return connecting.pop()
            while messages and callable(messages[0]):
                messages.pop(0)()
            if not messages:
                return {"type": "websocket.disconnect", "code": 1000}
            what = messages.pop(0)
            return {
                "type": "websocket.receive",
                ("text" if isinstance(what, str) else "bytes"): what,
            }

        async def send(sent):
            heard.append(sent)

        headers = {"host": "localhost", "origin": "https://localhost"} | header
        scope = {
            "type": "websocket",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "scheme": "wss",
            "client": ("192.0.2.9", 5),
            "server": ("127.0.0.1", 8501),
            "subprotocols": [],
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "extensions": {},
            "asgi": {"version": "3.0"},
        }
        await app(scope, receive, send)

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(lambda: asyncio.run(run())).result()
    return heard


async def echo(socket):
    """In the place of Streamlit: says what it was asked to resume, and then whatever it hears."""
    await socket.accept()
    await socket.send_text(socket.headers.get("sec-websocket-protocol", ""))
    async for data in socket.iter_bytes():
        await socket.send_bytes(data)


@pytest.fixture
def sockets(site):
    return Starlette(routes=[WebSocketRoute("/{path:path}", echo)], middleware=middleware())


def echoed(heard):
    return [sent["bytes"] for sent in heard if sent["type"] == "websocket.send" and "bytes" in sent]


def resumed(heard):
    """What Streamlit was told to resume."""
    return next(sent["text"] for sent in heard if "text" in sent)


def signing_out(header):
    return lambda: access.end_session(
        dict(part.split("=", 1) for part in header["cookie"].split("; "))
    )


# Messages
# ------------------------------------------------------------------------------------------------------


def test_a_websocket_is_closed_at_the_first_message_after_its_reader_was_signed_out(sockets):
    header = sent_by("viewer")
    heard = talk(sockets, header, [ONE, signing_out(header), TWO, THREE])
    assert echoed(heard) == [ONE]
    assert (heard[-1]["type"], heard[-1]["code"]) == (CLOSE, 1008)


def test_a_steward_who_becomes_a_viewer_is_cut_off_before_the_next_message_is_heard(
    sockets, monkeypatch
):
    heard = talk(
        sockets,
        sent_by("steward"),
        [ONE, lambda: monkeypatch.setenv("DASHBOARD_PUBLISHING", "no"), TWO],
    )
    assert echoed(heard) == [ONE]


def test_a_viewer_who_becomes_a_steward_begins_anew_as_one(sockets, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PUBLISHING", "no")
    heard = talk(
        sockets,
        sent_by("steward"),
        [ONE, lambda: monkeypatch.setenv("DASHBOARD_PUBLISHING", "yes"), TWO],
    )
    assert echoed(heard) == [ONE]


def test_who_is_not_signed_in_may_connect_to_see_the_sign_in_and_who_stays_signed_in_is_not_disturbed(
    sockets,
):
    for who in ("nobody", "viewer", "expired"):
        assert echoed(talk(sockets, sent_by(who), [ONE, TWO])) == [ONE, TWO]


def test_what_a_long_run_sends_is_cut_off_too_once_its_reader_is_signed_out(site, monkeypatch):
    header = sent_by("viewer")
    monkeypatch.setattr(websocket, "UNCHECKED_SECONDS", -1)

    async def tells_twice(socket):
        await socket.accept()
        await socket.send_bytes(ONE)
        signing_out(header)()
        with pytest.raises(WebSocketDisconnect):
            await socket.send_bytes(TWO)

    app = Starlette(routes=[WebSocketRoute("/{path:path}", tells_twice)], middleware=middleware())
    heard = talk(app, header, [])
    assert echoed(heard) == [ONE]
    assert heard[-1]["code"] == 1008


def test_no_other_path_has_a_websocket(sockets):
    for path in ("/api/metrics", "/_stcore/metrics", "/_stcore/agent/mcp", "/media/x"):
        heard = talk(sockets, sent_by("steward"), [ONE], path)
        assert [sent["type"] for sent in heard] == [CLOSE]


def test_every_kind_of_message_of_streamlit_was_thought_of():
    kinds = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    carried = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    assert set(MESSAGES) == kinds
    assert set(OPERATIONS) == {field.name for field in carried.oneofs_by_name["payload"].fields}


@pytest.mark.parametrize("who", ["nobody", "viewer", "steward"])
def test_messages_that_concern_other_readers_or_the_server_are_heard_by_nobody(sockets, who):
    left_out = [message(kind) for kind, heard in MESSAGES.items() if heard is Verdict.LEFT_OUT]
    for kind in ("install_skills", "dismiss_skills_nudge"):
        made = BackMsg()
        getattr(made.backend_operation_request, kind).SetInParent()
        left_out.append(made.SerializeToString())
    assert echoed(talk(sockets, sent_by(who), [*left_out, b"", ONE])) == [ONE]


def test_what_no_page_sends_closes_the_connection_with_one_line_in_the_log(
    sockets, monkeypatch, capsys
):
    monkeypatch.setattr(websocket, "get_max_widget_state_size_bytes", lambda: 100)
    garbage = [
        (b"\xff\xfe garbage", 1007),
        ("a text", 1003),
        (b"\x00" * 101, 1009),
        (message_of_a_widget("someone"), 1007),
        (message_of_a_widget(""), 1007),
        (message_of_files(20), 1007),
    ]
    monkeypatch.setattr(websocket, "MAX_ANNOUNCED_FILES", 19)
    for what, code in garbage * 50:
        heard = talk(sockets, sent_by("viewer"), [ONE, what, TWO])
        assert echoed(heard) == [ONE]
        assert (heard[-1]["type"], heard[-1]["code"]) == (CLOSE, code)
    assert len(capsys.readouterr().out.splitlines()) <= 1


@pytest.mark.parametrize(
    "ids",
    [
        ("1\ndashboard: all is well", "s-1", "f"),
        ("1" * 101, "s-1", "f"),
        ("1", "s-2", "f"),
        ("1", "s-1", "f" * 101),
    ],
)
def test_an_operation_whose_ids_are_not_those_of_the_page_does_not_come_to_the_log(
    sockets, own, ids, capsys
):
    made = BackMsg()
    request = made.backend_operation_request
    request.request_id, request.session_id, request.deferred_file.file_id = ids
    assert echoed(talk(sockets, own, [made.SerializeToString(), ONE])) == [ONE]
    request.request_id, request.session_id, request.deferred_file.file_id = "1", "s-1", "f"
    assert len(echoed(talk(sockets, own, [made.SerializeToString(), ONE]))) == 2


def test_what_a_page_sends_of_widgets_components_and_files_is_heard(sockets):
    own = [
        message_of_a_widget("$$ID-0a1b-key"),
        message_of_a_widget("$$STREAMLIT_INTERNAL_KEY_$$ID-0a1b-key__events"),
        message_of_files(websocket.MAX_ANNOUNCED_FILES),
    ]
    assert echoed(talk(sockets, sent_by("viewer"), [*own])) == own


# Sessions
# ------------------------------------------------------------------------------------------------------


def person_behind(header):
    return access.identify(
        dict(part.split("=", 1) for part in header.get("cookie", "").split("; ") if part),
        local=False,
    )


def coming_back(header, session="s-1"):
    return header | {"sec-websocket-protocol": f"streamlit, token, {session}"}


@pytest.fixture
def own(sockets, monkeypatch):
    """The header of a steward who has begun the session s-1."""
    monkeypatch.setattr(SESSIONS, "_found", type(SESSIONS._found)())
    header = sent_by("steward")
    SESSIONS.begin_run("s-1", person_behind(header))
    return header


def test_who_began_a_session_may_resume_it(sockets, own):
    assert resumed(talk(sockets, coming_back(own), [])) == "streamlit, token, s-1"


@pytest.mark.parametrize(
    "who", ["nobody", "no role", "viewer", "expired", "forged", "another site"]
)
def test_a_session_of_somebody_else_is_not_resumed_and_a_new_one_begins(sockets, own, who):
    assert resumed(talk(sockets, coming_back(sent_by(who)), [ONE])) == "streamlit, token"


def test_a_session_is_not_resumed_with_a_role_that_was_taken_away_or_a_sign_in_that_ended(
    sockets, own, monkeypatch
):
    with monkeypatch.context() as demoted:
        demoted.setenv("DASHBOARD_PUBLISHING", "no")
        assert resumed(talk(sockets, coming_back(own), [ONE])) == "streamlit, token"
    signing_out(own)()
    assert resumed(talk(sockets, coming_back(own), [ONE])) == "streamlit, token"


def test_a_session_that_nobody_knows_or_that_is_named_in_another_way_is_not_resumed(sockets, own):
    for session in ("s-2", "s-1, s-1", "s-1,", '"s-1"', ""):
        assert "s-1" not in resumed(talk(sockets, coming_back(own, session), []))
    assert resumed(talk(sockets, own, [])) == ""


def test_sessions_that_began_long_ago_are_forgotten_first_and_can_not_be_resumed():
    kept, steward = Sessions(most=2), Person(Role.STEWARD, id="sam", session="today")
    for name in ("two", "one", "two", "three"):
        kept.begin_run(name, steward)
    assert [kept.belongs(name, steward) for name in ("one", "two", "three")] == [False, True, True]


def test_a_session_belongs_to_nobody_who_has_no_role():
    kept = Sessions()
    kept.begin_run("one", Person())
    assert not kept.belongs("one", Person())
