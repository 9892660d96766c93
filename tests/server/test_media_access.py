"""Files of the pages are for those whose page told them of it."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dashboard.model.roles import Person, Role
from dashboard.server import access, auth_middleware, middleware
from dashboard.server.media_access import MAX_REMEMBERED_FILES, MediaAccess
from tests.support.asgi import ask

SAM = Person(Role.STEWARD, id="sam", session="s1")
STORAGE = MemoryMediaFileStorage("/media")
FILE = STORAGE.get_url(
    STORAGE.load_and_get_id(b"a,b", "text/csv", MediaFileKind.DOWNLOADABLE, "x.csv")
).removeprefix("/media/")
OTHERS = {
    "another steward": Person(Role.STEWARD, id="eva", session="e1"),
    "a viewer": Person(Role.VIEWER, id="anna", session="a1"),
    "nobody": Person(),
    "signed in anew": Person(Role.STEWARD, id="sam", session="s2"),
    "demoted": Person(Role.VIEWER, id="sam", session="s1"),
    "put out": Person(Role.NOBODY, id="sam", session="s1"),
    "on the network, without a sign-in": access.WITHOUT_SIGN_IN,
}


def download(file):
    """A message of a page with a download."""
    made = ForwardMsg()
    made.delta.new_element.download_button.url = f"/media/{file}"
    return made.SerializeToString()


@pytest.fixture
def told(monkeypatch):
    """What was told; and of whom the requests are: told.asks(SAM, path)."""
    found = MediaAccess()
    monkeypatch.setattr(auth_middleware, "MEDIA_ACCESS", found)
    app = Starlette(
        routes=[Route("/{path:path}", lambda _: PlainTextResponse("reached"))],
        middleware=middleware(),
    )

    def asks(person, path=f"/media/{FILE}"):
        monkeypatch.setattr(access, "identify", lambda *_, **__: person)
        return ask(app, path, host="localhost").status

    return found, asks


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_file_is_given_to_whom_a_page_told_of_it_and_to_nobody_else(told, other):
    found, asks = told
    assert asks(SAM) == 404
    assert asks(SAM, f"/media/{FILE}/..") == 404
    found.grant(download(FILE), SAM)
    assert asks(SAM) == 200
    assert asks(SAM, f"/media/{FILE}?title=people.csv") == 200
    assert asks(other) in (401, 403, 404)
    found.grant(download(FILE), other)
    assert asks(other) == (200 if other.role else 403 if other.id else 401)


@pytest.mark.parametrize(
    "path",
    [
        "/media",
        "/media/",
        f"/media/x/{FILE}",
        f"/media/{FILE}/",
        f"/media//{FILE}",
        f"/media/0{FILE}",
    ],
)
def test_no_other_spelling_of_an_address_gives_another_file(told, path):
    found, asks = told
    found.grant(download(FILE), SAM)
    assert asks(SAM, path) == (200 if path.rstrip("/") == f"/media/{FILE}" else 404)


def test_what_is_remembered_has_a_bound():
    found = MediaAccess()
    for number in range(MAX_REMEMBERED_FILES + 1):
        found.grant(download(f"{number:032x}.csv"), SAM)
    assert not found.allows(f"{0:032x}.csv", SAM)
    assert found.allows(f"{1:032x}.csv", SAM)


def test_an_address_that_somebody_typed_and_gets_to_see_again_tells_of_no_file():
    found, echo = MediaAccess(), ForwardMsg()
    element = echo.delta.new_element
    element.text_input.value = element.text_input.label = f"/media/{FILE}"
    answers = [echo, ForwardMsg()]
    answers[1].delta.new_element.link_button.url = f"/events?text=/media/{FILE}"
    for answer in answers:
        found.grant(answer.SerializeToString(), SAM)
    assert not found.allows(FILE, SAM)
