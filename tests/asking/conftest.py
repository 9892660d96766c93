<<<<<<< HEAD
"""Answers to readings that are written by hand, on the records to check by hand and on those that ship."""
=======
"""The records that the corpus of questions is asked of, and the vocabulary of their words."""
>>>>>>> w-grammar

from datetime import date

import pytest

<<<<<<< HEAD
from dashboard.asking.answer import answer_reading
from dashboard.asking.reading import Reading, Understood
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")
SOMETHING = (Understood("something", "page", ("events",), "Events"),)


class Asked:
    """Answers readings from the records of a store, in the year that is shown by default."""

    def __init__(self, store, today=TODAY):
        self.store, self.today = store, today
        self.answers = {"en": Kept(), "nl": Kept()}

    def view(self, link="/", language="en"):
        """The view on which a question is asked."""
        return open_view(
            self.store,
            SETTINGS,
            link,
            self.today,
            answers=self.answers[language],
            role=Role.VIEWER,
        )

    def __call__(self, page="events", language="en", link="/", understood=SOMETHING, **reading):
        """The answer to a reading; filters are given by their names."""
        names = [name for name in reading if hasattr(Filters(), name) and name != "year"]
        filters = Filters(**{name: reading.pop(name) for name in names})
        if "of_year" in reading:
            filters = filters.with_(year=reading.pop("of_year"))
        with speaking(language):
            asked = Reading(
                "a question", page=page, filters=filters, understood=understood, **reading
            )
            return answer_reading(self.view(link, language), asked)


@pytest.fixture(scope="session")
def shipped_answer(real):
    """Answers from the records that ship, in 2025."""
    return Asked(Store(real.folder.parents[1]))


@pytest.fixture(scope="session")
def small_answer(by_hand):
    """Answers from the records to check by hand."""
    return Asked(by_hand)
=======
from dashboard.asking.vocabulary import load_vocabulary
from dashboard.store import Store
from tests.conftest import publish_folder
from tests.support.asked import merge_records

TODAY, SHOWN = date(2026, 11, 30), 2025


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory):
    """Publish once: to read a question changes nothing."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "records").mkdir()
    store = Store(folder / "store")
    version = publish_folder(store, merge_records(folder / "records")).version
    return load_vocabulary(version, TODAY)
>>>>>>> w-grammar
