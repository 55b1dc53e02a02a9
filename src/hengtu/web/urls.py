"""Addresses of the pages: each names what it shows."""

from django.urls import path
from django.views.i18n import set_language

from hengtu.web.activation import show_activation
from hengtu.web.alignment import change_alignment, show_alignment
from hengtu.web.checkup import show_checkup
from hengtu.web.dashboards import export_table, show_dashboard
from hengtu.web.formulas import try_formula
from hengtu.web.front import show_front
from hengtu.web.home import open_plan, show_agency
from hengtu.web.importing import accept_rest, adopt, decide, discard, show_document, show_imports
from hengtu.web.items import define_item, show_items
from hengtu.web.kpis import list_kpis, show_kpi
from hengtu.web.links import change_link
from hengtu.web.maps import show_map
from hengtu.web.password import change_password
from hengtu.web.rules import show_rulebooks
from hengtu.web.schedules import show_schedule
from hengtu.web.scorecards import export_report, show_scorecard
from hengtu.web.signin import sign_in, sign_out
from hengtu.web.weights import edit_weights
from hengtu.web.whole import show_whole

urlpatterns = [
    path("", show_front, name="front"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
    path("password/", change_password, name="password"),
    path("formulas/", try_formula, name="formulas"),
    path("language/", set_language, name="set_language"),
    path("agencies/<str:agency>/", show_agency, name="agency"),
    path("agencies/<str:agency>/import/", show_imports, name="import"),
    path("agencies/<str:agency>/import/<uuid:key>/", show_document, name="document"),
    path("agencies/<str:agency>/import/<uuid:key>/findings/<int:rank>/", decide, name="decide"),
    path("agencies/<str:agency>/import/<uuid:key>/accept/<str:level>/", accept_rest, name="accept"),
    path("agencies/<str:agency>/import/<uuid:key>/adopt/", adopt, name="adopt"),
    path("agencies/<str:agency>/import/<uuid:key>/discard/", discard, name="discard"),
    path("agencies/<str:agency>/plans/<str:plan>/", open_plan, name="plan"),
    path("agencies/<str:agency>/rulebooks/", show_rulebooks, name="rulebooks"),
    path("agencies/<str:agency>/plans/<str:plan>/map/", show_map, name="map"),
    path("agencies/<str:agency>/plans/<str:plan>/links/", change_link, name="link"),
    path("agencies/<str:agency>/plans/<str:plan>/dashboard/", show_dashboard, name="dashboard"),
    path(
        "agencies/<str:agency>/plans/<str:plan>/dashboard/<str:table>.csv",
        export_table,
        name="dashboard-table",
    ),
    path("agencies/<str:agency>/plans/<str:plan>/scorecard/", show_scorecard, name="scorecard"),
    path("agencies/<str:agency>/plans/<str:plan>/kpis/", list_kpis, name="kpis"),
    path("agencies/<str:agency>/plans/<str:plan>/kpis/<path:code>/", show_kpi, name="kpi"),
    path("agencies/<str:agency>/plans/<str:plan>/items/", show_items, name="items"),
    path("agencies/<str:agency>/plans/<str:plan>/items/<uuid:key>/", define_item, name="item"),
    path("agencies/<str:agency>/plans/<str:plan>/schedule/", show_schedule, name="schedule"),
    path("agencies/<str:agency>/plans/<str:plan>/alignment/", show_alignment, name="alignment"),
    path("agencies/<str:agency>/plans/<str:plan>/align/", change_alignment, name="align"),
    path("agencies/<str:agency>/plans/<str:plan>/weights/", edit_weights, name="weights"),
    path("agencies/<str:agency>/plans/<str:plan>/activation/", show_activation, name="activation"),
    path("agencies/<str:agency>/plans/<str:plan>/contents/", show_whole, name="whole"),
    path("agencies/<str:agency>/plans/<str:plan>/check-up/", show_checkup, name="checkup"),
    path("agencies/<str:agency>/plans/<str:plan>/<str:report>.csv", export_report, name="export"),
]
