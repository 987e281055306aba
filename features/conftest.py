"""The law that all scenarios are held against, and the mark by which some can be selected."""

import pytest

from engine.decision.decide import Law, LawError
from tests.real import real_law


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "article(id): the article that a scenario is about")


@pytest.fixture(scope="session")
def law() -> Law:
    """The rulesets as they stand."""
    try:
        return real_law()
    except LawError as error:
        problems = (f"{one.at}: {one.code}: {one.message.zh}" for one in error.diagnostics)
        pytest.fail("\n".join(problems), pytrace=False)
