"""Why a document is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class DocumentRefusedError(Exception):
    """A document that cannot become a draft; nothing of it is kept."""

    reason: StrOrPromise = _("这份文档无法导入。")

    def __init__(self, reason: StrOrPromise | None = None) -> None:
        super().__init__()
        self.reason = reason or self.reason

    def __str__(self) -> str:
        return str(self.reason)


class DocumentMissingError(DocumentRefusedError):
    reason = _("找不到这个文件，或没有读取它的权限。")


class DocumentKindUnknownError(DocumentRefusedError):
    reason = _("暂时只能导入 .txt 和 .html 文件；Word 文档请先另存为纯文本（.txt）再导入。")


class DocumentEmptyError(DocumentRefusedError):
    reason = _("文件是空的，没有可以导入的文字。")


class DocumentTooLargeError(DocumentRefusedError):
    reason = _("文件超过 5 MB，不像是一篇案例。请拆开，或只留下正文再导入。")


class DocumentBinaryError(DocumentRefusedError):
    reason = _("这不是文本文件（含有二进制内容）。请另存为纯文本（.txt）再导入。")


class EncodingUnknownError(DocumentRefusedError):
    reason = _("认不出文件的编码，或文字损坏太多，读不成通顺的中文。请另存为 UTF-8 再导入。")


class CaseIndexMissingError(DocumentRefusedError):
    reason = _("网站里还没有“案例”栏目，无处存放草稿。请先建立案例栏目。")


class AlreadyImportedError(DocumentRefusedError):
    """The very same text stands on an existing page."""

    def __init__(self, *, title: str, url: str) -> None:
        super().__init__(_("同样的内容已经导入过：《%(title)s》（%(url)s）。") % {"title": title, "url": url})
