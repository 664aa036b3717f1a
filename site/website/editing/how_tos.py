"""The short how-tos of the desk, in the order somebody new would want them. Their words stand in the templates."""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class HowTo:
    """One how-to: its address, its title, and in one line what one can do afterwards."""

    slug: str
    title: Promise
    summary: Promise

    @property
    def template_name(self) -> str:
        return f"website/editing/help/{self.slug}.html"

    @property
    def url(self) -> str:
        return reverse("editing:how_to", args=[self.slug])

    def has(self, words: list[str]) -> bool:
        """Tell whether title, summary and text together hold each of ``words``."""
        text = f"{self.title} {self.summary} {strip_tags(self.words())}".casefold()
        return all(word in text for word in words)

    def words(self) -> str:
        return render_to_string(self.template_name)


HOW_TOS = (
    HowTo("case", _("发布一个案例"), _("从新建到读者看见，十分钟。")),
    HowTo("figures", _("给案例加数字"), _("数字有单位、年份和来源，读者才能比较。")),
    HowTo("pictures", _("放一张图片，写好说明"), _("看不见图的人也知道图里有什么。")),
    HowTo("import", _("导入一份文件"), _("把 Word、网页或文本变成草稿。")),
    HowTo("services", _("用表格管服务清单"), _("一次改好几十项，先看差别再写入。")),
    HowTo("people", _("写一个人，先有同意书"), _("谁同意了什么，随时可以撤回。")),
    HowTo("notices", _("发一条公示"), _("有起止、有负责人、有结果。")),
    HowTo("schedule", _("定时发布和到期下线"), _("到时间自己发布，过期自己收起。")),
    HowTo("review", _("提交审核、通过、退回"), _("初审、终审两步，自己不审自己的。")),
    HowTo("translation", _("翻译成繁体和英文"), _("原文改了，译文会提醒您更新。")),
    HowTo("settings", _("紧急横幅和网站设置"), _("有急事时，每一页都看得见。")),
    HowTo("checks", _("“发布前看一看”是什么意思"), _("每条提醒为什么出现，怎样改。")),
)


def how_to(slug: str) -> HowTo | None:
    return next((each for each in HOW_TOS if each.slug == slug), None)


def found(question: str) -> list[HowTo]:
    """Return the how-tos that speak of everything in ``question``; all of them where nothing is asked."""
    words = re.split(r"\s+", question.casefold().strip())
    return [each for each in HOW_TOS if each.has(words)]
