"""Ways a text is damaged on its way through a scraper, done to our own words."""

import re

from opencc import OpenCC

from website.imports.characters import LOST, PRIVATE_USE

# Our own words throughout.
SAMPLE = (
    "桥头社区有一百二十栋老楼，住着三千多户人家。前几年，楼道里堆满杂物，居民开会总也凑不齐人。"
    "社区党组织和物业、商户坐到一起，把大家关心的事一件一件写在纸上，再一件一件办好。"
    "党员带头清理楼道，邻居跟着动手，半个月就清出了二十六车杂物。\n"
    "后来，社区办起了助餐点，老人走几步路就能吃上热饭。志愿者每天中午送餐上楼，顺便看看老人身体好不好。"
    "基层治理的正确方向，就是把居民的事当成自己的事。党员走进居民中间，体现的是党组织的作用。"
    "“有事一起商量”成了社区的习惯，基层治理充分体现居民的意见。我们在实践中健全制度，确保基层治理工作做到实处。\n"
)
_to_traditional = OpenCC("s2t").convert


def traditional(text: str) -> str:
    """Return the text in traditional characters that GBK can write."""
    return "".join(new if _fits_gbk(new) else old for old, new in zip(text, _to_traditional(text), strict=True))


def with_pinyin(text: str, readings: dict[str, str]) -> str:
    """Inject readings in half-width brackets, as scrapers do."""
    return "".join(f"{letter}({readings[letter]})" if letter in readings else letter for letter in text)


def lose_first_byte(text: str, at: int) -> bytes:
    """Return the GBK bytes of the text, with the first byte of the character at ``at`` replaced by a question mark."""
    before, after = text[:at].encode("gbk"), text[at:].encode("gbk")
    return before + b"?" + after[1:]


def inject_between_bytes(text: str, at: int, reading: str) -> bytes:
    """Return GBK bytes with a reading injected after the first byte of the character at ``at``."""
    cut = len(text[:at].encode("gbk")) + 1
    whole = text.encode("gbk")
    return whole[:cut] + b"(" + reading.encode("gbk") + b")" + whole[cut:]


def read_keeping_private_use(damaged: bytes) -> str:
    """Decode as browsers do: private-use characters stay, an undecodable byte takes the next one with it."""
    return _decode(damaged, "gb18030", swallow=True)


def read_dropping_private_use(damaged: bytes) -> str:
    """Decode, then drop what cannot be printed."""
    return PRIVATE_USE.sub("", read_keeping_private_use(damaged))


def read_strictly(damaged: bytes) -> str:
    """Decode as Python does: each undecodable byte becomes a question mark by itself."""
    return _decode(damaged, "gbk", swallow=False)


def could_be(result: str, original: str) -> bool:
    """Tell whether every character of ``result`` is the original one or a mark; a mark hides up to six characters."""
    pieces = re.split(f"({LOST}+)", result)
    pattern = "".join(f".{{0,{6 * len(piece)}}}" if LOST in piece else re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, original, re.DOTALL) is not None


def _decode(damaged: bytes, encoding: str, *, swallow: bool) -> str:
    pieces: list[str] = []
    while damaged:
        try:
            pieces.append(damaged.decode(encoding))
            break
        except UnicodeDecodeError as error:
            pieces += [damaged[: error.start].decode(encoding), "?"]
            damaged = damaged[error.start + (2 if swallow else 1) :]
    return "".join(pieces)


def _fits_gbk(letter: str) -> bool:
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
