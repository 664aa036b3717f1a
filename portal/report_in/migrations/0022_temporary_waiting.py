from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("report_in", "0021_encrypted_end_reasons"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="memberreportin",
            index=models.Index(
                condition=models.Q(("kind", "temporary"), ("state__in", ("submitted", "asked_back"))),
                fields=["expires_on"],
                name="report_in_temporary_waiting",
            ),
        ),
    ]
