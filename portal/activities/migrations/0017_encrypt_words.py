from django.db import migrations
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast
from encrypted_fields.fields import EncryptedTextField

BATCH = 2000
COLUMNS = {"SignUp": ["answer", "override_reason"], "CoverRequest": ["reason"], "Attendance": ["reply"]}


def encrypt(apps, schema_editor):
    _rewrite(apps, schema_editor, plain=True, change=EncryptedTextField().get_prep_value)
    _forget_exceptions(apps, schema_editor)


def decrypt(apps, schema_editor):
    _rewrite(apps, schema_editor, plain=False, change=str)
    # The columns of before take no NULL.
    for model, names in COLUMNS.items():
        rows = apps.get_model("activities", model).objects.using(schema_editor.connection.alias)
        for name in names:
            rows.filter(**{f"{name}__isnull": True}).update(**{name: Value("", TextField())})


def _rewrite(apps, schema_editor, *, plain, change):
    for model, names in COLUMNS.items():
        rows = apps.get_model("activities", model).objects.using(schema_editor.connection.alias)
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


def _forget_exceptions(apps, schema_editor):
    """Let the log say that an exception was made, and no longer why."""
    lines = apps.get_model("wagtailcore", "ModelLogEntry").objects.using(schema_editor.connection.alias)
    said = lines.filter(action__startswith="activities.signup.", data__has_key="exception").order_by("pk")
    last = 0
    while batch := list(said.filter(pk__gt=last).only("pk", "data")[:BATCH]):
        last = batch[-1].pk
        for line in batch:
            line.data = {**line.data, "exception": True}
        lines.bulk_update(batch, ["data"], batch_size=200)


class Migration(migrations.Migration):
    """Encrypt why people were turned down, let in or came not; take the words of exceptions out of the log."""

    dependencies = [("activities", "0016_encrypted_words"), ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]

    operations = [migrations.RunPython(encrypt, decrypt)]
