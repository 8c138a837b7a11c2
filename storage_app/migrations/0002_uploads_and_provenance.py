
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('storage_app', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LikenessBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('bits', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'storage_likeness',
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('due_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('lease_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('fence', models.BigIntegerField(default=0, editable=False)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('issued', 'issued'), ('stored', 'stored'), ('gone', 'gone')], default='issued', max_length=6, verbose_name='status')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='file name')),
                ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                ('ext', models.CharField(max_length=5)),
                ('bytes', models.BigIntegerField(verbose_name='bytes')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
            ],
            options={
                'verbose_name': 'upload',
                'verbose_name_plural': 'uploads',
                'db_table': 'storage_uploads',
            },
        ),
        migrations.AddField(
            model_name='asset',
            name='is_composite',
            field=models.BooleanField(default=False, verbose_name='made from other pictures'),
        ),
        migrations.AddField(
            model_name='asset',
            name='likeness',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='asset',
            name='made_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='made'),
        ),
        migrations.AddField(
            model_name='asset',
            name='made_with',
            field=models.CharField(blank=True, max_length=100, verbose_name='made with'),
        ),
        migrations.AddField(
            model_name='asset',
            name='source_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name='asset',
            index=models.Index(condition=models.Q(('source_sha256', ''), _negated=True), fields=['source_sha256'], name='asset_source'),
        ),
        migrations.AddField(
            model_name='likenessband',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='storage_app.asset'),
        ),
        migrations.AddField(
            model_name='upload',
            name='asset',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='upload', to='storage_app.asset'),
        ),
        migrations.AddField(
            model_name='upload',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='likenessband',
            index=models.Index(fields=['bits', 'place'], name='likeness_bits'),
        ),
        migrations.AddConstraint(
            model_name='likenessband',
            constraint=models.UniqueConstraint(fields=('asset', 'place'), name='likeness_band_once'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(fields=['owner', 'state'], name='upload_owner_state'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='upload_due'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asset__isnull', False), ('state', 'stored')), models.Q(('asset', None), ('state__in', ['issued', 'gone'])), _connector='OR'), name='upload_stored_with_asset'),
        ),
    ]
