"""How forms look: one renderer, one field template, one error summary."""

from django.forms.renderers import TemplatesSetting


class ProjectFormRenderer(TemplatesSetting):
    """Renders every form and field with our own components."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
