"""The one Django app that owns every table."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables of agencies, people, plans, documents, actuals and the trail."""

    name = "hengtu.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
