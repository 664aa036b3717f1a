"""The notice board, and what people object."""

from website.notices.models.objections import Objection
from website.notices.models.pages import NoticeIndexPage, NoticePage

__all__ = ["NoticeIndexPage", "NoticePage", "Objection"]
