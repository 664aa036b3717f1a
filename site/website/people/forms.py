from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class PersonPageForm(WagtailAdminPageForm):
    """Tells the editor at the form what the page would refuse when it is published. Drafts may wait for consent."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        consent = cleaned.get("consent")
        is_published = not self.is_deferred_validation
        if is_published and cleaned.get("is_living") and not (consent and consent.is_open):
            self.add_error("consent", _("还没有本人的公开同意书，不能发布。"))
        return cleaned
