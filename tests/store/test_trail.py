"""The trail is only added to."""

import pytest

from hengtu.services import accounts
from hengtu.services.trail import record
from hengtu.store.models import AuditRow
from hengtu.store.models.trail import TrailError


@pytest.mark.django_db
def test_entries_are_never_changed_or_deleted() -> None:
    actor = accounts.system_actor()
    record(actor=actor, verb="test", subject=actor, why="測試")
    entry = AuditRow.objects.get()
    entry.verb = "other"
    with pytest.raises(TrailError):
        entry.save()
    with pytest.raises(TrailError):
        entry.delete()
    assert AuditRow.objects.get().verb == "test"
