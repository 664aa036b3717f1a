"""The editors' list of banners."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from website.navigation.models import Banner


class BannerViewSet(SnippetViewSet):
    """Banners with the stage they are in, those that start last first."""

    model = Banner
    icon = "warning"
    menu_label = _("紧急横幅")
    add_to_admin_menu = False
    list_display = (
        "text",
        Column("level", label=_("程度"), accessor="get_level_display"),
        Column("stage", label=_("现在"), accessor="stage"),
        DateColumn("ends_at", label=_("结束")),
    )
    list_filter = ("level",)
    search_fields = ("text",)
