"""Which passwords a person may choose: none of the last three."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hengtu.store.models import PasswordRow, User

# Ref: protection baseline for information systems, annex 10: not the last three passwords.
REMEMBERED = 3


class NotUsedBefore:
    """Django's kind of password rule: refuses the last three and remembers each new one."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for one of the person's last passwords."""
        if not isinstance(user, User) or user.pk is None:
            return
        if any(check_password(password, used) for used in list_used(user)):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: object = None) -> None:
        """Remember the hash of a password that was just saved, and forget the oldest."""
        if not isinstance(user, User) or not user.has_usable_password():
            return
        PasswordRow.objects.create(user=user, encoded=user.password)
        rows = PasswordRow.objects.filter(user=user).order_by("-pk")
        kept = list(rows.values_list("pk", flat=True)[:REMEMBERED])
        PasswordRow.objects.filter(user=user).exclude(pk__in=kept).delete()

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("不得使用最近 3 次用過的密碼。")


def list_used(user: User) -> list[str]:
    """Return the hashes of a person's last passwords, the present one among them."""
    rows = PasswordRow.objects.filter(user=user).order_by("-pk")
    return list(dict.fromkeys([user.password, *rows.values_list("encoded", flat=True)]))[
        :REMEMBERED
    ]
