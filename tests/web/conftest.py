"""People and agencies that the page tests share."""

import pytest
from django.test import Client

from hengtu.services import accounts, agencies
from hengtu.store.models import AgencyRow, User

PASSWORD = "a-long-test-word-9"


@pytest.fixture
def system(db: None) -> User:
    return accounts.system_actor()


@pytest.fixture
def bureau(system: User) -> AgencyRow:
    city = agencies.create_agency(actor=system, name="雲湖市政府")
    return agencies.create_agency(actor=system, name="雲湖市水利局", parent=city)


@pytest.fixture
def officer(system: User, bureau: AgencyRow) -> User:
    user = accounts.create_user(actor=system, username="officer", password=PASSWORD)
    accounts.grant_role(actor=system, user=user, agency=bureau, role="planning_officer")
    return user


@pytest.fixture
def page(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client
