"""Which language a reader gets: that of the link, else what they chose before, else what their browser
asks for, else the programme's own.
"""

from collections.abc import Iterator

from dashboard.language.messages import is_language

PARAMETER = "lang"
"""Of a link."""
COOKIE = "dashboard_lang"
"""Holds what a reader chose."""


def choose_language(asked: str, kept: str, accepted: str, default: str) -> str:
    """Choose the language: `asked` stands in the link, `kept` in the cookie, `accepted` is the
    header Accept-Language of the browser, `default` the programme's. Never raises.
    """
    wanted = (asked, kept, *_list_accepted(accepted))
    return next((code for code in wanted if is_language(code)), default)


def _list_accepted(header: str) -> Iterator[str]:
    """List the languages of Accept-Language, the liked best first, without their countries."""
    weighed = []
    for nr, part in enumerate(header.split(",")[:50]):
        tag, _, weight = part.partition(";")
        try:
            liked = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        weighed.append((-liked, nr, tag.strip().lower().partition("-")[0]))
    return (code for liked, _nr, code in sorted(weighed) if liked)
