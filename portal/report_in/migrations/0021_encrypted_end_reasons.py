import encrypted_fields.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Let the models read and write the words encrypted; the database's columns stay as they are."""

    dependencies = [("report_in", "0020_encrypt_end_reasons")]

    operations = [
        migrations.AlterField(
            "memberreportin", "end_reason", encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="结束原因")
        ),
        migrations.AlterField(
            "unitreportin", "end_reason", encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="结束原因")
        ),
    ]
