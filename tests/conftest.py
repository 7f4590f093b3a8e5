"""What all tests share: Qt offscreen, the slow tests, and how hypothesis searches."""

import os
from collections.abc import Iterator

# Before anything imports Qt: it reads this when the application object is made.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from desktop_app.i18n import language, set_language

# A time limit for one example would fail on a busy machine, not on a mistake.
settings.register_profile("default", deadline=None)
# CI is to give the same answer for the same commit; a developer's runs keep searching.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the slow tests too")
    parser.addoption("--new-pictures", action="store_true", help="store pages as they are now")
    parser.addoption("--seeds", type=int, default=500, help="how many runs the simulator makes")
    parser.addoption("--seed", type=int, help="the one run of the simulator to repeat")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="takes long; runs only with --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Leave the language as it was: a test that switches it says nothing of the next one."""
    before = language()
    yield
    set_language(before)
