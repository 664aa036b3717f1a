"""Which inline scripts and styles of the editors' desk may run: those Wagtail itself wrote, known from end to end.

Wagtail starts some widgets from inline scripts. Each has one shape, in which only strings and JSON vary. A script of
any other shape, or with anything added, gets no nonce, and the content security policy keeps it from running.
"""

import json
import re

_STRING = r'"(?:[^"\\<>\n]|\\.)*"'
_NAME = r"[\w-]+"
_PATH = r"[\w/.-]+"

# Calls of one function or constructor with an id and, often, a JSON object.
_WIDGET = re.compile(
    rf"(?:init(?:Date|Time|DateTime)|create\w*|new \w*)Chooser\({_STRING}(?:, (?P<options>\{{.*\}}))?\);?", re.DOTALL
)

_FIXED = [
    # wagtailadmin/panels/inline_panel.html, multiple_chooser_panel.html: the string went through ``escapejs``
    rf"\(function\(\) \{{ var panel = new (?:Inline|MultipleChooser)Panel\(JSON\.parse\({_STRING}\)\); \}}\)\(\);",
    # wagtailsearchpromotions/add.html, edit.html
    r"/\* global InlinePanel \*/ \$\(function \(\) \{ var panel = new InlinePanel\(\{ "
    rf"formsetPrefix: '{_NAME}', emptyChildFormPrefix: '{_NAME}', canOrder: true, \}}\); \}}\); "
    r"function createQueryChooser\(id\) \{ "
    r"var chooserElement = \$\('#' \+ id \+ '-chooser'\); var input = \$\('#' \+ id\); "
    rf"chooserElement\.on\('click', function \(\) \{{ var initialUrl = '{_PATH}'; ModalWorkflow\(\{{ url: initialUrl, "
    r"onload: QUERY_CHOOSER_MODAL_ONLOAD_HANDLERS, responses: \{ queryChosen: function \(queryData\) \{ "
    r"input\.val\(queryData\.querystring\); \}, \}, \}\); \}\); \} "
    rf"\$\(function\(\) \{{ createQueryChooser\('{_NAME}'\); \}}\);",
    # wagtail_localize/admin/submit_translation.html
    r"document\.addEventListener\('DOMContentLoaded', function\(\) \{ "
    r"""var selectAll = document\.querySelector\('\[name="select_all"\]'\); """
    r"""var locales = document\.querySelectorAll\('\[name="locales"\]'\); """
    r"selectAll\.addEventListener\('change', function\(\) \{ for \(var i = 0; i < locales\.length; i\+\+\) \{ "
    r"locales\[i\]\.checked = selectAll\.checked; \} \}\); \}\);",
    # wagtail_localize/admin/edit_translation.html
    r'if \(typeof window\.chooserUrls === "undefined"\) \{ window\.chooserUrls = \{ '
    rf'imageChooser: "{_PATH}", documentChooser: "{_PATH}", pageChooser: "{_PATH}", \}} \}}',
]
_FIXED_SHAPES = [re.compile(shape) for shape in _FIXED]
_INLINE_SCRIPT = re.compile(r"<script(?P<kind> type=\"text/javascript\")?>(?P<body>.*?)</script>", re.DOTALL)
_INLINE_STYLE = re.compile(r"<style>(?P<body>[^<]*)</style>")
_KNOWN_STYLES = frozenset(
    {
        # wagtail_localize/admin/update_translations.html
        ".publish-translations-field { margin-top: 30px; margin-bottom: 20px; } "
        ".publish-translations-field > p.help { margin-top: 10px; } "
        ".publish-translations-label { float: unset; font-weight: normal; }",
    }
)
_ASKS_FOR_NONCE = "<script data-takes-nonce "


def is_wagtails_own(script: str) -> bool:
    """Return whether the text is, as a whole, an inline script that Wagtail or wagtail-localize writes."""
    one_line = " ".join(script.split())
    if any(shape.fullmatch(one_line) for shape in _FIXED_SHAPES):
        return True
    widget = _WIDGET.fullmatch(script.strip())
    return widget is not None and (widget["options"] is None or _is_json(widget["options"]))


def with_nonces(html: str, *, nonce: str) -> str:
    """Return the page with ``nonce`` on the scripts that may run."""

    def mark(match: re.Match[str]) -> str:
        if not is_wagtails_own(match["body"]):
            return match[0]
        return f'<script nonce="{nonce}">{match["body"]}</script>'

    def mark_style(match: re.Match[str]) -> str:
        is_known = " ".join(match["body"].split()) in _KNOWN_STYLES
        return f'<style nonce="{nonce}">{match["body"]}</style>' if is_known else match[0]

    marked = _INLINE_STYLE.sub(mark_style, _INLINE_SCRIPT.sub(mark, html))
    return marked.replace(_ASKS_FOR_NONCE, f'<script nonce="{nonce}" ', 1)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
