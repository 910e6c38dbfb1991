"""The challenges that the demonstration must point to: shown by the inventory, or among the first 12 by strength."""

import pytest

from assessments.core.content import SHIPPED, read_yaml
from assessments.core.scoring import score
from assessments.core.support import read_support_ends
from assessments.core.values import Response, Targets
from planning.core.challenges import find_challenges
from planning.core.rules import read_rules
from planning.core.values import RuleState
from portfolio.core.filling import cell_targets, fill
from portfolio.core.reading import COHORT, read_cohort
from tests.factories.instruments import SOCIAL, shipped
from tests.planning.core.conftest import inventory_of

FIRST = 12
COHORT_DATA = read_cohort()
INSTRUMENT = shipped(SOCIAL)
RAW = {one["key"]: one for one in read_yaml(COHORT)["organizations"]}


@pytest.mark.parametrize("key", RAW)
def test_the_expected_challenges_are_pointed_to(key: str) -> None:
    organization = COHORT_DATA.organization(key)
    wanted = cell_targets(INSTRUMENT, organization.targets, own=True)
    result = score(
        INSTRUMENT,
        asked=INSTRUMENT.by_key.keys(),
        responses=[
            Response(one.question, entry.person, one.kind, one.level)
            for entry in organization.answers
            if entry.round == "baseline"
            for one in fill(INSTRUMENT, key, entry)
        ],
        targets=Targets(cells={cell: target.level for cell, target in wanted.items()}),
    )
    readings = read_rules(inventory_of(RAW[key]), read_support_ends(SHIPPED / "support-ends.yaml"))
    found = find_challenges([result], readings, {})
    strong = {one.key for one in found.challenges[:FIRST] if one.strength > 0}
    shown = {challenge for challenge, reading in readings.items() if reading.state is RuleState.SHOWN}
    assert set(organization.expect.challenges) - strong - shown == set()
