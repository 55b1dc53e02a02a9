"""Addresses of the pages: each names what it shows."""

from django.urls import path
from django.views.i18n import set_language

from hengtu.web.front import show_front
from hengtu.web.home import show_agency
from hengtu.web.password import change_password
from hengtu.web.signin import sign_in, sign_out

urlpatterns = [
    path("", show_front, name="front"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
    path("password/", change_password, name="password"),
    path("language/", set_language, name="set_language"),
    path("agencies/<str:agency>/", show_agency, name="agency"),
]
