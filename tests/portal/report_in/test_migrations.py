"""What was written in the clear before is encrypted, and comes back when the change is taken back."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.report_in.models import MemberReportIn
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

STEP = ("report_in", "0009_encrypt_words")


def test_words_are_encrypted_once_and_back():
    written, silent = MemberReportInFactory(), MemberReportInFactory()
    step = import_module("portal.report_in.migrations.0009_encrypt_words")
    apps = MigrationLoader(connection).project_state([STEP]).apps
    old = apps.get_model("report_in", "MemberReportIn").objects
    old.filter(pk=written.pk).update(note="住 3 栋", reason="请补充")
    old.filter(pk=silent.pk).update(note="", reason=None)

    editor = connection.schema_editor()
    step.encrypt(apps, editor)
    step.encrypt(apps, editor)

    assert "栋" not in old.get(pk=written.pk).note
    assert MemberReportIn.objects.values_list("note", "reason").get(pk=written.pk) == ("住 3 栋", "请补充")
    assert MemberReportIn.objects.get(pk=silent.pk).note is None
    step.decrypt(apps, editor)
    assert old.values_list("note", "reason").get(pk=written.pk) == ("住 3 栋", "请补充")
