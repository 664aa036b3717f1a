"""Where administrators note that the law asks for a person's data to be kept."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.personal_data.forms import LegalHoldForm
from portal.personal_data.models import LegalHold


class LegalHoldViewSet(SnippetViewSet):
    """What stands here is neither erased nor forgotten by the clock. Whoever may change it was given the permission."""

    model = LegalHold
    icon = "lock"
    menu_label = _("依法保存")
    list_display = ("person", "reason", "until")
    edit_handler = ObjectList(
        [
            FieldPanel("phone"),
            # A list to choose from would name everybody in the city.
            FieldPanel(
                "person",
                heading=_("或者用户编号"),
                widget=forms.NumberInput,
                help_text=_("不知道手机号时填写：在“设置—用户”里找到本人，网址里的数字就是。"),
            ),
            FieldPanel("reason"),
            FieldPanel("until"),
        ],
        base_form_class=LegalHoldForm,
    )
