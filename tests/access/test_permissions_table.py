from django.core.management import call_command

from portal.organisations.enums import Action
from portal.organisations.management.commands.permissions_table import DOCUMENT, table, with_table
from portal.organisations.permissions import GRANTS


def test_document_says_what_the_code_grants() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")

    assert document == with_table(document), "Run manage.py permissions_table --write."


def test_every_action_is_granted_to_somebody() -> None:
    assert set(GRANTS) == set(Action)
    assert all(GRANTS.values())


def test_command_prints_the_table(capsys) -> None:
    call_command("permissions_table")

    assert table() in capsys.readouterr().out


def test_a_changed_grant_shows(monkeypatch) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    monkeypatch.setitem(GRANTS, Action.SEE_NUMBERS, frozenset())

    assert document != with_table(document)
