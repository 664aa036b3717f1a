import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0004_attendance_roads'),
        ('calendars', '0001_calendars'),
        ('organisations', '0004_never_deleted'),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('text', models.TextField(blank=True, max_length=1000, verbose_name='说明')),
                ('state', models.CharField(choices=[('called', '已发起'), ('called_off', '已取消')], max_length=12, verbose_name='状态')),
                ('added', models.ManyToManyField(blank=True, related_name='service_days', to='activities.activity', verbose_name='另外加入的活动')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_days', to='organisations.area', verbose_name='范围')),
            ],
            options={
                'verbose_name': '社区志愿服务日',
                'ordering': ['day', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['called', 'called_off'])), name='service_day_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'called')), fields=('area', 'day'), name='service_day_one_a_day')],
            },
        ),
    ]
