import pytest

from website.base.admin_scripts import is_wagtails_own, with_nonces

PANEL = r"""
        (function() {
            var panel = new InlinePanel(JSON.parse("{\u0022type\u0022: \u0022InlinePanel\u0022}"));
        })();
    """

WAGTAILS_OWN = [
    'initDateChooser("id_starts_on", {"format": "Y-m-d", "dayOfWeekStart": 1});',
    'initTimeChooser("id_at", {});',
    'initDateTimeChooser("id_go_live_at", {"parentID": "#schedule-publishing-dialog"});',
    'new PageChooser("id_page", {"modelNames": ["wagtailcore.page"], "userPerms": null});',
    'new Chooser("id_category", {"modalUrl": "/cms/choose/"});',
    'createTaskChooser("id_workflow_tasks-0-task");',
    PANEL,
    PANEL.replace("InlinePanel(JSON", "MultipleChooserPanel(JSON"),
]

STRANGERS = [
    "alert(1)",
    "fetch('/cms/users/new/')",
    'initDateChooser("id", {"format": "Y"}); alert(1)',
    'alert(1); initDateChooser("id", {"format": "Y"});',
    'initDateChooser("id", {"format": alert(1)});',
    'initDateChooser("id", {});alert(1);({});',
    'new PageChooser("id" + alert(1), {});',
    'new PageChooser("a", {}, alert(1), {});',
    'new Chooser("a\\", {}); alert(1); (", {});//", {});alert(2);({});',
    'evilChooser("id");',
    PANEL.replace("})();", "alert(1); })();"),
    PANEL.replace('"));', '" + alert(1)));'),
    "",
]


@pytest.mark.parametrize("script", WAGTAILS_OWN)
def test_script_wagtail_writes_is_known(script: str) -> None:
    assert is_wagtails_own(script)


@pytest.mark.parametrize("script", STRANGERS)
def test_any_other_script_is_a_stranger(script: str) -> None:
    assert not is_wagtails_own(script)


@pytest.mark.parametrize("script", STRANGERS)
def test_stranger_gets_no_nonce(script: str) -> None:
    html = f"<p>页面</p><script>{script}</script>"

    assert with_nonces(html, nonce="abc") == html


def test_known_script_gets_the_nonce_and_keeps_its_text() -> None:
    html = f'<script type="text/javascript">{WAGTAILS_OWN[0]}</script>'

    assert with_nonces(html, nonce="abc") == f'<script nonce="abc">{WAGTAILS_OWN[0]}</script>'


def test_only_the_first_script_that_asks_takes_the_nonce() -> None:
    html = '<script data-takes-nonce src="/ours.js"></script><script data-takes-nonce src="/other.js"></script>'

    marked = with_nonces(html, nonce="abc")

    assert marked.count('nonce="abc"') == 1
    assert '<script nonce="abc" src="/ours.js">' in marked


def test_style_wagtail_localize_writes_gets_the_nonce_and_any_other_does_not() -> None:
    known = """
        .publish-translations-field {
            margin-top: 30px;
            margin-bottom: 20px;
        }

        .publish-translations-field > p.help {
            margin-top: 10px;
        }

        .publish-translations-label {
            float: unset;
            font-weight: normal;
        }
    """

    html = with_nonces(f"<style>{known}</style><style>{known} body {{ display: none }}</style>", nonce="abc")

    assert html.startswith('<style nonce="abc">')
    assert html.count("nonce") == 1
