"""What planning hangs into every house: a goal, and a plan with one action of its own."""

from datetime import UTC, datetime

from planning import services
from tests.factories.people import House, furnish

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


@furnish
def plan_something(house: House) -> None:
    """Add a goal and a plan that rests on the house's assessment."""
    organization, director = house.organization, house.people["director"]
    house.objects["goal"] = services.add_goal(organization=organization, title="Reach everybody")
    plan = services.create_plan(
        organization=organization,
        title="Plan",
        start_year=2026,
        start_quarter=2,
        user=director,
        assessments=[house.objects["assessment"]],
        at=NOON,
    )
    house.objects["plan"] = services.add_own_action(
        plan=plan, revision=None, user=director, title="Ask the neighbours", at=NOON
    )
