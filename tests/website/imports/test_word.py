import resource
import time
from pathlib import Path

import pytest

from tests.website.imports.word_files import (
    BAD,
    footnote_mark,
    laughing,
    locked,
    paragraph,
    picture,
    reaching_out,
    table,
    word_file,
)
from website.imports import word
from website.imports.drafts import compose
from website.imports.errors import DocumentBrokenError, DocumentRefusedError, DocumentSwollenError, DocumentUnsafeError
from website.imports.reading import read_bytes
from website.imports.structure import Heading, ItemList, Paragraph

SENTENCE = "社区请居民坐到一起，把关心的事一件一件写在纸上，再一件一件办好。"
GOOD = word_file(
    paragraph("桥头社区的助餐点", "T"),
    paragraph("来源：桥头日报 2024-05-01"),
    paragraph("做法", "1"),
    paragraph(SENTENCE, extra=footnote_mark()),
    paragraph("送餐上门", "2"),
    paragraph("每天为180名老人送餐。"),
    picture("志愿者在送餐"),
    paragraph("成效", "1"),
    table(("社区", "送餐人数（人）", "志愿者"), ("桥头社区", "180", "30名"), ("河西社区", "95", "12名")),
    paragraph("后来又开了第二家。"),
)


def test_word_document_keeps_its_headings_tables_sources_and_pictures():
    draft = compose(read_bytes(GOOD, name="a.docx"), file_name="a.docx")

    assert draft.title == "桥头社区的助餐点"
    assert draft.encoding == "docx"
    assert draft.blocks == [
        Heading(2, "做法"),
        Paragraph(SENTENCE),
        Heading(3, "送餐上门"),
        Paragraph("每天为180名老人送餐。"),
        Heading(2, "成效"),
        ItemList(("桥头社区：送餐人数180人，志愿者30名", "河西社区：送餐人数95人，志愿者12名")),
        Paragraph("后来又开了第二家。"),
    ]
    assert draft.sources == ["来源：桥头日报", "日期：2024-05-01", "桥头社区台账，2024年。"]
    assert [(found.name, found.alt) for found in draft.pictures] == [("图片1.png", "志愿者在送餐")]
    assert draft.pictures[0].data.startswith(b"\x89PNG")
    assert (180, "人", "老人") in [(figure.number, figure.unit, figure.label) for figure in draft.figures]


@pytest.mark.parametrize(("raw", "reason"), BAD)
def test_a_bad_word_document_is_refused_quickly_and_without_much_memory(raw: bytes, reason: str):
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()

    with pytest.raises(DocumentRefusedError) as refusal:
        read_bytes(raw, name="a.docx")

    assert reason in str(refusal.value)
    assert time.monotonic() - start < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


def test_without_the_guard_entities_multiply(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word, "_check_xml", lambda text: None)

    assert read_bytes(laughing(3), name="a.docx").text == "社区" * 1000


def test_even_without_the_guard_no_file_of_ours_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word, "_check_xml", lambda text: None)

    assert read_bytes(reaching_out(), name="a.docx").text == "老人吃饭"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_entities_in_another_encoding_are_found_too(codec: str):
    source = '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]><w>&f;</w>'

    with pytest.raises(DocumentUnsafeError):
        read_bytes(word_file(paragraph("社区。"), parts={"word/extra.xml": source.encode(codec)}), name="a.docx")


@pytest.mark.parametrize(
    "names", [["word/extra.xml"], [f"word/media/{at}.png" for at in range(10)]], ids=["of one part", "of all parts"]
)
def test_without_the_guard_the_bomb_is_unpacked(names: list[str], monkeypatch: pytest.MonkeyPatch):
    parts = dict.fromkeys(names, b" " * (7 * 1024 * 1024))
    bomb = word_file(paragraph("社区。"), parts=parts)
    with pytest.raises(DocumentSwollenError):
        read_bytes(bomb, name="a.docx")
    monkeypatch.setattr(word, "_check_sizes", lambda parts: None)

    assert read_bytes(bomb, name="a.docx").text == "社区。"


def test_without_the_guard_a_locked_document_is_called_broken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word, "_ENCRYPTED", 0)

    with pytest.raises((DocumentBrokenError, RuntimeError)):  # nobody says that there is a password
        read_bytes(locked(word_file(paragraph("社区。"))), name="a.docx")


def test_fifty_pages_take_a_few_seconds(tmp_path: Path):
    long = word_file(*(paragraph(f"第{number}天。{SENTENCE * 25}来了{number}位居民。") for number in range(1, 51)))
    start = time.monotonic()

    draft = compose(read_bytes(long, name="a.docx"), file_name="a.docx")

    assert len(draft.body) > 40_000
    assert time.monotonic() - start < 5
