"""A served page is sent what no page sends: the log stays short and its own, the server goes on,
and memory is not filled.
"""

from contextlib import suppress

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from dashboard.model.server_log import MAX_TEXT_LENGTH
from dashboard.store import Store
from tests.conftest import served_already
from tests.server.test_websocket import message_of_a_widget, message_of_files
from tests.support.serving import served
from tests.support.sessions import Reader, session

TIMES = 50
FORGED = "x\n2026-11-28 dashboard: forged " + "x" * 2000


@pytest.fixture
def dashboard(tmp_path, small):
    """A served dashboard without a sign-in: its address, and what is in its log."""
    store, log = Store(tmp_path / "store"), tmp_path / "log"
    served_already(store, small)
    with served(store.root, log=log, DASHBOARD_SHARES=str(tmp_path / "shares.sqlite")) as address:
        yield address, lambda: log.read_text("utf-8").splitlines()


def odd(reader):
    """What can be read as a message and is not one of a page."""
    told = BackMsg()
    told.rerun_script.fragment_id = FORGED
    yield told
    told = BackMsg()
    told.rerun_script.query_string = "a" * 600_000
    yield told
    for of in (reader.session, FORGED):
        told = BackMsg()
        told.backend_operation_request.request_id, told.backend_operation_request.session_id = (
            FORGED,
            of,
        )
        told.backend_operation_request.deferred_file.file_id = FORGED
        yield told
    for name in ("-ask", "part-page"):
        (part,) = (one for one in reader.drawn if getattr(one, "id", "").endswith(name))
        yield of_a_widget(reader, id=part.id, json_value=FORGED)
    for pressed in (FORGED, '[{"event": "pressed", "value": ["x"]}]', '{"pressed": 1}'):
        yield of_a_widget(
            reader, id=_make_trigger_id(part.id, "events"), json_trigger_value=pressed
        )


def of_a_widget(reader, **state):
    """What a widget of the page is said to hold, or a part of it to have been pressed."""
    told = BackMsg()
    told.rerun_script.page_script_hash = reader.page
    told.rerun_script.widget_states.widgets.add(**state)
    return told


CLOSING = [b"\xff\xff garbage", "a text", message_of_a_widget("someone"), message_of_files(1000)]


def test_garbage_makes_no_line_for_each_frame_and_none_that_a_reader_wrote(dashboard):
    address, log = dashboard
    before = len(log())
    for megabytes in (9, 17):
        with session(address) as opened:
            with suppress(ConnectionClosed):
                opened.connection.send(b"\0" * megabytes * 10**6)
                opened.connection.recv(timeout=10)
            # closed while it is sent, nothing more is read
            assert opened.connection.close_code in (1006, 1009)
    for frame in [*CLOSING * (TIMES // 2), *[b"\xff\xfe no text"] * TIMES]:
        with session(address) as opened, suppress(ConnectionClosed):
            opened.connection.send(frame, text=True if frame == b"\xff\xfe no text" else None)
            opened.connection.recv(timeout=10)
    with session(address) as opened:
        reader = Reader(opened)
        reader.opens("events", "")
        for told in odd(reader):
            for _ in range(TIMES):
                opened.connection.send(told.SerializeToString())
        with suppress(TimeoutError):
            while opened.connection.recv(timeout=1):
                pass
    with session(address) as opened:
        Reader(opened).opens("events", "")
    said = log()[before:]
    first = [line for line in said if not line.startswith("  | ")]
    assert 4 <= len(first) <= 12, first
    assert len(said) < 200
    assert not any(line.startswith("2026-11-28 dashboard") for line in said)
    assert all(len(line) < MAX_TEXT_LENGTH + 100 for line in said)
