"""Firm bounds for figures that could not be, one length for a barcode, and a memory of what was loaded.

Rows from before are mended first, so that the bounds can be put up: a figure that cannot be is taken
out, and the note of its record says what stood there.
"""

import django.core.validators
import products.models.columns
from decimal import ROUND_HALF_UP, Decimal
from django.db import migrations, models


RATIO_UNITS = ('RR', 'OR', 'HR')


def mend(apps, schema_editor):
    db = schema_editor.connection.alias
    rows = {name: apps.get_model('products', name).objects.using(db) for name in (
        'Evidence', 'Finding', 'LaxativeObservation', 'MagnesiumForm', 'Product', 'ReferenceIntake', 'Source', 'UpperLevel',
    )}

    def take_out(name, column, **where):
        for row in rows[name].filter(**where):
            note = f'{column} was {getattr(row, column)}, which cannot be, and was taken out.'
            row.note = f'{row.note}\n{note}'.strip()
            setattr(row, column, None)
            row.save(update_fields=[column, 'note'])

    for column in ('effect_size', 'ci_low', 'ci_high'):
        take_out('Evidence', column, effect_unit__in=RATIO_UNITS, **{f'{column}__lte': 0})
    for name, column in (
        ('Evidence', 'dose_elemental_mg'),
        ('Evidence', 'n'),
        ('Finding', 'dose_elemental_mg'),
        ('Finding', 'n'),
        ('Source', 'sample_size'),
        ('LaxativeObservation', 'threshold_elemental_mg'),
        ('LaxativeObservation', 'compound_mg_low'),
        ('LaxativeObservation', 'compound_mg_high'),
    ):
        take_out(name, column, **{f'{column}__lte': 0})
    for column in ('onset_hours_low', 'onset_hours_high'):
        take_out('LaxativeObservation', column, **{f'{column}__lt': 0})
    for column in ('label_fraction_low_percent', 'label_fraction_high_percent'):
        take_out('MagnesiumForm', column, **{f'{column}__lt': 0})
        take_out('MagnesiumForm', column, **{f'{column}__gt': 100})
    for name in ('ReferenceIntake', 'UpperLevel'):
        # There is no note, and which end is wrong is not known: the later one is left open.
        rows[name].filter(age_from_years__gte=models.F('age_to_years')).update(age_to_years=None)
    mend_servings(rows['Product'])
    mend_barcodes(rows['Product'])
    # PostgreSQL alters no table whose rows still wait for their foreign keys to be looked at.
    schema_editor.connection.check_constraints()


def mend_servings(products):
    products.filter(daily_servings_low__isnull=True).update(daily_servings_high=None)
    for product in products.filter(daily_servings_low__isnull=False, daily_servings_high__isnull=True):
        product.daily_servings_high = product.daily_servings_low
        if product.elemental_mg_per_serving is not None:
            day = product.elemental_mg_per_serving * product.daily_servings_low
            day = day.quantize(Decimal('0.0001'), rounding=ROUND_HALF_UP)
            product.elemental_mg_per_day_low = product.elemental_mg_per_day_high = day
        product.save(update_fields=['daily_servings_high', 'elemental_mg_per_day_low', 'elemental_mg_per_day_high'])


