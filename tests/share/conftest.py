"""Stores for the tests of files that people take along."""

import pytest

from dashboard.store import Store
from tests.conftest import ROOT, served_already


@pytest.fixture(scope="session")
def real_store(tmp_path_factory) -> Store:
    """The records that ship."""
    store = Store(tmp_path_factory.mktemp("taken"))
    served_already(store, ROOT / "data")
    return store


@pytest.fixture
def small_store(tmp_path, small) -> Store:
    """The records to check by hand, in a store to publish into."""
    store = Store(tmp_path / "store")
    served_already(store, small)
    return store
