"""Wagtail's form for pictures, with a word of help at each field."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

HELP = {
    "title": _("在图片库里找它用的名称，如“云水社区食堂午饭”。读者看不到。"),
    "description": _(
        "说给看不见图的人听：谁、在哪里、在做什么，如“几位老人在社区食堂吃午饭”。不用写“一张照片”。图里有字，请把字也写进正文。"
    ),
    "collection": _("有人脸的放“人物照片”。放在哪里只为好找，图片一旦用在页面上，谁都能看到。"),
    "tags": _("逗号分开，如：助餐，老人。"),
    "credit": _("谁拍的、谁给的，会显示在图片下面。"),
}


class SiteImageForm(BaseImageForm):
    """Asks for a description in words an editor understands. It may stay empty: some pictures only decorate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in HELP.items():
            if name in self.fields:
                self.fields[name].help_text = text
