"""Every address of the site."""

from django.urls import include, path

from hengtu.api.site import api
from hengtu.server.health import answer_health, answer_readiness

urlpatterns = [
    path("healthz", answer_health),
    path("readyz", answer_readiness),
    path("api/v1/", api.urls),
    path("", include("hengtu.web.urls")),
]

handler400 = "hengtu.web.errors.answer_bad_request"
handler403 = "hengtu.web.errors.answer_forbidden"
handler404 = "hengtu.web.errors.answer_not_found"
handler500 = "hengtu.web.errors.answer_failure"
