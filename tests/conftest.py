"""What all tests share: nothing is read from, or left in, the user's own cache."""

import os

import pytest


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Commands that tests start cache in a folder of the test run."""
    os.environ["TIAOLI_CACHE"] = str(tmp_path_factory.mktemp("cache"))
