"""People and Map as a reader uses them: a press on a way to cut, on a place, on a map, and back."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store import Store
from tests.conftest import ROOT, served_already
from tests.support import page_parts

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def app(tmp_path, monkeypatch):
    served_already(Store(tmp_path), ROOT / "data")
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))

    def run(page, **query):
        test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
        for name, value in {"year": "2025", **query}.items():
            test.query_params[name] = value
        return test.switch_page(f"../../../pages/{page}.py").run()

    return run


def test_people_are_cut_by_month_with_one_press_and_by_role_with_another(app):
    test = app("people")
    assert page_parts.texts(test, "block-heading") == [
        "Who carries it",
        "In which role",
        "In other work",
    ]
    page_parts.press(test, "by=month")
    assert test.query_params["by"] == "month"
    assert page_parts.texts(test, "block-heading")[1] == "In which month"
    page_parts.press(test, "by=role")
    assert page_parts.texts(test, "block-heading")[1] == "In which role"
    assert not test.exception


def test_a_press_on_a_place_lists_its_events_and_another_takes_them_back(app):
    test = app("map")
    assert page_parts.texts(test, "block-heading") == [
        "Netherlands",
        "Europe",
        "Places",
        "Without a stated place",
    ]
    assert set(page_parts.charts(test)) == {"map", "map-europe"}
    assert len(page_parts.find(test, "agenda-row")) == 7
    page_parts.press(test, "place=groningen-nl")
    assert page_parts.texts(test, "block-heading")[0] == "Groningen: 8 events all places"
    assert len(page_parts.find(test, "agenda-row")) == 8 + 7
    page_parts.press(test, "page:map")
    assert "place" not in test.query_params
    assert len(page_parts.find(test, "agenda-row")) == 7
    assert not test.exception


def test_what_lies_beyond_a_map_leads_to_the_world_and_back(app):
    test = app("map")
    (beyond,) = page_parts.texts(test, "map-beyond")
    assert beyond == "beyond this map: Hong Kong 1 →"
    page_parts.press(test, "page:map?view=world")
    assert list(page_parts.charts(test)) == ["map"]
    assert page_parts.texts(test, "block-heading")[0] == "World"
    assert page_parts.texts(test, "switch-option") == ["← all maps"]
    page_parts.press(test, "page:map")
    assert set(page_parts.charts(test)) == {"map", "map-europe"}
