"""How the form of a case is laid out."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

CASE_PANELS: list[Panel] = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("city"), FieldPanel("district")]),
            FieldRowPanel([FieldPanel("year"), FieldPanel("level")]),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        ],
        _("何时何地"),
    ),
    MultiFieldPanel(
        [FieldPanel("parts", widget=forms.CheckboxSelectMultiple)], _("用到的工作法"), classname="collapsed"
    ),
    FieldPanel("problems"),
    FieldPanel("body"),
    FieldPanel("open_questions"),
    InlinePanel(
        "figures",
        heading=_("数字"),
        label=_("数字"),
        help_text=_("发布时，每个数字都要有年份；“来源所述”的还要有出处。"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("source_list"),
            FieldPanel("sources"),
            FieldPanel("lost_characters"),
        ],
        _("来源"),
    ),
]
