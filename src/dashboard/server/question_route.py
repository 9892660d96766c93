"""The route that answers a question in words (docs/api.md). The question stands in its address only:
it is kept nowhere, and no log has it.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboard.asking.question import AskingError, QuestionError, answer_question
from dashboard.language.messages import _
from dashboard.model import server_log
from dashboard.server import responses
from dashboard.views.view import Answers

NOT_KEPT = {"Cache-Control": "private, no-store", "Vary": "Accept-Language, Cookie"}
OF_VIEW = ("year", "v", "on", "show", "lang")
"""What may stand beside a question: the year that is shown, the version, the language."""


def make_route(answers: Answers | None = None) -> Callable[[Request], Awaitable[Response]]:
    """Make the route that answers a question, from answers of the store that are kept."""
    return responses.answer_in_thread(partial(get_answer, answers=answers))


def get_answer(request: Request, answers: Answers | None = None) -> Response:
    """Answer the question `q`: what was understood of it, the link, and the sentence with the number.
    400 for what is no question.
    """
    pairs = responses.parse_query(request.url.query)
    asked = [value for name, value in pairs if name == "q"]
    kept = [(name, value) for name, value in pairs if name in OF_VIEW]
    view, notices = responses.read_view("", urlencode(kept), kept=OF_VIEW, answers=answers)
    headers = NOT_KEPT | responses.version_headers(view) | {"X-Notices": str(len(notices))}
    try:
        answer = answer_question(view, _take_only(asked))
    except QuestionError as error:
        return responses.as_json({"error": str(error)}, 400, headers)
    except AskingError as error:
        server_log.log_throttled(f"a question was not answered: {error}")
        words = _("this question could not be answered; the reason is in the server's log")
        return responses.as_json({"error": words}, 500, headers)
    return responses.as_json(answer.to_json(), headers=headers)


def _take_only(asked: list[str]) -> str:
    """Take the one question that is asked. Raises QuestionError for none, and for several."""
    if len(asked) > 1:
        raise QuestionError(_("{name} is given more than once", name="q"))
    return asked[0] if asked else ""
