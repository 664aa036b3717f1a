"""The registry as the table of docs/personal-data.md, so that what is promised and what is done are one."""

from collections.abc import Iterator

from portal.personal_data.registry import HOLDINGS


def lines() -> Iterator[str]:
    """Yield the lines of a Markdown table with a row for each way from a row to a person."""
    yield "| 保存的内容（表.字段） | 类别 | 为什么 | 多久 | 谁能看到 | 依据 | 给本人看 | 注销时 |"
    yield "|---|---|---|---|---|---|---|---|"
    for holding in HOLDINGS:
        subject = holding.subject
        emptied = f"；清空 {'、'.join(f'`{name}`' for name in holding.blank)}" if holding.blank else ""
        cells = (
            f"`{holding.key}`",
            subject.name,
            subject.why,
            subject.kept,
            subject.seen_by,
            subject.basis,
            holding.shown.label,
            f"{holding.on_closing.label}{emptied}",
        )
        yield "| " + " | ".join(str(cell) for cell in cells) + " |"
