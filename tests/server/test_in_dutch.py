"""What the server itself says to a Dutch reader."""

import pytest

from dashboard.server import link_routes
from tests.server.conftest import INDEX
from tests.server.test_auth_middleware import site  # noqa: F401
from tests.server.test_page_head import chosen, of  # noqa: F401


def test_a_short_link_that_is_not_known_is_answered_in_the_language_of_the_reader(real_site):
    dutch = real_site("/s/abcd2345", accept_language="nl-NL,en;q=0.5")
    assert (dutch.status, '<html lang="nl">' in dutch.text) == (404, True)
    assert "Deze korte link is hier niet bekend" in dutch.text
    english = real_site("/s/abcd2345", accept_language="nl", cookie="dashboard_lang=en")
    assert '<html lang="en">' in english.text
    assert link_routes.NOT_KNOWN in english.text


def test_labels_and_words_of_the_api_follow_the_language_that_is_asked_for(real_site):
    dutch, english = (
        real_site("/api/metrics?year=2025&lang=nl"),
        real_site("/api/metrics?year=2025"),
    )
    assert (dutch.json["notices"], dutch.json["in_words"]) == ([], "Alles in 2025")
    assert (dutch.headers["content-language"], english.headers["content-language"]) == ("nl", "en")
    names, labels = ([row[key] for row in dutch.json["rows"]] for key in ("name", "label"))
    assert names == [row["name"] for row in english.json["rows"]]
    assert labels != [row["label"] for row in english.json["rows"]]
    assert [row["value"] for row in dutch.json["rows"]] == [
        row["value"] for row in english.json["rows"]
    ]
    assert (
        real_site("/api/metrics?year=2025", accept_language="nl").json["rows"] == dutch.json["rows"]
    )


def test_an_answer_in_one_language_is_none_in_another(real_site):
    first = real_site("/api/metrics?year=2025")
    again = {"if_none_match": first.headers["etag"]}
    assert real_site("/api/metrics?year=2025", **again).status == 304
    assert real_site("/api/metrics?year=2025", accept_language="nl", **again).status == 200
    assert first.headers["vary"] == "Accept-Language, Cookie"


def test_a_language_that_there_is_not_is_said_to_be_left_out(real_site):
    (notice,) = real_site("/api/metrics?year=2025&lang=xx").json["notices"]
    assert notice == "lang=xx is not understood and was left out"


def test_the_preview_of_a_page_and_its_links_say_the_language(real_site, chosen):
    chosen(public_url="https://dash.example.org")
    answer = real_site("/events?month=2025-05", accept_language="nl")
    found = of(answer)
    assert '<html lang="nl">' in answer.text
    assert found.meta["og:url"] == "https://dash.example.org/events?month=2025-05&lang=nl"
    assert found.meta["description"].endswith("Stand van 15 januari 2026.")
    assert all(link.endswith("&lang=nl") for _kind, link in found.links)


@pytest.mark.parametrize(("accepted", "language"), [("nl", "nl"), ("en", "en")])
def test_a_page_that_asks_to_sign_in_says_its_language(site, accepted, language):
    answer = site("/events", accept_language=accepted)
    index = INDEX.read_text("utf-8")
    assert answer.text == index.replace('<html lang="en"', f'<html lang="{language}"')


def test_who_has_not_signed_in_is_told_so_in_their_language(site):
    assert (
        site("/api/metrics", accept_language="nl").json["error"]
        != (site("/api/metrics").json["error"])
    )


def test_a_host_that_is_not_ours_is_refused_in_the_language_of_who_asks(real_site):
    answer = real_site("/events", host="evil.example", accept_language="nl")
    assert (answer.status, answer.text.startswith("Het dashboard is niet bereikbaar")) == (
        421,
        True,
    )
