"""The garbled text on the demo editor's desk shows what the importer can do."""

from config.demo.content import read
from website.imports.drafts import compose
from website.imports.reading import read_bytes


def test_the_garbled_text_becomes_a_clean_draft():
    data = read("imports")

    draft = compose(read_bytes(data["text"].encode("gb18030"), name=data["file_name"]), file_name=data["file_name"])

    assert draft.title == "楼道口的共享工具间"
    assert {piece.kind for piece in draft.removed} == {"navigation", "byline", "qr", "pinyin"}
    assert (len(draft.headings), len(draft.figures), draft.lost_characters) == (5, 7, 0)
