"""How forms look: one renderer, one field template, one error summary."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

from webui.identity import has_identity_number


class ProjectFormRenderer(TemplatesSetting):
    """Renders every form and field with our own components."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class NoIdentityNumbersMixin:
    """Refuses an identity number in whatever a person types: nothing here needs one. What was typed stays."""

    cleaned_data: dict[str, Any]

    def _clean_fields(self) -> None:
        # Not clean(): the forms below have their own, and this is to run whatever they do.
        super()._clean_fields()  # type: ignore[misc]  # the form's, beneath this mixin
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and has_identity_number(value):
                message = _("里面有身份证号。这里用不到，为了您的安全，请删掉再提交。")
                self.add_error(name, message)  # type: ignore[attr-defined]  # as above
