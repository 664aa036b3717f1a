import encrypted_fields.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Let the model read and write the words encrypted; the database's column stays as it is."""

    dependencies = [("report_in", "0017_encrypt_reasons_to_units")]

    operations = [
        migrations.AlterField(
            "unitreportin",
            "reason",
            encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="请补充的原因"),
        )
    ]
