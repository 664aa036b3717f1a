"""Where administrators note that the law asks for a person's data to be kept."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.personal_data.models import LegalHold


class LegalHoldViewSet(SnippetViewSet):
    """What stands here is neither erased nor forgotten by the clock. Whoever may change it was given the permission."""

    model = LegalHold
    icon = "lock"
    menu_label = _("依法保存")
    list_display = ("person", "reason", "until")
    panels = (
        # A list to choose from would name everybody in the city.
        FieldPanel(
            "person",
            widget=forms.NumberInput,
            help_text=_("填写本人的用户编号：在“设置—用户”里找到他，网址里的数字就是。"),
        ),
        FieldPanel("reason"),
        FieldPanel("until"),
    )
