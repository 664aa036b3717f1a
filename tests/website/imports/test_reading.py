from pathlib import Path

import pytest

from tests.website.imports.damage import SAMPLE, lose_first_byte, traditional
from website.imports.errors import (
    DocumentBinaryError,
    DocumentEmptyError,
    DocumentKindUnknownError,
    DocumentMissingError,
    DocumentTooLargeError,
    EncodingUnknownError,
)
from website.imports.reading import MAX_BYTES, decode, read

TRADITIONAL = traditional(SAMPLE)


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SAMPLE, "utf-8", "utf-8"),
        (SAMPLE, "utf-8-sig", "utf-8"),
        (SAMPLE, "gbk", "gb18030"),
        (SAMPLE + "𠮷", "gb18030", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5hkscs", "big5"),
        ("工作背景", "gbk", "gb18030"),
        ("工作背景", "big5", "big5"),
        (SAMPLE, "utf-16", "utf-16"),
        (SAMPLE, "utf-16-le", "utf-16"),
        (SAMPLE, "utf-16-be", "utf-16"),
        (SAMPLE.replace("\n", ""), "utf-16-le", "utf-16"),
        ("Report 2018\n" * 40 + "社区工作", "gbk", "gb18030"),
    ],
)
def test_decode_finds_the_encoding(text, codec, encoding):
    assert decode(text.encode(codec)) == (text, encoding)


def test_decode_reads_on_behind_a_lost_byte():
    text, encoding = decode(lose_first_byte(SAMPLE, 50))

    assert encoding == "gb18030"
    assert text[:50] == SAMPLE[:50]


def test_decode_marks_a_text_cut_in_the_middle_of_a_character():
    text, encoding = decode(SAMPLE.encode()[:301])

    assert encoding == "utf-8"
    assert text[:90] == SAMPLE[:90]


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", DocumentEmptyError),
        (b" \r\n\t", DocumentEmptyError),
        (b"%PDF-1.7 and more", DocumentBinaryError),
        (b"PK\x03\x04 and more", DocumentBinaryError),
        (bytes(range(256)) * 20, DocumentBinaryError),
        (b"abc\x00" * 100, DocumentBinaryError),
        ("これは日本語です。かなばかりのぶんしょう。".encode("shift_jis"), EncodingUnknownError),
        ("Café à la crème".encode("latin-1"), EncodingUnknownError),
        ("\ufffd" * 50 + "社区", EncodingUnknownError),
        ("社区?" * 300, EncodingUnknownError),
    ],
)
def test_decode_refuses_what_is_no_chinese_text(raw, refusal):
    with pytest.raises(refusal):
        decode(raw.encode() if isinstance(raw, str) else raw)


def test_read_refuses_a_missing_file(tmp_path: Path):
    with pytest.raises(DocumentMissingError):
        read(tmp_path / "nobody.txt")


def test_read_refuses_a_folder(tmp_path: Path):
    with pytest.raises(DocumentMissingError):
        read(tmp_path)


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a.xlsx", "a.jpg"])
def test_read_refuses_other_kinds_of_files(tmp_path: Path, name: str):
    (tmp_path / name).write_text(SAMPLE, encoding="utf-8")

    with pytest.raises(DocumentKindUnknownError):
        read(tmp_path / name)


def test_read_refuses_a_huge_file(tmp_path: Path):
    path = tmp_path / "huge.txt"
    path.write_bytes(b"a" * (MAX_BYTES + 1))

    with pytest.raises(DocumentTooLargeError):
        read(path)


def test_read_refuses_a_text_without_any_chinese(tmp_path: Path):
    path = tmp_path / "english.txt"
    path.write_text("Nothing for us here.", encoding="utf-8")

    with pytest.raises(EncodingUnknownError):
        read(path)


def test_read_takes_the_article_out_of_a_web_page(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(
        "<!doctype html><html><head><title>桥头</title><style>p{}</style></head><body><nav><a>首页</a></nav>"
        "<h1>桥头社区的<b>助餐点</b></h1><p>老人吃上了&nbsp;热饭。<br>大家都说好。</p><script>var a='脚本';</script>"
        "<footer>版权所有</footer></body></html>",
        encoding="gb18030",
    )

    reading = read(path)

    assert reading.encoding == "gb18030"
    assert reading.text == "桥头社区的助餐点\n老人吃上了\xa0热饭。\n大家都说好。"
    assert reading.navigation == ["首页", "版权所有"]
