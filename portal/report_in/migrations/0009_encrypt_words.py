from django.db import migrations
from django.db.models import Q
from encrypted_fields.fields import EncryptedTextField

BATCH = 2000
NAMES = ("note", "reason")


def encrypt(apps, schema_editor):
    field = EncryptedTextField()
    # Decrypted first, so that a second run after a broken one encrypts nothing twice.
    _rewrite(apps, schema_editor, lambda words: field.get_prep_value(field.to_python(words)))


def decrypt(apps, schema_editor):
    _rewrite(apps, schema_editor, EncryptedTextField().to_python)


def _rewrite(apps, schema_editor, change):
    model = apps.get_model("report_in", "MemberReportIn")
    rows = model.objects.using(schema_editor.connection.alias)
    written = rows.filter(Q(note__isnull=False) | Q(reason__isnull=False)).order_by("pk").only("pk", *NAMES)
    last = 0
    while batch := list(written.filter(pk__gt=last)[:BATCH]):
        for row in batch:
            for name in NAMES:
                setattr(row, name, change(getattr(row, name) or None))
        rows.bulk_update(batch, NAMES, batch_size=200)
        last = batch[-1].pk


class Migration(migrations.Migration):
    """Encrypt what members and communities wrote to each other."""

    dependencies = [("report_in", "0008_words_without_a_limit")]

    operations = [migrations.RunPython(encrypt, decrypt)]
