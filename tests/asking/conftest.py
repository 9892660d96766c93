"""The vocabulary of the records that the corpus of questions is asked of; and answers from those that
ship, and from those to check by hand.
"""

from datetime import date

import pytest

from dashboard.asking.vocabulary import load_vocabulary
from dashboard.store import Store
from tests.conftest import publish_folder
from tests.support.asked import merge_records
from tests.support.readings import Asked

TODAY, SHOWN = date(2026, 11, 30), 2025


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory):
    """Publish once: to read a question changes nothing."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "records").mkdir()
    store = Store(folder / "store")
    version = publish_folder(store, merge_records(folder / "records")).version
    return load_vocabulary(version, TODAY)


@pytest.fixture(scope="session")
def shipped_answer(real):
    """Answers from the records that ship, in 2025."""
    return Asked(Store(real.folder.parents[1]))


@pytest.fixture(scope="session")
def small_answer(by_hand):
    """Answers from the records to check by hand."""
    return Asked(by_hand)
