"""The demo's words, read from plain files, and the bodies of its pages."""

import tomllib
from html import escape
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

Block = dict[str, Any]


def read(name: str) -> dict[str, Any]:
    """Return the data file ``name`` (without its ending)."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def read_folder(name: str) -> list[dict[str, Any]]:
    """Return the files of a folder in the order of their names."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / name).glob("*.toml"))]


def body(text: str) -> list[Block]:
    """Turn light mark-up into the blocks of a page: ``##`` headings, ``-`` lists, ``>`` quotations, paragraphs."""
    return [_block(part.strip()) for part in text.split("\n\n") if part.strip()]


def _block(part: str) -> Block:
    if part.startswith("#"):
        marks, _space, text = part.partition(" ")
        return {"type": "heading", "value": {"level": str(len(marks)), "text": text}}
    if part.startswith("- "):
        return {"type": "list", "value": [line.removeprefix("- ") for line in part.splitlines()]}
    if part.startswith("> "):
        said, _dash, said_by = part.removeprefix("> ").partition(" —— ")
        return {"type": "quote", "value": {"text": said, "said_by": said_by}}
    return {"type": "paragraph", "value": f"<p>{escape(part)}</p>"}
