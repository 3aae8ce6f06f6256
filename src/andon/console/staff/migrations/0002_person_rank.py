from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='rank',
            field=models.CharField(blank=True, choices=[('officer', 'Officer'), ('sergeant', 'Sergeant'), ('assistant_inspector', 'Assistant Inspector'), ('inspector', 'Inspector'), ('superintendent', 'Superintendent'), ('senior_superintendent', 'Senior Superintendent'), ('chief_superintendent', 'Chief Superintendent'), ('superintendent_supervisor', 'Superintendent Supervisor'), ('superintendent_general', 'Superintendent General')], default='', max_length=30),
            preserve_default=False,
        ),
    ]
