"""A Word document may lie about how large its parts are and what they are."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from tests.website.imports.word_files import paragraph, word_file
from website.imports.errors import DocumentRefusedError
from website.imports.reading import read_bytes

MEGABYTE = 1024 * 1024
HUGE = 200 * MEGABYTE


def _lying(raw: bytes, name: str, *, seen: int) -> bytes:
    """Say of one part that it ends after ``seen`` bytes, with a checksum that fits."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        part, start = archive.getinfo(name), archive.read(name)[:seen]
    told = struct.pack("<LLL", part.CRC, part.compress_size, part.file_size)
    instead = struct.pack("<LLL", zlib.crc32(start), part.compress_size, seen)
    assert raw.count(told) == 2  # before the part, and in the directory
    return raw.replace(told, instead)


def _packed(method: int) -> bytes:
    """Return a document with one part that swells."""
    file = io.BytesIO(word_file(paragraph("社区。")))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/extra.xml", b"<w/>" + b" " * HUGE, compress_type=method)
    return file.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_larger_than_it_says_is_not_unpacked(method: int):
    bomb = _lying(_packed(method), "word/extra.xml", seen=4)
    tracemalloc.start()

    try:
        read_bytes(bomb, name="a.docx")
    except DocumentRefusedError:
        pass
    finally:
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert most < 30 * MEGABYTE


def test_nothing_is_read_behind_what_was_looked_at():
    """The part passes for an empty one; what stands behind its end must not reach the reader."""
    secret = word_file(paragraph("社区。"))
    with zipfile.ZipFile(io.BytesIO(secret)) as archive:
        whole = archive.read("word/document.xml")

    cut = _lying(secret, "word/document.xml", seen=len(whole) // 2)

    with pytest.raises(DocumentRefusedError):
        read_bytes(cut, name="a.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_part_by_another_name_is_looked_at_too(encoding: str):
    """What the document consists of stands in its relations, whatever the names end in."""
    with zipfile.ZipFile(io.BytesIO(word_file(paragraph("社区。")))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    told = parts["word/document.xml"].decode().partition("<w:document")
    entity = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e "社区来了。">]>'
    parts["word/letter.dat"] = (entity + told[1] + told[2].replace("社区。", "&e;")).encode(encoding)
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"word/letter.dat")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    with pytest.raises(DocumentRefusedError, match="外部实体"):
        read_bytes(file.getvalue(), name="a.docx")
