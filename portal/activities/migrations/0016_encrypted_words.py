"""Words about people get columns without a limit that are read and written encrypted; plain ones are read as they are."""

from django.db import migrations
from encrypted_fields.fields import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("activities", "0015_community_workers_by_name")]

    operations = [
        migrations.AlterField(
            "signup", "answer", EncryptedTextField(blank=True, null=True, verbose_name="没有通过的原因")
        ),
        migrations.AlterField(
            "signup", "override_reason", EncryptedTextField(blank=True, null=True, verbose_name="例外的理由")
        ),
        migrations.AlterField(
            "coverrequest", "reason", EncryptedTextField(blank=True, null=True, verbose_name="原因")
        ),
        migrations.AlterField(
            "attendance", "reply", EncryptedTextField(blank=True, null=True, verbose_name="本人的说明")
        ),
    ]
