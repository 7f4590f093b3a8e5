"""Each rule of the merge and the exchange is held by a test: broken on purpose, one fails."""

import pytest

from tests.sync.mutants import MUTANTS, noticed


@pytest.mark.long
@pytest.mark.parametrize("rule", MUTANTS)
def test_a_broken_rule_is_noticed(rule: str) -> None:
    assert noticed(rule)
