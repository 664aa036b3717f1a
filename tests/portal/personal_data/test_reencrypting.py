"""Taking an old key out of the settings without losing a word."""

from io import StringIO

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import TextField, Value
from encrypted_fields.fields import EncryptedTextField

from portal.personal_data.actions.reencrypting import reencrypt
from portal.report_in.models import MemberReportIn
from portal.rosters import kept
from portal.rosters.models import FilePart
from tests.factories.factors import SECRET, with_authenticator
from tests.factories.members import UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.report_in import LeaveFactory, MemberReportInFactory
from tests.factories.rosters import import_begun
from tests.portal.rosters.sheets import csv_of

pytestmark = pytest.mark.django_db

WORDS = "家里有病人，请晚上联系。"


@pytest.fixture
def keys(settings):
    """Set the salts the site knows, the newest first."""

    def set_to(*salts):
        settings.SALT_KEY = list(salts)

    return set_to


def stored(model, name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {model._meta.db_table} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_the_words_of_a_report_in_are_unreadable_in_the_database():
    report_in = MemberReportInFactory(note=WORDS, reason="请写明楼栋。")

    assert WORDS not in stored(MemberReportIn, "note")[0]
    assert "楼栋" not in stored(MemberReportIn, "reason")[0]
    report_in.refresh_from_db()
    assert (report_in.note, report_in.reason) == (WORDS, "请写明楼栋。")


def test_after_rewriting_the_old_key_may_go(keys):
    keys("old")
    report_in, leave = MemberReportInFactory(note=WORDS), LeaveFactory(reason=WORDS)
    keys("new", "old")

    call_command("reencrypt", batch=1, stdout=StringIO())

    keys("new")
    report_in.refresh_from_db()
    leave.refresh_from_db()
    assert (report_in.note, leave.reason) == (WORDS, WORDS)


def test_second_factors_are_rewritten_too(settings):
    settings.MFA_ENCRYPTION_KEYS = ["old"]
    person = UserFactory()
    codes = with_authenticator(person)
    settings.MFA_ENCRYPTION_KEYS = ["new", "old"]

    reencrypt()

    settings.MFA_ENCRYPTION_KEYS = ["new"]
    totp = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert get_adapter().decrypt(totp.data["secret"]) == SECRET
    recovery = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    assert recovery.wrap().get_unused_codes() == codes


@pytest.fixture
def secrets(settings):
    """Set the secrets the site knows, the newest first, as a new process finds them."""

    def set_to(newest, *before):
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = newest, list(before)
        kept.cipher.cache_clear()

    yield set_to
    kept.cipher.cache_clear()


def test_a_roster_file_that_waits_is_rewritten_too(secrets):
    secrets("old")
    content = csv_of([["姓名", "手机号"], ["张三", "13800001111"]])
    run = import_begun(unit=UnitFactory(), by=UserFactory(), content=content)
    secrets("new", "old")
    before = bytes(FilePart.objects.get().data)

    assert "rosters.FilePart: 0 current, 1 to rewrite" in said("--dry-run")
    assert bytes(FilePart.objects.get().data) == before
    assert "rosters.FilePart: 0 current, 1 rewritten" in said()
    assert "rosters.FilePart: 1 current, 0 rewritten" in said()

    secrets("new")
    assert list(kept.kept_rows(run))[1] == (2, ["张三", "13800001111"])


def test_a_roster_file_no_key_reads_is_named(secrets):
    secrets("lost")
    import_begun(unit=UnitFactory(), by=UserFactory(), content=csv_of([["姓名", "手机号"], ["张三", "13800001111"]]))
    secrets("new")

    with pytest.raises(CommandError, match=rf"rosters.FilePart \[{FilePart.objects.get().pk}\]"):
        said()


def test_a_dry_run_writes_nothing_and_a_second_run_has_nothing_to_do(keys):
    keys("old")
    MemberReportInFactory.create_batch(3, note=WORDS)
    before = stored(MemberReportIn, "note")
    keys("new", "old")

    assert "MemberReportIn.note: 0 current, 3 to rewrite" in said("--dry-run")
    assert stored(MemberReportIn, "note") == before
    assert "MemberReportIn.note: 0 current, 3 rewritten" in said()
    assert "MemberReportIn.note: 3 current, 0 rewritten" in said()


def test_what_no_key_reads_is_left_and_named(keys):
    keys("lost")
    lost = MemberReportInFactory(note=WORDS)
    before = stored(MemberReportIn, "note")
    keys("new")

    with pytest.raises(CommandError, match=rf"MemberReportIn\.note \[{lost.pk}\]"):
        call_command("reencrypt", stdout=StringIO())
    assert stored(MemberReportIn, "note") == before


def test_what_was_empty_before_its_column_was_encrypted_is_not_named():
    report_in = MemberReportInFactory()
    MemberReportIn.objects.filter(pk=report_in.pk).update(note=Value("", TextField()))

    assert "MemberReportIn.note: 0 current, 0 rewritten" in said()


def test_the_newest_key_is_what_is_written_with(keys):
    keys("new", "old")
    MemberReportInFactory(note=WORDS)

    newest = Fernet(EncryptedTextField().keys[0])
    assert newest.decrypt(stored(MemberReportIn, "note")[0].encode()).decode() == WORDS


def said(*options):
    out = StringIO()
    call_command("reencrypt", *options, stdout=out)
    return out.getvalue()
