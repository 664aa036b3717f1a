"""What the body of a page is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    """A heading of the body. The page's title is the only first-level heading."""

    level = blocks.ChoiceBlock(
        label=_("级别"), choices=[("2", _("大标题")), ("3", _("小标题"))], default="2", search_index=False
    )
    text = blocks.CharBlock(label=_("标题"), max_length=120)

    class Meta:
        icon = "title"
        label = _("标题")
        template = "website/blocks/heading.html"
        label_format = "{text}"


class PictureBlock(blocks.StructBlock):
    """A picture with its caption. What the picture shows is told in words to those who cannot see it."""

    image = ImageBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图注"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("图片")
        template = "website/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's own words."""

    text = blocks.TextBlock(label=_("原话"))
    said_by = blocks.CharBlock(label=_("说话人"), max_length=80, required=False)

    class Meta:
        icon = "openquote"
        label = _("引语")
        template = "website/blocks/quote.html"


class BodyBlock(blocks.StreamBlock):
    """Headings, paragraphs, lists, quotations and pictures, in any order."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(label=_("段落"), icon="pilcrow", features=RICH_TEXT_FEATURES)
    list = blocks.ListBlock(
        blocks.TextBlock(label=_("一项"), rows=1), label=_("列表"), icon="list-ul", template="website/blocks/list.html"
    )
    quote = QuoteBlock()
    picture = PictureBlock()
