"""The API and its OpenAPI document; no page of somebody else's, which would come from elsewhere."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from hengtu import __version__
from hengtu.api import formulas, plans, results
from hengtu.api.failure import add_answers
from hengtu.api.guard import SignedIn

# UTF-8, han characters as they are.
renderer = JSONRenderer()
renderer.json_dumps_params = {"ensure_ascii": False}

api = NinjaAPI(
    title="Hengtu",
    version=__version__,
    description="Plans, figures, results and their explanations as JSON.",
    urls_namespace="api",
    docs_url=None,
    auth=SignedIn(),
    renderer=renderer,
)
for router in (plans.router, results.router, formulas.router):
    api.add_router("", router)
add_answers(api)
