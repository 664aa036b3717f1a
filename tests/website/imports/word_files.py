"""Word documents put together by hand, good ones and bad ones."""

import io
import zipfile

import pytest
from PIL import Image

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="s1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="p1" Type="{_OFFICE}/image" Target="media/a.png"/>'
    f'<Relationship Id="n1" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
)
_STYLES = (
    f'<w:styles xmlns:w="{_W}">'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/></w:style>'
        for name, shown in (("T", "Title"), ("1", "heading 1"), ("2", "heading 2"))
    )
    + "</w:styles>"
)
_FOOTNOTES = (
    f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="2"><w:p><w:r><w:t>桥头社区台账，2024年。</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)


def paragraph(text: str, style: str = "", *, extra: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r>{extra}</w:p>"


def footnote_mark() -> str:
    return '<w:r><w:footnoteReference w:id="2"/></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def picture(alt: str = "") -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing"><wp:docPr id="1" name="a" descr="{alt}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f'<a:blip r:embed="p1" xmlns:r="{_OFFICE}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, "PNG")
    return stream.getvalue()


def word_file(*body: str, prolog: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """Return the bytes of a .docx with this body."""
    document = f'{prolog}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("word/document.xml", document)
        archive.writestr("word/_rels/document.xml.rels", _DOCUMENT_RELS)
        archive.writestr("word/styles.xml", _STYLES)
        archive.writestr("word/footnotes.xml", _FOOTNOTES)
        archive.writestr("word/media/a.png", png())
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return stream.getvalue()


def locked(raw: bytes) -> bytes:
    """Set the flag that says a part is encrypted, in every entry of the directory."""
    changed, at = bytearray(raw), 0
    while (at := raw.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 8] |= 1
        at += 4
    return bytes(changed)


def bomb() -> bytes:
    """Return a small archive whose text unpacks to a hundred megabytes."""
    return word_file(paragraph("社区。"), parts={"word/extra.xml": b" " * (100 * 1024 * 1024)})


def bomb_of_parts() -> bytes:
    """Return a small archive whose pictures, none too large by itself, unpack to seventy megabytes together."""
    ten = b"\x00" * (10 * 1024 * 1024)
    return word_file(paragraph("社区。"), parts={f"word/media/{number}.png": ten for number in range(7)})


def understated() -> bytes:
    """Return a bomb whose directory says that its text unpacks to a hundred bytes."""
    raw = bytearray(bomb())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(raw)


def many_parts() -> bytes:
    return word_file(paragraph("社区。"), parts={f"word/{number}.txt": b"" for number in range(2_001)})


def many_tags() -> bytes:
    return word_file("<w:p/>" * 160_000)


def deep() -> bytes:
    return word_file("<w:smartTag>" * 20_000 + paragraph("社区。") + "</w:smartTag>" * 20_000)


def laughing(depth: int = 9) -> bytes:
    """Return a document whose text is an entity that stands for ten of another, ``depth`` times over."""
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, depth + 1))
    return word_file(paragraph(f"&l{depth};"), prolog=f'<!DOCTYPE w [<!ENTITY l0 "社区">{entities}]>')


def reaching_out() -> bytes:
    return word_file(paragraph("老人&f;吃饭"), prolog='<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>')


BAD = [
    pytest.param(b"", "空", id="empty"),
    pytest.param(b"PK\x03\x04 and nothing more", "损坏", id="cut"),
    pytest.param(word_file(paragraph("社区。"))[:900], "损坏", id="cut in the middle"),
    pytest.param(b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "密码", id="encrypted whole"),
    pytest.param(locked(word_file(paragraph("社区。"))), "密码", id="encrypted parts"),
    pytest.param(bomb(), "大得不正常", id="bomb"),
    pytest.param(bomb_of_parts(), "大得不正常", id="bomb of parts"),
    pytest.param(understated(), "损坏", id="understated bomb"),
    pytest.param(many_parts(), "大得不正常", id="many parts"),
    pytest.param(many_tags(), "大得不正常", id="many tags"),
    pytest.param(deep(), "损坏", id="deep"),
    pytest.param(laughing(), "外部实体", id="laughs"),
    pytest.param(reaching_out(), "外部实体", id="reaches out"),
    pytest.param(word_file(), "空", id="nothing in it"),
]
