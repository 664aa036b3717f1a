import encrypted_fields.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Let the model read and write the words encrypted; the database's columns stay as they are."""

    dependencies = [("report_in", "0009_encrypt_words")]

    operations = [
        migrations.AlterField(
            "memberreportin",
            "note",
            encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="给社区的话"),
        ),
        migrations.AlterField(
            "memberreportin",
            "reason",
            encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="请补充的原因"),
        ),
    ]