def mend_barcodes(products):
    """As `rules.gtin` keeps them. One whose twin is here stays: an editor must say which is which."""
    taken = set(products.exclude(gtin='').values_list('gtin', flat=True))
    for product in products.exclude(gtin=''):
        old = product.gtin
        if not old.isdigit() or len(old) not in (8, 12, 13, 14):
            continue
        number = old.lstrip('0')
        new = number.zfill(8 if len(number) <= 8 else 13)
        if new == old or new in taken:
            continue
        taken.add(new)
        product.gtin = new
        product.search_text = product.search_text.replace(old, new)
        product.save(update_fields=['gtin', 'search_text'])


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0003_changed_products'),
    ]

    operations = [
        migrations.CreateModel(
            name='LoadedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=600)),
                ('values', models.JSONField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='product',
            name='product_daily_servings_in_order',
        ),
        migrations.RunPython(mend, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='evidence',
            name='dose_elemental_mg',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='Elemental magnesium a day, mg. Where a study gave only the compound, leave this blank and say so in a note.', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'), 'This must be more than zero.')], verbose_name='dose (elemental mg)'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='n',
            field=models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1, 'This must be one at least; leave it blank when it is not known.')], verbose_name='people or animals'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='dose_elemental_mg',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='Elemental magnesium a day, mg. Where a study gave only the compound, leave this blank and say so in a note.', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'), 'This must be more than zero.')], verbose_name='dose (elemental mg)'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='n',
            field=models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1, 'This must be one at least; leave it blank when it is not known.')], verbose_name='people or animals'),
        ),
        migrations.AlterField(
            model_name='laxativeobservation',
            name='compound_mg_high',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'), 'This must be more than zero.')], verbose_name='laxative dose of the compound, to (mg)'),
        ),
        migrations.AlterField(
            model_name='laxativeobservation',
            name='compound_mg_low',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'), 'This must be more than zero.')], verbose_name='laxative dose of the compound, from (mg)'),
        ),
        migrations.AlterField(
            model_name='laxativeobservation',
            name='onset_hours_high',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0)]),
        ),
        migrations.AlterField(
            model_name='laxativeobservation',
            name='onset_hours_low',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0)]),
        ),
        migrations.AlterField(
            model_name='laxativeobservation',
            name='threshold_elemental_mg',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'), 'This must be more than zero.')]),
        ),
        migrations.AlterField(
            model_name='magnesiumform',
            name='label_fraction_high_percent',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='Highest share of magnesium seen on labels, %.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='highest share on labels (%)'),
        ),
        migrations.AlterField(
            model_name='magnesiumform',
            name='label_fraction_low_percent',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='Lowest share of magnesium seen on labels, %.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='lowest share on labels (%)'),
        ),
        migrations.AlterField(
            model_name='product',
            name='checked_on',
            field=models.DateField(blank=True, help_text='Day on which an editor last held this record against the label.', null=True, validators=[products.models.columns.not_in_future]),
        ),
        migrations.AlterField(
            model_name='sideeffect',
            name='dose_elemental_mg',
            field=models.DecimalField(blank=True, decimal_places=3, help_text='Elemental magnesium a day, mg, at which it was seen.', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'), 'This must be more than zero.')], verbose_name='at a dose of (elemental mg)'),
        ),
        migrations.AlterField(
            model_name='source',
            name='sample_size',
            field=models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1, 'This must be one at least; leave it blank when it is not known.')]),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('effect_unit__in', ('RR', 'OR', 'HR')), _negated=True), models.Q(models.Q(('effect_size__isnull', True), ('effect_size__gt', 0), _connector='OR'), models.Q(('ci_low__isnull', True), ('ci_low__gt', 0), _connector='OR'), models.Q(('ci_high__isnull', True), ('ci_high__gt', 0), _connector='OR')), _connector='OR'), name='evidence_ratio_positive', violation_error_message='A ratio (RR, OR, HR) is more than zero. For a difference, give its own unit instead.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('dose_elemental_mg__isnull', True), ('dose_elemental_mg__gt', 0), _connector='OR'), name='evidence_dose_positive', violation_error_message='This must be more than zero; leave it blank when it is not known.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('n__isnull', True), ('n__gt', 0), _connector='OR'), name='evidence_n_positive', violation_error_message='This must be more than zero; leave it blank when it is not known.'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('dose_elemental_mg__isnull', True), ('dose_elemental_mg__gt', 0), _connector='OR'), name='finding_dose_positive', violation_error_message='This must be more than zero; leave it blank when it is not known.'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('n__isnull', True), ('n__gt', 0), _connector='OR'), name='finding_n_positive', violation_error_message='This must be more than zero; leave it blank when it is not known.'),
        ),
        migrations.AddConstraint(
            model_name='laxativeobservation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('threshold_elemental_mg__isnull', True), ('threshold_elemental_mg__gt', 0), _connector='OR'), models.Q(('compound_mg_low__isnull', True), ('compound_mg_low__gt', 0), _connector='OR'), models.Q(('compound_mg_high__isnull', True), ('compound_mg_high__gt', 0), _connector='OR')), name='laxative_doses_positive', violation_error_message='This must be more than zero; leave it blank when it is not known.'),
        ),
        migrations.AddConstraint(
            model_name='laxativeobservation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('onset_hours_low__isnull', True), ('onset_hours_low__gte', 0), _connector='OR'), models.Q(('onset_hours_high__isnull', True), ('onset_hours_high__gte', 0), _connector='OR')), name='laxative_onset_not_negative', violation_error_message='It cannot begin before it is taken.'),
        ),
        migrations.AddConstraint(
            model_name='magnesiumform',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('label_fraction_low_percent__isnull', True), ('label_fraction_low_percent__range', (0, 100)), _connector='OR'), models.Q(('label_fraction_high_percent__isnull', True), ('label_fraction_high_percent__range', (0, 100)), _connector='OR')), name='form_label_fractions_are_percent', violation_error_message='A share lies from 0 to 100 %.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('daily_servings_high__isnull', True), ('daily_servings_low__isnull', True)), models.Q(('daily_servings_high__isnull', False), ('daily_servings_low__isnull', False), ('daily_servings_low__lte', models.F('daily_servings_high'))), _connector='OR'), name='product_daily_servings_in_order', violation_error_message='Servings a day: give both ends, the lower one first.'),
        ),
        migrations.AddConstraint(
            model_name='referenceintake',
            constraint=models.CheckConstraint(condition=models.Q(('age_from_years__isnull', True), ('age_to_years__isnull', True), ('age_from_years__lt', models.F('age_to_years')), _connector='OR'), name='intake_ages_in_order', violation_error_message='The age from which it holds lies below the one up to which it does.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('sample_size__isnull', True), ('sample_size__gt', 0), _connector='OR'), name='source_sample_size_positive', violation_error_message='This must be more than zero; leave it blank when it is not known.'),
        ),
        migrations.AddConstraint(
            model_name='upperlevel',
            constraint=models.CheckConstraint(condition=models.Q(('age_from_years__isnull', True), ('age_to_years__isnull', True), ('age_from_years__lt', models.F('age_to_years')), _connector='OR'), name='upper_level_ages_in_order', violation_error_message='The age from which it holds lies below the one up to which it does.'),
        ),
        migrations.AddConstraint(
            model_name='loadedrow',
            constraint=models.UniqueConstraint(fields=('file', 'key'), name='loaded_row_once'),
        ),
    ]
