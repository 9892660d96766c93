"""The records that the corpus of questions is asked of, and the vocabulary of their words."""

from datetime import date

import pytest

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
