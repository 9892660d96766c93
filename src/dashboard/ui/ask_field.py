"""The field in which a question is asked, at the top of every page: what it says, and what is done
with what the browser tells of it. What is suggested while typing: ui/suggest.py.
"""

from collections.abc import Hashable

from dashboard.asking.answer_examples import list_examples
from dashboard.asking.answer_scope import find_shown_year
from dashboard.asking.words import MAX_LETTERS
from dashboard.language.messages import _
from dashboard.model.roles import Role
from dashboard.ui import asked, caches, state
from dashboard.ui.components import Component, read_pressed
from dashboard.ui.permission import requires
from dashboard.views.view import View

KEY = "ask"
ASK = "ask:"
_FIELD = Component(
    "ask",
    html=f"""
    <form class="ask-field" role="search">
      <input type="text" role="combobox" aria-autocomplete="list" aria-expanded="false"
        aria-controls="ask-list" aria-keyshortcuts="Control+K Meta+K /" autocomplete="off"
        autocapitalize="off" spellcheck="false" enterkeyhint="search" maxlength="{MAX_LETTERS}">
      <div class="ask-list" id="ask-list" role="listbox" hidden></div>
      <p class="only-heard" role="status"></p>
    </form>
    """,
)


def draw_field(view: View) -> None:
    """Draw the field, with the question whose answer is shown."""
    shown = asked.find_shown(view)
    _FIELD.draw(
        {
            "label": _("Ask"),
            "hint": _("Ask in words: Ctrl K, ⌘ K or / leads here"),
            "placeholder": suggest_example(view),
            "value": shown.text if shown else "",
            "answer": shown.identity if shown else "",
            "said": shown.answer.sentence if shown else "",
            "asks": {"spoken": view.language, "page": view.page},
        },
        KEY,
        on_pressed=follow_field,
    )


def _identify_example(view: View) -> Hashable:
    return view.version.identity, find_shown_year(view), view.language


@caches.keep(200, key=_identify_example)
def suggest_example(view: View) -> str:
    """Say by an example how to ask, with a question that has an answer in the year that is shown."""
    examples = list_examples(view, 1)
    return _("Ask: {example}", example=examples[0][0]) if examples else _("Ask in words")


@requires(Role.VIEWER)
def follow_field() -> None:
    """Answer what was asked, or go where a suggestion leads (callback)."""
    act = read_pressed(KEY)
    if act.startswith(ASK):
        asked.ask(act.removeprefix(ASK)[:MAX_LETTERS])
    else:
        state.follow(act)
