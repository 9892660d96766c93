"""The route that answers a question in words (docs/api.md). The question stands in its address only:
it is kept nowhere, and no log has it.
"""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboard.asking.question import AskingError, QuestionError, answer_question
from dashboard.language.messages import _
from dashboard.model import server_log
from dashboard.server import responses

NOT_KEPT = {"Cache-Control": "private, no-store", "Vary": "Accept-Language, Cookie"}
OF_VIEW = ("year", "v", "on", "show", "lang")
"""What may stand beside a question: the year that is shown, the version, the language."""


@responses.answer_in_thread
def get_answer(request: Request) -> Response:
    """Answer the question `q`: what was understood of it, the link, and the sentence with the number.
    400 for what is no question.
    """
    pairs = responses.parse_query(request.url.query)
    asked = [value for name, value in pairs if name == "q"]
    kept = [(name, value) for name, value in pairs if name in OF_VIEW]
    view, notices = responses.read_view("", urlencode(kept), kept=OF_VIEW)
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
