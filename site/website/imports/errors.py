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
    reason = _("只能导入 .txt、.html 和 .docx 文件。其他格式请先在 Word 或 WPS 里另存为 .docx 再导入。")


class DocumentEmptyError(DocumentRefusedError):
    reason = _("文件是空的，没有可以导入的文字。")


class DocumentTooLargeError(DocumentRefusedError):
    """Larger than the limit; which limit, the reason says."""

    reason = _("文件太大，不像是一篇文章。请拆开，或只留下正文再导入。")

    def __init__(self, *, most_bytes: int = 0) -> None:
        reason = _("文件超过 %(size)d MB，不像是一篇文章。请拆开，或只留下正文再导入。") % {
            "size": most_bytes // (1024 * 1024)
        }
        super().__init__(reason if most_bytes else None)


class DocumentTooLongError(DocumentRefusedError):
    reason = _("文字超过 30 万字，不像是一篇文章。请拆成几份再导入。")


class DocumentTangledError(DocumentRefusedError):
    reason = _("这个网页的标签多得不正常，无法读取。请把正文复制出来，粘贴到下面的框里。")


class DocumentBrokenError(DocumentRefusedError):
    reason = _("这个 Word 文档已损坏，打不开。请在 Word 或 WPS 里打开后重新另存为 .docx 再导入。")


class DocumentEncryptedError(DocumentRefusedError):
    reason = _("这个 Word 文档有密码，或是旧版的 .doc。请去掉密码并另存为 .docx 再导入。")


class DocumentSwollenError(DocumentRefusedError):
    reason = _("这个 Word 文档展开后大得不正常，为安全起见没有读取。请另存一份，或把文字粘贴过来。")


class DocumentUnsafeError(DocumentRefusedError):
    reason = _("这个 Word 文档里有不该有的内容（外部实体），为安全起见没有读取。")


class DocumentBinaryError(DocumentRefusedError):
    reason = _("这不是文本文件（含有二进制内容）。请另存为 .docx 或纯文本（.txt）再导入。")


class EncodingUnknownError(DocumentRefusedError):
    reason = _("认不出文件的编码，或文字损坏太多，读不成通顺的中文。请另存为 UTF-8 再导入。")


class CaseIndexMissingError(DocumentRefusedError):
    reason = _("网站里还没有“案例”栏目，无处存放草稿。请先建立案例栏目。")


class AlreadyImportedError(DocumentRefusedError):
    """The very same text stands on an existing page."""

    def __init__(self, *, title: str, url: str) -> None:
        super().__init__(_("同样的内容已经导入过：《%(title)s》（%(url)s）。") % {"title": title, "url": url})


class ImportGoneError(DocumentRefusedError):
    reason = _("这次导入已经过期或被丢弃，请重新上传。")
