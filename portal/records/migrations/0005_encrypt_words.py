from django.db import migrations
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast
from encrypted_fields.fields import EncryptedTextField

BATCH = 2000
COLUMNS = {"ServiceRecord": ["reversal_reason"], "OwnService": ["reason"], "Objection": ["reason", "answer"]}


def encrypt(apps, schema_editor):
    _rewrite(apps, schema_editor, plain=True, change=EncryptedTextField().get_prep_value)


def decrypt(apps, schema_editor):
    _rewrite(apps, schema_editor, plain=False, change=str)
    # The columns of before take no NULL.
    for model, names in COLUMNS.items():
        rows = apps.get_model("records", model).objects.using(schema_editor.connection.alias)
        for name in names:
            rows.filter(**{f"{name}__isnull": True}).update(**{name: Value("", TextField())})


def _rewrite(apps, schema_editor, *, plain, change):
    for model, names in COLUMNS.items():
        rows = apps.get_model("records", model).objects.using(schema_editor.connection.alias)
        for name in names:
            _rewrite_column(rows, name, plain, change)


def _rewrite_column(rows, name, plain, change):
    # The field itself reads what is plain and what is encrypted; beside it stands what the column holds.
    held = rows.annotate(stored=Cast(F(name), TextField())).filter(stored__gt="").order_by("pk").only("pk", name)
    last = 0
    while batch := list(held.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        # What is as it shall be, as after a run that was broken off, is left alone.
        changed = [row for row in batch if (row.stored == getattr(row, name)) == plain]
        for row in changed:
            # As an expression, so that the field does not encrypt it once more.
            setattr(row, name, Value(change(getattr(row, name)), TextField()))
        rows.bulk_update(changed, [name], batch_size=200)


class Migration(migrations.Migration):
    """Encrypt objections to records with their answers, and why records were reversed or given back."""

    dependencies = [("records", "0004_encrypted_words")]

    operations = [migrations.RunPython(encrypt, decrypt)]
