from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class PersonPageForm(WagtailAdminPageForm):
    """Tells the editor at the form what ``PersonPage.clean`` would refuse at publication."""

    is_draft = False

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        self.is_draft = True  # Wagtail calls this when a draft is saved, never when a page is published

    def restore_required_fields(self) -> None:
        super().restore_required_fields()
        self.is_draft = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        consent = cleaned.get("consent")
        if not self.is_draft and cleaned.get("is_living") and not (consent and consent.is_open):
            self.add_error("consent", _("还没有本人的公开同意书，不能发布。"))
        return cleaned
