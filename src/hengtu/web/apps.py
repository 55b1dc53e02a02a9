"""The Django app of the pages: templates and static files, no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "hengtu.web"
    label = "web"
