"""Answers to readings that are written by hand."""

from datetime import date

from dashboard.asking.answer import answer_reading
from dashboard.asking.reading import Reading, Understood
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
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
