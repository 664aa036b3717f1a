from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('activities', '0002_positions'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='signup',
            name='sign_up_state_known',
        ),
        migrations.AddField(
            model_name='activity',
            name='companions_limit',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='每人最多带几人'),
        ),
        migrations.AddField(
            model_name='activity',
            name='draw_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='抽签时间'),
        ),
        migrations.AddField(
            model_name='activity',
            name='mode',
            field=models.CharField(choices=[('at_once', '报名就有名额'), ('on_request', '先申请，由组织者确认'), ('invited', '只限受邀的人')], default='at_once', max_length=12, verbose_name='报名方式'),
        ),
        migrations.AddField(
            model_name='activity',
            name='newcomers_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='新人优先到'),
        ),
        migrations.AddField(
            model_name='activity',
            name='queue_policy',
            field=models.CharField(choices=[('first_come', '先到先得，满了排队'), ('newcomers', '新人优先，之后先到先得'), ('draw', '先登记，到时间抽签'), ('none', '先到先得，满了不排队')], default='first_come', max_length=12, verbose_name='名额怎么分'),
        ),
        migrations.AddField(
            model_name='activity',
            name='sign_up_closes_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='截止报名'),
        ),
        migrations.AddField(
            model_name='activity',
            name='sign_up_opens_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='开始报名'),
        ),
        migrations.AddField(
            model_name='activity',
            name='takes_minors',
            field=models.BooleanField(default=False, verbose_name='可以带未成年人'),
        ),
        migrations.AddField(
            model_name='activity',
            name='withdraw_hours',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='开始前几小时截止退出'),
        ),
        migrations.AlterField(
            model_name='signup',
            name='state',
            field=models.CharField(choices=[('requested', '等组织者确认'), ('refused', '没有通过'), ('confirmed', '已报名'), ('waiting', '排队中'), ('offered', '有空位，请确认'), ('withdrawn', '已退出'), ('lapsed', '未按时确认')], max_length=12, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['at_once', 'on_request', 'invited'])), name='activity_mode_known'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('queue_policy__in', ['first_come', 'newcomers', 'draw', 'none'])), name='activity_queue_policy_known'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('queue_policy', 'draw'), _negated=True), ('draw_at__isnull', False), _connector='OR'), name='activity_draw_has_time', violation_error_message='请填写抽签时间。'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('queue_policy', 'newcomers'), _negated=True), ('newcomers_until__isnull', False), _connector='OR'), name='activity_newcomers_have_time', violation_error_message='请填写新人优先到什么时候。'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'refused', 'confirmed', 'waiting', 'offered', 'withdrawn', 'lapsed'])), name='sign_up_state_known'),
        ),
        migrations.AddField(
            model_name='signup',
            name='override_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='例外的理由'),
        ),
    ]
