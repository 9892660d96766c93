"""The language of a run of the script, and the choice between them in the bar."""

from collections.abc import Iterator

import streamlit as st

from dashboard.charts.markup import Element, make_element
from dashboard.language.choice import COOKIE, PARAMETER
from dashboard.language.messages import LANGUAGES, _, current_language, speak
from dashboard.server.reader_language import find_language
from dashboard.views.view import View

LANGUAGE = "language"
"""Key of a session: what its last run spoke."""


def begin_run(asked: str) -> None:
    """Speak the language of the reader from now on in this run. `asked` stands in the link."""
    context = st.context
    kept, accepted = context.cookies.get(COOKIE, ""), context.headers.get("Accept-Language", "")
    speak(find_language(asked, kept, accepted))
    st.session_state[LANGUAGE] = current_language()


def resume() -> None:
    """Speak the language of the last run in what Streamlit calls by itself: a callback, a dialog."""
    speak(st.session_state.get(LANGUAGE, current_language()))


def find_other(view: View) -> str:
    """Find the language to which a reader can change, of two."""
    return next(code for code in LANGUAGES if code != view.language)


def build_choice(view: View) -> Element:
    """Build the choice of the language: NL | EN."""
    return make_element("nav", *_build_languages(view), css="languages", aria_label=_("Language"))


def _build_languages(view: View) -> Iterator[Element]:
    for code, name in sorted(LANGUAGES.items(), reverse=True):
        if code == view.language:
            yield make_element("strong", code.upper(), title=name, lang=code, aria_current="true")
        else:
            act = f"{PARAMETER}={code}"
            yield make_element("a", code.upper(), act=act, title=name, lang=code)
