"""How a new page begins: with its sections, each with a word on what belongs there. Stored pages are never touched."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page


def begin(page: Page) -> None:
    """Fill the empty fields of a page nobody has saved yet."""
    if page.pk:
        return
    for name, value in _skeleton(page._meta.label_lower).items():
        if hasattr(page, name) and not getattr(page, name):
            setattr(page, name, value)


def _skeleton(kind: str) -> dict[str, Any]:
    match kind:
        case "case_studies.casestudypage":
            return {"body": _sections(_case())}
        case "services.servicepage":
            return _service()
        case "public_notices.noticepage":
            return {"body": _sections(_notice())}
        case "people.personpage":
            return {"body": _sections(_person())}
        case _:
            return {}


def _case() -> list[tuple[str, str]]:
    return [
        (_("背景"), _("〔原来难在哪里？谁为难？写一件具体的事。〕")),
        (_("做法"), _("〔谁，做了什么，分几步？别处照着做，要知道什么？〕")),
        (_("成效"), _("〔现在怎么样？数字请另填在下面“数字”一栏，写明年份和来源。〕")),
        (_("启示"), _("〔哪一点别处可以学？还有什么没办好？〕")),
    ]


def _service() -> dict[str, str]:
    return {
        "who_may": _("〔谁可以办？住在哪里、多大年纪、什么情况。〕"),
        "documents": _("〔每行一样。什么都不用带，也请写明。〕"),
        "steps": _("〔每行一步：先做什么，再做什么，多久有结果。〕"),
    }


def _notice() -> list[tuple[str, str]]:
    return [
        (_("公示什么"), _("〔一两句话说清事由、对象和依据。〕")),
        (_("有意见怎么说"), _("〔到哪天为止，找谁，怎样提；不署名也可以。〕")),
    ]


def _person() -> list[tuple[str, str]]:
    return [
        (_("做了什么"), _("〔挑一两件事，写时间、地点、经过。〕")),
        (_("别人怎么说"), _("〔原话请用“引语”，写明是谁说的。〕")),
    ]


def _sections(sections: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    blocks: list[tuple[str, Any]] = []
    for heading, hint in sections:
        blocks += [("heading", {"level": "2", "text": heading}), ("paragraph", f"<p>{hint}</p>")]
    return blocks
