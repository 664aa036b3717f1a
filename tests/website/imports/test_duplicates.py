from tests.website.imports.damage import SAMPLE
from website.imports.duplicates import Library, letters_of, shingles_of, similarity, text_in_stream


def test_similarity_of_a_text_with_itself_is_one():
    shingles = shingles_of(letters_of(SAMPLE))

    assert similarity(shingles, shingles) == 1


def test_similarity_of_a_short_piece_is_its_share_of_the_whole():
    whole, piece = shingles_of(letters_of(SAMPLE)), shingles_of(letters_of(SAMPLE[:40]))

    assert similarity(whole, piece) < 0.5


def test_near_finds_the_most_alike_first_and_leaves_out_the_rest():
    library = Library()
    library.add(title="别的", url="/1/", text="完全不同的一篇文章，讲的是修路和种树，一句也不一样。" * 3)
    library.add(title="改过", url="/2/", text=SAMPLE[:-80] + "最后换了一段新的结尾，说的是明年的打算。")
    library.add(title="一样", url="/3/", text=SAMPLE)

    near = library.near(SAMPLE.replace("，", ","))

    assert [(one.title, one.is_identical) for one in near] == [("一样", True), ("改过", False)]
    assert near[0].similarity == 1
    assert 0.5 <= near[1].similarity < 1
    assert near[1].similarity == round(near[1].similarity, 2)


def test_near_of_an_empty_text_is_nothing():
    library = Library()
    library.add(title="空", url="/1/", text="")

    assert library.near("") == []


def test_text_in_stream_reads_any_block():
    raw = [
        {"type": "heading", "id": "a", "value": {"level": "2", "text": "做法"}},
        {"type": "paragraph", "id": "b", "value": "<p>一起&amp;<b>商量</b></p>"},
        {"type": "list", "id": "c", "value": [{"type": "item", "id": "d", "value": "送餐"}]},
    ]

    assert text_in_stream(raw) == "做法\n一起&商量\n送餐"
