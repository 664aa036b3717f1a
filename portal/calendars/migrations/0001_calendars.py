import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0004_attendance_roads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='生成时间')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_address', to=settings.AUTH_USER_MODEL, verbose_name='本人')),
            ],
            options={
                'verbose_name': '日历订阅地址',
            },
        ),
        migrations.CreateModel(
            name='SentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=32)),
                ('sequence', models.PositiveIntegerField(default=0, verbose_name='第几次改动')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='改动时间')),
                ('sign_up', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_event', to='activities.signup', verbose_name='报名')),
            ],
            options={
                'verbose_name': '日历里的报名',
            },
        ),
    ]
