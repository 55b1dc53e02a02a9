"""Agencies and plans: what there is, and a whole plan in the contract's JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from hengtu.api.guard import open_place, open_plan
from hengtu.api.schemas import AgencyList, PlanList, answers
from hengtu.core.exchange import plan_to_json
from hengtu.queries.agencies import list_agencies
from hengtu.queries.plans import load_whole
from hengtu.services.accounts import person

router = Router(tags=["plans"])


@router.get("/agencies", response=answers(AgencyList), operation_id="list_agencies")
def answer_agencies(request: HttpRequest) -> dict[str, Any]:
    """List the agencies whose plans you may see."""
    cards = list_agencies(person(request.user))
    return {
        "agencies": [
            {"agency": c.slug, "name": c.name, "parent": c.parent or None, "plans": c.plans}
            for c in cards
        ]
    }


@router.get("/agencies/{agency}", response=answers(PlanList), operation_id="list_plans")
def answer_agency(request: HttpRequest, agency: str) -> dict[str, Any]:
    """List the plans of an agency, the newest first."""
    place = open_place(request, agency)
    return {
        "agency": place.slug,
        "name": place.name,
        "plans": [
            {
                "plan": card.slug,
                "title": card.title,
                "kind": card.kind,
                "roc_years": {"first": card.roc_first, "last": card.roc_last},
            }
            for card in place.plans
        ],
    }


@router.get(
    "/agencies/{agency}/plans/{plan}", response=answers(dict[str, Any]), operation_id="read_plan"
)
def answer_plan(request: HttpRequest, agency: str, plan: str) -> dict[str, Any]:
    """Return a whole plan; its shape is that of ``hengtu schema plan``."""
    return {"plan": plan_to_json(load_whole(open_plan(request, agency, plan)))}
