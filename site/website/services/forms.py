from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

MOST_VISITS = 20


class ServicePageForm(WagtailAdminPageForm):
    """The editors' form: a keeper is somebody who may come in here, and the dates agree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "keeper" in self.fields:
            self.fields["keeper"].queryset = _may_enter(kept_by=self.instance.keeper_id)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        checked_on, review_by = cleaned.get("checked_on"), cleaned.get("review_by")
        if checked_on and review_by and review_by <= checked_on and "review_by" in self.changed_data:
            self.add_error("review_by", _("复核期限要晚于核对日期。"))
        if (cleaned.get("visits") or 0) > MOST_VISITS:
            self.add_error("visits", _("跑这么多次？请填 0 到 %(most)d。") % {"most": MOST_VISITS})
        return cleaned


def _may_enter(*, kept_by: int | None) -> QuerySet:
    """Return who may come into the admin, and who keeps the service now."""
    entry = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    people = get_user_model()._default_manager.filter(is_active=True)
    may = people.filter(Q(is_superuser=True) | Q(groups__permissions__in=entry) | Q(user_permissions__in=entry))
    return get_user_model()._default_manager.filter(Q(pk__in=may.values("pk")) | Q(pk=kept_by)).order_by("name", "pk")
