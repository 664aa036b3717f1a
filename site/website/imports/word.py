"""From a Word document to the source of a page; what is no plain, modest document is refused before it is read."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

import mammoth

from website.imports.errors import (
    DocumentBrokenError,
    DocumentEncryptedError,
    DocumentKindUnknownError,
    DocumentSwollenError,
    DocumentUnsafeError,
)
from website.imports.lines import Picture

_MOST_PARTS = 2_000
_LARGEST_XML = 6 * 1024 * 1024
_LARGEST_TOTAL = 64 * 1024 * 1024
_LARGEST_PICTURE = 10 * 1024 * 1024
_MOST_TAGS = 150_000
_ENCRYPTED = 0x1
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # by Word; other ways cannot be unpacked by and by
_XML = (".xml", ".rels")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='标题 1'] => h1:fresh
p[style-name='标题 2'] => h2:fresh
p[style-name='标题 3'] => h3:fresh
p[style-name='标题 4'] => h4:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='引用'] => blockquote:fresh
p[style-name='明显引用'] => blockquote:fresh
"""
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


def page_of(raw: bytes) -> tuple[str, list[Picture]]:
    """Return a Word document as HTML, and its pictures in their order."""
    checked = _checked(raw)
    pictures: list[Picture] = []

    def keep(image: Any) -> dict[str, str]:
        with image.open() as stream:
            data = stream.read(_LARGEST_PICTURE + 1)
        extension = _EXTENSIONS.get(image.content_type, "")
        is_usable = extension and len(data) <= _LARGEST_PICTURE
        name = f"图片{len(pictures) + 1}.{extension or 'img'}"
        pictures.append(Picture(name, (image.alt_text or "")[:255], data if is_usable else b""))
        return {"src": name}

    try:
        page = mammoth.convert_to_html(
            checked,
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
        )
    except (ExpatError, KeyError, IndexError, ValueError, AttributeError, TypeError, RecursionError, OSError) as error:
        raise DocumentBrokenError from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise DocumentBrokenError from error
    return page.value, pictures


def _checked(raw: bytes) -> io.BytesIO:
    """Return the archive laid out anew; refuse one that is broken, locked, no Word document, swollen or unsafe.

    What an archive says of its sizes is not believed: whoever reads a part of it whole unpacks all there is, and only
    then cuts. What is laid out anew holds what was looked at, and nothing behind it.
    """
    checked = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(checked, "w") as anew:
            parts = archive.infolist()
            _check_sizes(parts)
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise DocumentEncryptedError
            if "word/document.xml" not in archive.namelist():
                raise DocumentKindUnknownError
            for name, content in _parts(archive, parts):
                anew.writestr(name, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise DocumentBrokenError from error
    return checked


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if (
        len(parts) > _MOST_PARTS
        or len(set(names)) < len(names)
        or sum(part.file_size for part in parts) > _LARGEST_TOTAL
    ):
        raise DocumentSwollenError
    if any(part.compress_type not in _PACKED for part in parts):
        raise DocumentUnsafeError
    if any(part.file_size > _LARGEST_XML for part in parts if part.filename.endswith(_XML)):
        raise DocumentSwollenError


def _parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Yield each part with what is in it, unpacked as far as its size goes and no further."""
    tags = 0
    for part in parts:
        with archive.open(part) as file:
            content = file.read(part.file_size + 1)  # the one more makes it look at the checksum
        is_hidden = not part.filename.endswith(_XML) and _may_be_xml(content)
        if part.filename.endswith(_XML) or is_hidden:
            tags += content.count(b"<")
            if tags > _MOST_TAGS or (is_hidden and len(content) > _LARGEST_XML):
                raise DocumentSwollenError
            _check_xml(content)
        yield part.filename, content


def _may_be_xml(content: bytes) -> bool:
    """Tell whether a parser would take this for XML: a document names its parts as it likes."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or content[:2] in (b"\xff\xfe", b"\xfe\xff")


def _check_xml(text: bytes) -> None:
    """Entities can swell without end or read files of ours; Word never writes any, nor anything but UTF-8."""
    if b"\x00" in text:
        raise DocumentUnsafeError
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise DocumentUnsafeError
