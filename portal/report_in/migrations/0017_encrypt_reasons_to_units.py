from django.db import migrations
from encrypted_fields.fields import EncryptedTextField

BATCH = 2000


def encrypt(apps, schema_editor):
    field = EncryptedTextField()
    # Decrypted first, so that a second run after a broken one encrypts nothing twice.
    _rewrite(apps, schema_editor, lambda words: field.get_prep_value(field.to_python(words)))


def decrypt(apps, schema_editor):
    _rewrite(apps, schema_editor, EncryptedTextField().to_python)


def _rewrite(apps, schema_editor, change):
    rows = apps.get_model("report_in", "UnitReportIn").objects.using(schema_editor.connection.alias)
    written = rows.filter(reason__isnull=False).order_by("pk").only("pk", "reason")
    last = 0
    while batch := list(written.filter(pk__gt=last)[:BATCH]):
        for row in batch:
            row.reason = change(row.reason or None)
        rows.bulk_update(batch, ["reason"], batch_size=200)
        last = batch[-1].pk


class Migration(migrations.Migration):
    """Encrypt what communities asked units."""

    dependencies = [("report_in", "0016_room_for_encrypted_reasons")]

    operations = [migrations.RunPython(encrypt, decrypt)]
