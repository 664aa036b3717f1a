import encrypted_fields.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Let the models read and write the words encrypted; the database's columns stay as they are."""

    dependencies = [("proxies", "0005_encrypt_objections")]

    operations = [
        migrations.AlterField(
            "proxyentry", "objection", encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="异议")
        ),
        migrations.AlterField(
            "proxyentry", "answer", encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="答复")
        ),
    ]
