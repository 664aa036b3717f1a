"""Where administrators note that the law asks for a person's data to be kept."""

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
    panels = (FieldPanel("person"), FieldPanel("reason"), FieldPanel("until"))
