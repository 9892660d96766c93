"""A served page whose role was taken away: who names its session gets a new one, and what was
prepared in it is not done.
"""

import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from tests.support.sessions import Reader, session
from tests.support.signing_in import cookies, served_with_candidate


@pytest.fixture
def house(tmp_path, small):
    with served_with_candidate(tmp_path, small) as found:
        yield found


def cookie_of(address, name="sam", groups=("dash-stewards",), **more):
    made = cookies(origin=address, sub=name, name=name.title(), groups=list(groups), **more)
    return "; ".join(f"{key}={value}" for key, value in made.items())


def prepares(address, cookie, candidate):
    """A steward is about to press Publish, and is cut off: the session, and the message of the
    button.
    """
    with session(address, cookie=cookie) as opened:
        reader = Reader(opened)
        reader.opens("publish", f"candidate={candidate}")
        reader.does(**{"Why, in a few words": "merged"})
        pressed = BackMsg()
        pressed.rerun_script.query_string, pressed.rerun_script.page_script_hash = (
            reader.query,
            reader.page,
        )
        pressed.rerun_script.widget_states.widgets.add(
            id=reader.labelled("Publish").id, trigger_value=True
        )
        return reader.session, pressed.SerializeToString()


def presses(address, cookie, resumes, pressed):
    """Name a session and press its button at once; gives the session that answers, None where the
    connection is closed.
    """
    with session(address, cookie=cookie, resumes=resumes) as opened, suppress(ConnectionClosed):
        opened.connection.send(pressed)
        opened.finished()
        begun = [one for one in opened.messages if one.HasField("new_session")]
        return begun[0].new_session.initialize.session_id
    return None


def everybody(address, rules):
    """Who else may come: how they are made, and their cookie."""
    kept = rules.read_text("utf-8")
    steward = cookie_of(address)
    signed_out = cookie_of(address, iat=int(time.time()) - 60)
    yield "without a cookie", lambda: None, ""
    yield "another steward", lambda: None, cookie_of(address, "eva")
    yield "a viewer", lambda: None, cookie_of(address, "anna", ["dash-viewers"])
    # half an hour ago: no second of the steward's own sign-in, however long the others took
    yield "signed in anew", lambda: None, cookie_of(address, iat=int(time.time()) - 1800)
    yield "expired", lambda: None, cookie_of(address, iat=int(time.time()) - 11 * 3600)
    demoted = kept.replace("dash-stewards", "none").replace("dash-viewers", "dash-stewards")
    yield "demoted", lambda: rules.write_text(demoted), steward
    yield "without a role", lambda: rules.write_text(kept.replace('"dash-', '"none-')), steward
    yield "signed out", lambda: signs_out(address, signed_out), signed_out
    rules.write_text(kept, "utf-8")


def signs_out(address, cookie):
    class Stays(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    request = urllib.request.Request(f"{address}/auth/logout", headers={"Cookie": cookie})
    with suppress(urllib.error.HTTPError):
        urllib.request.build_opener(Stays).open(request, timeout=20).close()


@pytest.mark.parametrize(
    "seconds", [0, *(pytest.param(late, marks=pytest.mark.long) for late in (20, 110))]
)
def test_nobody_goes_on_with_a_session_that_is_not_theirs_any_more_and_its_owner_does(
    house, seconds
):
    address, store, candidate, rules = house
    before, steward, kept = store.current_id(), cookie_of(address), rules.read_text("utf-8")
    prepared = {}
    for who, _, cookie in everybody(address, rules):
        own = cookie if who == "signed out" else steward
        prepared[who] = prepares(address, own, candidate)
    time.sleep(seconds)
    for who, happens, cookie in everybody(address, rules):
        happens()
        resumes, pressed = prepared[who]
        assert presses(address, cookie, resumes, pressed) != resumes, who
        assert store.current_id() == before, who
        rules.write_text(kept, "utf-8")
    own, pressed = prepares(address, steward, candidate)
    assert presses(address, steward, own, pressed) == own
    assert store.current_id() == candidate
