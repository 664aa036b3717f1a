from django.db import migrations
from django.db.models import Q
from encrypted_fields.fields import EncryptedTextField

BATCH = 2000
COLUMNS = {"MemberReportIn": ["end_reason"], "UnitReportIn": ["end_reason"]}


def encrypt(apps, schema_editor):
    field = EncryptedTextField()
    # Decrypted first, so that a second run after a broken one encrypts nothing twice.
    _rewrite(apps, schema_editor, lambda words: field.get_prep_value(field.to_python(words)))


def decrypt(apps, schema_editor):
    _rewrite(apps, schema_editor, EncryptedTextField().to_python)
    # The columns of before take no NULL.
    for model, names in COLUMNS.items():
        rows = apps.get_model("report_in", model).objects.using(schema_editor.connection.alias)
        for name in names:
            rows.filter(**{f"{name}__isnull": True}).update(**{name: ""})


def _rewrite(apps, schema_editor, change):
    for model, names in COLUMNS.items():
        rows = apps.get_model("report_in", model).objects.using(schema_editor.connection.alias)
        has_words = Q(*((f"{name}__gt", "") for name in names), _connector=Q.OR)
        written = rows.filter(has_words).order_by("pk").only("pk", *names)
        last = 0
        while batch := list(written.filter(pk__gt=last)[:BATCH]):
            for row in batch:
                for name in names:
                    setattr(row, name, change(getattr(row, name) or None))
            rows.bulk_update(batch, names, batch_size=200)
            last = batch[-1].pk


class Migration(migrations.Migration):
    """Encrypt why communities ended report-ins."""

    dependencies = [("report_in", "0019_room_for_encrypted_end_reasons")]

    operations = [migrations.RunPython(encrypt, decrypt)]
