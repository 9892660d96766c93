"""Numbers and facts are the same in both languages; only words differ."""

import re

import pytest

from dashboard.language.messages import DUTCH, ENGLISH, speaking
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.query import metrics
from dashboard.query.metrics import METRICS
from dashboard.store import Store
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view
from tests.views.test_nonsense_labels import LINKS, SETTINGS, TODAY

SELECTIONS = (
    Filters(),
    Filters(year=2025),
    Filters(month=("2025-05",), role=("keynote",)),
    Filters(year=2025, pillar=("education",)),
    Filters(year=2025, country=("NL",)),
    Filters(speaker=("job-doornberg",)),
)


@pytest.mark.parametrize("name", METRICS)
def test_a_number_and_how_well_it_is_known_are_equal_in_both_languages(real, name):
    for filters in SELECTIONS:
        said = []
        for language in (ENGLISH, DUTCH):
            with speaking(language):
                quantity = metrics.evaluate(real, METRICS[name], filters)
                said.append((quantity, re.findall(r"\d+", METRICS[name].words(quantity))))
        assert said[0] == said[1], filters


@pytest.mark.matrix(9)  # the other half: the nonsense of test_nonsense_labels.py
@pytest.mark.parametrize("link", LINKS)
def test_a_page_holds_the_same_numbers_charts_and_links_in_both_languages(real, link):
    english, dutch = (_read(real, link, language) for language in (ENGLISH, DUTCH))
    assert english == dutch


def _read(version, link, language):
    with speaking(language):
        view = open_view(Store(version.folder.parents[1]), SETTINGS, link, TODAY, role=Role.VIEWER)
        found = make_content(view)
    return (
        [(tile.number, tile.quantity) for tile in found.tiles],
        [
            (one.key, len(one.chart.table), [act for _said, act in one.chart.links])
            for one in found.pictures
        ],
        [(section.key, [line.link for line in section.lines]) for section in found.sections],
    )
