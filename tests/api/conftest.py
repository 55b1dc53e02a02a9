"""People, agencies and a plan with figures, as the page tests have them."""

import pytest
from tests.web.conftest import bureau, keep, officer, page, plan, system
from tests.web.test_results import reported

from hengtu.store.models import PlanRow

__all__ = ["bureau", "keep", "officer", "page", "plan", "reported", "system"]


@pytest.fixture
def base(reported: PlanRow) -> str:
    return f"/api/v1/agencies/{reported.owning_agency.slug}/plans/{reported.slug}"
