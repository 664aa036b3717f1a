"""What the body of a case is made of: everything other pages have, and data."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from website.base.blocks import RICH_TEXT_FEATURES, BodyBlock
from website.case_studies.enums import ChartKind
from webui.charts import Chart, Point, chart_of


class DataRowBlock(blocks.StructBlock):
    """One row of an editor's own table."""

    label = blocks.CharBlock(label=_("含义"), max_length=80)
    number = blocks.DecimalBlock(label=_("数值"), max_digits=16, decimal_places=2)
    year = blocks.IntegerBlock(label=_("年份"), min_value=1900, max_value=2100)

    class Meta:
        label_format = "{label} {number}"


class DataBlock(blocks.StructBlock):
    """Numbers in the middle of a text: drawn, with the table beneath, their year and their source.

    The numbers are chosen among the case's figures by what they mean, or written here.
    """

    title = blocks.CharBlock(label=_("标题"), max_length=80, help_text=_("一句话：这些数字说明什么。"))
    kind = blocks.ChoiceBlock(label=_("画法"), choices=ChartKind.choices, default=ChartKind.AUTO, search_index=False)
    chosen = blocks.ListBlock(
        blocks.CharBlock(label=_("含义"), max_length=80),
        label=_("从“数字”里选"),
        default=[],
        help_text=_("照抄“数字”一栏里的“含义”。同一个含义有几年的，几年都会画出来。"),
        search_index=False,
    )
    rows = blocks.ListBlock(DataRowBlock(), label=_("或者在这里填"), default=[])
    unit = blocks.CharBlock(label=_("单位"), max_length=20, required=False, help_text=_("只用于在这里填的数字。"))
    source = blocks.CharBlock(
        label=_("出处"), max_length=300, required=False, help_text=_("在这里填了数字的，必须写明出处。")
    )

    class Meta:
        icon = "table"
        label = _("数据图表")
        template = "website/case_studies/data_block.html"
        label_format = "{title}"

    def clean(self, value: blocks.StructValue) -> Any:
        cleaned = super().clean(value)
        if not cleaned["rows"] and not cleaned["chosen"]:
            message = gettext("请从“数字”里选，或者在这里填至少一行。")
            raise StructBlockValidationError(non_block_errors=[ValidationError(message)])
        if cleaned["rows"] and not (cleaned["source"] or "").strip():
            message = gettext("请写明这些数字的出处。")
            raise StructBlockValidationError(block_errors={"source": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        figures = (parent_context or {}).get("figures", ())
        rows = [*_own_rows(value), *_chosen_rows(value, figures)]
        context["rows"] = rows
        context["chart"] = _chart(value, rows)
        return context


class SourceBlock(blocks.StructBlock):
    """One thing a case was written from."""

    name = blocks.CharBlock(label=_("名称"), max_length=200, help_text=_("报告、通报、文章的名字。"))
    publisher = blocks.CharBlock(label=_("谁发布的"), max_length=120, required=False)
    year = blocks.IntegerBlock(label=_("年份"), min_value=1000, max_value=2100, required=False)
    url = blocks.URLBlock(label=_("网址"), required=False)

    class Meta:
        icon = "link"
        label = _("来源")
        label_format = "{name}"


class CaseBodyBlock(BodyBlock):
    """Headings, paragraphs, lists, quotations, pictures and data, in any order.

    A case starts with four headings (``website.editing.skeletons``) rather than four fields: one told in another order
    stays possible, imported texts bring headings of their own, and the contents list reads them all the same.
    """

    # Not required: a section of the template that has nothing to say yet does not stand in the way of publishing.
    paragraph = blocks.RichTextBlock(label=_("段落"), icon="pilcrow", features=RICH_TEXT_FEATURES, required=False)
    data = DataBlock()


def _own_rows(value: Any) -> list[dict[str, Any]]:
    source = value["source"] or ""
    return [
        {
            "label": row["label"],
            "number": row["number"],
            "unit": value["unit"] or "",
            "year": row["year"],
            "told_by": source,
        }
        for row in value["rows"]
    ]


def _chosen_rows(value: Any, figures: Iterable[Any]) -> list[dict[str, Any]]:
    order = {label.strip(): place for place, label in enumerate(value["chosen"])}
    chosen = [figure for figure in figures if figure.label in order]
    return [
        {name: getattr(figure, name) for name in ("label", "number", "unit", "year", "told_by")}
        for figure in sorted(chosen, key=lambda figure: order[figure.label])
    ]


def _chart(value: Any, rows: list[dict[str, Any]]) -> Chart | None:
    """Return the drawing, or nothing where the numbers are not of one kind."""
    if value["kind"] == ChartKind.TABLE or len({row["unit"] for row in rows}) != 1:
        return None
    points = [Point(row["label"], Decimal(row["number"] or 0), unit=row["unit"], year=row["year"]) for row in rows]
    kind = "" if value["kind"] == ChartKind.AUTO else value["kind"]
    return chart_of(points, title=value["title"], kind=kind)
