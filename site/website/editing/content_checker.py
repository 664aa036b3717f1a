"""Wagtail's content checker, which looks at the page as the reader sees it, with our list of what to look for."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

MORE_RULES = ["image-alt", "image-redundant-alt", "page-has-heading-one", "table-duplicate-name", "th-has-data-cells"]
MORE_MESSAGES = {
    "image-alt": {"error_name": _("图片没有说明"), "help_text": _("写一句图里有什么；只是装饰的，请勾选“装饰图片”。")},
    "image-redundant-alt": {
        "error_name": _("图片说明和旁边的文字重复"),
        "help_text": _("读屏软件会念两遍，请改一处。"),
    },
    "page-has-heading-one": {"error_name": _("页面没有标题"), "help_text": _("请填写页面标题。")},
    "table-duplicate-name": {"error_name": _("表格的名称和说明重复"), "help_text": _("请改一处。")},
    "th-has-data-cells": {"error_name": _("表头下面没有内容"), "help_text": _("请补上数据，或者删掉这一列。")},
}
# Names that cameras and phones give, and what people type to be done with it.
NOT_WORDS = r"\.(avif|gif|jpg|jpeg|png|svg|webp)$|_|^(IMG|DSC|微信图片|屏幕截图|截图|图片|照片)[\s\d-]*$"


class OurContentChecker(ContentCheckerItem):
    """Asks for a word on every picture, and knows the names Chinese phones give their files."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, *MORE_RULES]
    axe_custom_checks = [
        {**check, "options": {"pattern": NOT_WORDS}} if check["id"] == "check-image-alt-text" else check
        for check in ContentCheckerItem.axe_custom_checks
    ]
    axe_messages = ContentCheckerItem.axe_messages | MORE_MESSAGES


def with_our_checker(items: list[Any]) -> list[Any]:
    """Return the items of the user bar, Wagtail's checker replaced by ours."""
    return [
        OurContentChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
