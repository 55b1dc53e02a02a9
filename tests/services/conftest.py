"""An agency below a city, its planning officer and an adopted plan; modules may have their own."""

from tests.web.conftest import bureau, keep, officer, plan, system

__all__ = ["bureau", "keep", "officer", "plan", "system"]
