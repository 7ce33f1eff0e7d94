"""A measurement has a unit of its kind and can be believed; the database holds both."""

from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0004_counts_that_cannot_be'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='clinicalfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit', ''), models.Q(('value__isnull', True), models.Q(('kind__in', ['platelets']), _negated=True), _connector='OR')), models.Q(('kind', 'platelets'), ('unit__in', ['per_nl', 'per_ul']), ('value__isnull', False)), _connector='OR'), name='fact_unit_fits_kind'),
        ),
        migrations.AddConstraint(
            model_name='clinicalfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', 'platelets'), _negated=True), models.Q(('unit', 'per_nl'), _negated=True), ('value__isnull', True), ('value__lte', Decimal('3000')), _connector='OR'), models.Q(models.Q(('kind', 'platelets'), _negated=True), models.Q(('unit', 'per_ul'), _negated=True), ('value__isnull', True), ('value__lte', Decimal('3000000')), _connector='OR')), name='fact_value_can_be_believed'),
        ),
    ]
