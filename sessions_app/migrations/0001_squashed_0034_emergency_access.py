"""Every table as it is after 0034, in one step: a new database is made in a fraction of the time.

A database that has some of the steps already takes the remaining ones one by one. Both ways lead to
the same tables (tests/guards/test_two_ways.py).
"""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import sessions_app.clinics.models
import sessions_app.clinics.owned
import sessions_app.identity
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sessions_app', '0001_first_tables'), ('sessions_app', '0002_clinics_held_by_links'), ('sessions_app', '0003_known_codes'), ('sessions_app', '0004_counts_that_cannot_be'), ('sessions_app', '0005_fact_units_and_counts'), ('sessions_app', '0006_rooms_in_order_and_indexes_by_clinic'), ('sessions_app', '0007_place_keys'), ('sessions_app', '0008_every_kind_of_fact'), ('sessions_app', '0009_orders'), ('sessions_app', '0010_a_session_is_of_its_courses_patient'), ('sessions_app', '0011_asked_and_not_known'), ('sessions_app', '0012_receipts_and_answers'), ('sessions_app', '0013_thresholds_emergencies_incidents'), ('sessions_app', '0014_times_beside_the_touch'), ('sessions_app', '0015_keys_beside_the_score'), ('sessions_app', '0016_fill_the_keys_beside_the_score'), ('sessions_app', '0017_the_keys_are_held'), ('sessions_app', '0018_kept_scores_and_same_patient'), ('sessions_app', '0019_what_the_sums_have_not_seen'), ('sessions_app', '0020_sums_beside_the_rows'), ('sessions_app', '0021_what_was_outside_the_arm'), ('sessions_app', '0022_fill_what_was_outside_the_arm'), ('sessions_app', '0023_outbox'), ('sessions_app', '0024_roles_end_with_a_date'), ('sessions_app', '0025_counting_tries'), ('sessions_app', '0026_idle_time_of_a_clinic'), ('sessions_app', '0027_who_looked_at_a_chart'), ('sessions_app', '0028_invitations'), ('sessions_app', '0029_kept_forms'), ('sessions_app', '0030_reading_the_audit_trail'), ('sessions_app', '0031_settings_of_a_clinic'), ('sessions_app', '0032_sign_ins_and_second_factors'), ('sessions_app', '0033_practitioner_profiles'), ('sessions_app', '0034_emergency_access')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Protocol',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40)),
                ('version', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('content_hash', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='protocol_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic_id', models.UUIDField()),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=200)),
                ('action', models.CharField(max_length=60)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.UUIDField()),
                ('old', models.JSONField(default=dict)),
                ('new', models.JSONField(default=dict)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic_id', 'subject_id'], name='audit_by_subject'), models.Index(fields=['clinic_id', 'at', 'seq'], name='audit_by_time')],
                'constraints': [models.UniqueConstraint(fields=('clinic_id', 'seq'), name='audit_one_row_a_link')],
            },
        ),
        migrations.CreateModel(
            name='CatalogueEdition',
            fields=[
                ('edition', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('rules', models.JSONField(default=list)),
                ('first_used', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ChainCheck',
            fields=[
                ('clinic_id', models.UUIDField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('checked_at', models.DateTimeField()),
                ('fault', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('clinic_id', models.UUIDField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Clinic',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('time_zone', models.CharField(max_length=60)),
                ('emergency_text', models.CharField(max_length=300)),
                ('emergency_number', models.CharField(max_length=40)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('idle_minutes', models.PositiveSmallIntegerField(default=15)),
                ('retention_years', models.PositiveSmallIntegerField(default=10)),
                ('sign_off', models.CharField(choices=[('none', "Nobody's"), ('volunteers', "Volunteers'"), ('everybody', "Everybody's")], default='none', max_length=20)),
                ('second_factor_roles', models.JSONField(blank=True, default=sessions_app.clinics.models.roles_that_need_a_second_factor)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('idle_minutes__range', (5, 240))), name='clinic_idle_5_to_240'), models.CheckConstraint(condition=models.Q(('retention_years__range', (3, 30))), name='clinic_keeps_records_for_years'), models.CheckConstraint(condition=models.Q(('sign_off__in', ['none', 'volunteers', 'everybody'])), name='clinic_known_sign_off')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('display_name', models.CharField(max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower_case')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='KeptForm',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('owner', models.CharField(max_length=64)),
                ('said', models.TextField()),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['owner'], name='kept_form_by_owner'), models.Index(fields=['kept_at'], name='kept_form_by_age')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True)),
                ('written_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('given_up_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, choices=[('unreachable', 'no answer'), ('sign_in', 'sign-in refused'), ('sender', 'sender refused'), ('recipient', 'recipient refused'), ('later', 'asked to wait'), ('refused', 'refused'), ('unreadable', 'not a letter'), ('too_old', 'too old')], max_length=20)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_try__isnull', False)), fields=['next_try'], name='letter_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('given_up_at__isnull', True), ('next_try__isnull', False), ('sent_at__isnull', True)), models.Q(('given_up_at__isnull', True), ('next_try__isnull', True), ('sent_at__isnull', False)), models.Q(('given_up_at__isnull', False), ('next_try__isnull', True), ('sent_at__isnull', True)), _connector='OR'), name='letter_waits_or_has_ended'), models.CheckConstraint(condition=models.Q(('failure__in', ['', 'unreachable', 'sign_in', 'sender', 'recipient', 'later', 'refused', 'unreadable', 'too_old'])), name='letter_known_failure'), models.CheckConstraint(condition=models.Q(('given_up_at__isnull', True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='letter_given_up_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='PasswordTry',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('tries', models.PositiveIntegerField()),
                ('last_ms', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['last_ms'], name='password_try_by_age')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Arm',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('protocol', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arms', to='sessions_app.protocol')),
                ('code', models.SlugField(max_length=40)),
                ('title', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('protocol', 'code'), name='arm_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='FoldedWindow',
            fields=[
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.clinic')),
                ('pk', models.CompositePrimaryKey('clinic_id', 'since', blank=True, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ClinicThreshold',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('key', models.CharField(max_length=40)),
                ('value', models.DecimalField(decimal_places=2, max_digits=10)),
                ('decided_by_name', models.CharField(max_length=120)),
                ('decided_by_role', models.CharField(max_length=80)),
                ('reason', models.CharField(max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'key'], name='threshold_by_key')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='clinicthreshold_in_clinic'), models.CheckConstraint(condition=models.Q(('value__gt', 0), models.Q(('key', ''), _negated=True)), name='threshold_is_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by_name', ''), _negated=True), models.Q(('decided_by_role', ''), _negated=True)), name='threshold_has_its_clinician'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='threshold_has_its_reason')],
            },
        ),
        migrations.CreateModel(
            name='CodeTries',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='code_tries', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('email', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('therapist', 'Therapist'), ('volunteer', 'Volunteer'), ('supervisor', 'Supervisor'), ('admin', 'Administrator')], max_length=20)),
                ('secret_hash', models.CharField(max_length=64)),
                ('invited_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('accepted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='invitation_in_clinic'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('clinic', 'email'), name='invitation_one_waiting'), models.CheckConstraint(condition=models.Q(('role__in', ['therapist', 'volunteer', 'supervisor', 'admin'])), name='invitation_known_role'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='invitation_email_lower_case'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at'))), name='invitation_expires_after_sent'), models.CheckConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_ends_once'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_by_somebody')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('therapist', 'Therapist'), ('volunteer', 'Volunteer'), ('supervisor', 'Supervisor'), ('admin', 'Administrator')], max_length=20)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('deactivated_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='membership_in_clinic'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('clinic', 'user'), name='membership_one_role'), models.CheckConstraint(condition=models.Q(('role__in', ['therapist', 'volunteer', 'supervisor', 'admin'])), name='membership_known_role'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('since')), _connector='OR'), name='membership_ends_after_start')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Patient',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('chart_number', models.CharField(max_length=40)),
                ('given_names', models.CharField(max_length=120)),
                ('family_name', models.CharField(max_length=120)),
                ('birth_date', models.DateField()),
                ('language', models.CharField(blank=True, max_length=40)),
                ('ward', models.CharField(blank=True, max_length=60)),
                ('room', models.CharField(blank=True, max_length=40)),
                ('cancer_type', models.CharField(blank=True, max_length=200)),
                ('icd10', models.CharField(blank=True, max_length=10, verbose_name='ICD-10 code')),
                ('status', models.CharField(choices=[('active', 'Active'), ('discharged', 'Discharged'), ('died', 'Died')], default='active', max_length=20)),
                ('search_key', models.CharField(editable=False, max_length=400)),
                ('place_key', models.CharField(default='', editable=False, max_length=400)),
                ('registered_at', models.DateTimeField()),
                ('registered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'status', 'place_key', 'family_name'], name='patient_round'), models.Index(fields=['clinic', 'birth_date'], name='patient_by_birth_date')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='patient_in_clinic'), models.UniqueConstraint(fields=('clinic', 'chart_number'), name='patient_chart_number_once'), models.CheckConstraint(condition=models.Q(('status__in', ['active', 'discharged', 'died'])), name='patient_known_status')],
            },
        ),
        migrations.CreateModel(
            name='PractitionerProfile',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('licence_number', models.CharField(blank=True, max_length=60)),
                ('licence_until', models.DateField(blank=True, null=True)),
                ('insurance_until', models.DateField(blank=True, null=True)),
                ('training_hours', models.PositiveIntegerField(blank=True, null=True)),
                ('course_provider', models.CharField(blank=True, max_length=120)),
                ('course_hours', models.PositiveIntegerField(blank=True, null=True)),
                ('course_on', models.DateField(blank=True, null=True)),
                ('months_with_advanced_cancer', models.PositiveIntegerField(blank=True, null=True)),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='practitionerprofile_in_clinic'), models.UniqueConstraint(fields=('clinic', 'user'), name='profile_one_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('training_hours', None), ('training_hours__range', (0, 20000)), _connector='OR'), models.Q(('course_hours', None), ('course_hours__range', (1, 2000)), _connector='OR'), models.Q(('months_with_advanced_cancer', None), ('months_with_advanced_cancer__range', (0, 720)), _connector='OR')), name='profile_can_be_believed'), models.CheckConstraint(condition=models.Q(models.Q(('course_provider', ''), _negated=True), models.Q(('course_hours', None), ('course_on', None)), _connector='OR'), name='profile_course_has_its_provider')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
                ('mark', models.UUIDField(null=True)),
                ('browser', models.CharField(blank=True, max_length=60)),
                ('began_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['mark'], name='sign_in_by_mark')],
                'constraints': [models.CheckConstraint(condition=models.Q(('user', None), models.Q(('began_at__isnull', False), ('mark__isnull', False)), _connector='OR'), name='sign_in_of_a_person_has_its_mark')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.clinic')),
                ('pk', models.CompositePrimaryKey('clinic_id', 'since', 'arm_id', 'scale', 'n', blank=True, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('arm', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.arm')),
                ('scale', models.CharField(max_length=20)),
                ('n', models.IntegerField()),
                ('patients', models.IntegerField()),
                ('rise', models.BigIntegerField()),
                ('rise_squares', models.BigIntegerField()),
                ('befores', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='WeekOfScores',
            fields=[
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.clinic')),
                ('pk', models.CompositePrimaryKey('clinic_id', 'week', 'arm_id', 'scale', 'before_missing', 'after_missing', 'late', blank=True, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField()),
                ('arm', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.arm')),
                ('scale', models.CharField(max_length=20)),
                ('before_missing', models.CharField(max_length=20)),
                ('after_missing', models.CharField(max_length=20)),
                ('late', models.BooleanField()),
                ('sessions', models.IntegerField()),
                ('n', models.IntegerField()),
                ('rise', models.IntegerField()),
                ('squares', models.IntegerField()),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='WeekOfSessions',
            fields=[
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.clinic')),
                ('pk', models.CompositePrimaryKey('clinic_id', 'week', 'arm_id', 'status', 'not_given_reason', blank=True, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField()),
                ('arm', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.arm')),
                ('status', models.CharField(max_length=20)),
                ('not_given_reason', models.CharField(max_length=30)),
                ('sessions', models.IntegerField()),
                ('counted', models.IntegerField()),
                ('minutes', models.IntegerField()),
                ('flagged', models.IntegerField()),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ClinicalFact',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='sessions_app.patient')),
                ('kind', models.CharField(choices=[('bone_metastasis', 'Bone metastasis'), ('fracture_risk', 'Fracture risk'), ('fragile_bones', 'Fragile bones'), ('unstable_spine', 'Unstable spine'), ('platelets', 'Platelet count'), ('neutrophils', 'Neutrophil count'), ('haemoglobin', 'Haemoglobin'), ('bleeding_risk', 'Bleeds or bruises easily'), ('limb_clot_signs', 'Signs of a clot in a limb'), ('recent_clot', 'Clot in the last three months'), ('lymph_nodes', 'Lymph nodes removed or irradiated'), ('lymphoedema', 'Lymphoedema'), ('sudden_swelling', 'Swelling that grew suddenly'), ('new_leg_oedema', 'New swelling of both legs'), ('chronic_oedema', 'Long-standing oedema'), ('other_metastasis', 'Other metastasis'), ('tumour', 'Tumour, enlarged nodes or recurrence'), ('surgery', 'Surgery'), ('procedure', 'Operation or procedure this admission'), ('radiotherapy', 'External radiotherapy'), ('radionuclide', 'Radioactive implant or drug'), ('radiation_fibrosis', 'Hardened skin after radiation'), ('chemotherapy', 'Chemotherapy dose'), ('active_treatment', 'Cancer treatment under way'), ('myelosuppressive_therapy', 'Treatment that lowers blood counts'), ('device', 'Port, line or drain'), ('stent', 'Stent'), ('stoma', 'Stoma, feeding tube or catheter bag'), ('medicine_patch', 'Medicine patch'), ('wound', 'Open wound'), ('fragile_skin', 'Fragile or sore skin'), ('neuropathy', 'Numbness or neuropathy'), ('allodynia', 'Light touch hurts'), ('temperature', 'Temperature'), ('feverish', 'Shivering or feverish'), ('back_pain_signs', 'Warning pain in back or neck'), ('cord_signs', 'Weak legs, numbness, bladder or bowel change'), ('embolism_signs', 'Sudden breathlessness or chest pain'), ('infection', 'Infection or isolation'), ('new_pain', 'New or different pain'), ('sedation', 'Drowsy or confused by medicine'), ('neuro_signs', 'Seizure, new confusion or severe headache'), ('blood_pressure', 'Systolic blood pressure'), ('dizziness', 'Dizzy on rising'), ('breathless_lying', 'Cannot lie flat'), ('abdomen_enlarged', 'Enlarged belly, liver or spleen'), ('cachexia', 'Very thin or exhausted'), ('actively_dying', 'Actively dying'), ('cannot_self_report', 'Cannot say how it is'), ('consent', 'Consent to massage'), ('sensitive_consent', 'Consent for breast, chest wall or buttock'), ('allergy', 'Allergy or nausea with smells')], max_length=40)),
                ('sites', models.JSONField(default=list)),
                ('value', models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('observed_on', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unknown_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'patient', 'kind'], name='fact_by_patient')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='clinicalfact_in_clinic'), models.UniqueConstraint(fields=('clinic', 'id', 'patient'), name='fact_with_patient_in_clinic'), models.CheckConstraint(condition=models.Q(('kind__in', ['bone_metastasis', 'fracture_risk', 'fragile_bones', 'unstable_spine', 'platelets', 'neutrophils', 'haemoglobin', 'bleeding_risk', 'limb_clot_signs', 'recent_clot', 'lymph_nodes', 'lymphoedema', 'sudden_swelling', 'new_leg_oedema', 'chronic_oedema', 'other_metastasis', 'tumour', 'surgery', 'procedure', 'radiotherapy', 'radionuclide', 'radiation_fibrosis', 'chemotherapy', 'active_treatment', 'myelosuppressive_therapy', 'device', 'stent', 'stoma', 'medicine_patch', 'wound', 'fragile_skin', 'neuropathy', 'allodynia', 'temperature', 'feverish', 'back_pain_signs', 'cord_signs', 'embolism_signs', 'infection', 'new_pain', 'sedation', 'neuro_signs', 'blood_pressure', 'dizziness', 'breathless_lying', 'abdomen_enlarged', 'cachexia', 'actively_dying', 'cannot_self_report', 'consent', 'sensitive_consent', 'allergy'])), name='fact_known_kind'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('observed_on')), _connector='OR'), name='fact_valid_after_observed'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('observed_on')), _connector='OR'), name='fact_ends_after_observed'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='fact_end_has_its_author'), models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__gte', 0), _connector='OR'), name='fact_value_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('unit', ''), models.Q(('value__isnull', True), models.Q(('kind__in', ['fracture_risk', 'unstable_spine', 'platelets', 'neutrophils', 'haemoglobin', 'temperature', 'blood_pressure']), _negated=True), _connector='OR')), models.Q(('kind', 'fracture_risk'), ('unit__in', ['points']), ('value__isnull', False)), models.Q(('kind', 'unstable_spine'), ('unit__in', ['points']), ('value__isnull', False)), models.Q(('kind', 'platelets'), ('unit__in', ['per_nl', 'per_ul']), ('value__isnull', False)), models.Q(('kind', 'neutrophils'), ('unit__in', ['per_nl', 'per_ul']), ('value__isnull', False)), models.Q(('kind', 'haemoglobin'), ('unit__in', ['g_per_dl', 'g_per_l']), ('value__isnull', False)), models.Q(('kind', 'temperature'), ('unit__in', ['celsius', 'fahrenheit']), ('value__isnull', False)), models.Q(('kind', 'blood_pressure'), ('unit__in', ['mmhg']), ('value__isnull', False)), _connector='OR'), name='fact_unit_fits_kind'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', 'fracture_risk'), _negated=True), models.Q(('unit', 'points'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('4.000')), ('value__lte', Decimal('12.000'))), _connector='OR'), models.Q(models.Q(('kind', 'unstable_spine'), _negated=True), models.Q(('unit', 'points'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('0.000')), ('value__lte', Decimal('18.000'))), _connector='OR'), models.Q(models.Q(('kind', 'platelets'), _negated=True), models.Q(('unit', 'per_nl'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('0.000')), ('value__lte', Decimal('3000.000'))), _connector='OR'), models.Q(models.Q(('kind', 'platelets'), _negated=True), models.Q(('unit', 'per_ul'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('0.000')), ('value__lte', Decimal('3000000.000'))), _connector='OR'), models.Q(models.Q(('kind', 'neutrophils'), _negated=True), models.Q(('unit', 'per_nl'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('0.000')), ('value__lte', Decimal('200.000'))), _connector='OR'), models.Q(models.Q(('kind', 'neutrophils'), _negated=True), models.Q(('unit', 'per_ul'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('0.000')), ('value__lte', Decimal('200000.000'))), _connector='OR'), models.Q(models.Q(('kind', 'haemoglobin'), _negated=True), models.Q(('unit', 'g_per_dl'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('0.000')), ('value__lte', Decimal('25.000'))), _connector='OR'), models.Q(models.Q(('kind', 'haemoglobin'), _negated=True), models.Q(('unit', 'g_per_l'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('0.000')), ('value__lte', Decimal('250.000'))), _connector='OR'), models.Q(models.Q(('kind', 'temperature'), _negated=True), models.Q(('unit', 'celsius'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('25.000')), ('value__lte', Decimal('45.000'))), _connector='OR'), models.Q(models.Q(('kind', 'temperature'), _negated=True), models.Q(('unit', 'fahrenheit'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('77.000')), ('value__lte', Decimal('113.000'))), _connector='OR'), models.Q(models.Q(('kind', 'blood_pressure'), _negated=True), models.Q(('unit', 'mmhg'), _negated=True), ('value__isnull', True), models.Q(('value__gte', Decimal('0.000')), ('value__lte', Decimal('300.000'))), _connector='OR')), name='fact_value_can_be_believed')],
            },
        ),
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.patient')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('home', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('opened_as', models.CharField(max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('began_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seen_at', models.DateTimeField(null=True)),
                ('seen_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'began_at'], name='access_by_time'), models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['clinic'], name='access_not_seen')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='emergencyaccess_in_clinic'), models.CheckConstraint(condition=models.Q(('opened_as__in', ['therapist', 'volunteer', 'supervisor', 'admin']), models.Q(('reason', ''), _negated=True)), name='access_by_a_role_for_a_reason'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('began_at')), models.Q(('home', models.F('clinic')), _negated=True)), name='access_from_elsewhere_for_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__gte', models.F('began_at')), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='access_ended_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('seen_at__isnull', True), ('seen_by__isnull', True)), models.Q(('seen_at__gte', models.F('began_at')), ('seen_at__isnull', False), ('seen_by__isnull', False)), _connector='OR'), name='access_seen_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='sessions_app.patient')),
                ('arm', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='sessions_app.arm')),
                ('starts_on', models.DateField()),
                ('checklist', models.JSONField(default=dict)),
                ('outside_protocol', models.BooleanField()),
                ('enrolled_at', models.DateTimeField()),
                ('enrolled_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'arm', 'starts_on'], name='enrolment_by_arm')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='enrolment_in_clinic'), models.UniqueConstraint(fields=('clinic', 'id', 'patient'), name='enrolment_with_patient_in_clinic'), models.UniqueConstraint(fields=('clinic', 'id', 'patient', 'arm'), name='enrolment_with_arm_in_clinic'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('clinic', 'patient'), name='enrolment_one_running'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='enrolment_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='sessions_app.patient')),
                ('rules', models.JSONField(default=list)),
                ('sites', models.JSONField(blank=True, default=list)),
                ('up_to', models.SmallIntegerField()),
                ('clinician_name', models.CharField(max_length=120)),
                ('clinician_role', models.CharField(max_length=80)),
                ('ordered_on', models.DateField()),
                ('expires_on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'patient'], name='order_by_patient')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='order_in_clinic'), models.CheckConstraint(condition=models.Q(('expires_on__gte', models.F('ordered_on'))), name='order_expires_after_ordered'), models.CheckConstraint(condition=models.Q(('expires_on__lte', django.db.models.expressions.CombinedExpression(models.F('ordered_on'), '+', models.Value(datetime.timedelta(days=92))))), name='order_holds_three_months'), models.CheckConstraint(condition=models.Q(('up_to__gte', -1), ('up_to__lte', 5)), name='order_up_to_a_pressure'), models.CheckConstraint(condition=models.Q(models.Q(('clinician_name', ''), _negated=True), models.Q(('clinician_role', ''), _negated=True)), name='order_has_its_clinician'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('ordered_on')), _connector='OR'), name='order_ends_after_ordered'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='order_end_has_its_author')],
            },
        ),
        migrations.CreateModel(
            name='PatientTotal',
            fields=[
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.clinic')),
                ('pk', models.CompositePrimaryKey('clinic_id', 'since', 'patient_id', 'arm_id', 'scale', blank=True, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.patient')),
                ('arm', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sessions_app.arm')),
                ('scale', models.CharField(max_length=20)),
                ('n', models.IntegerField()),
                ('rise', models.IntegerField()),
                ('squares', models.IntegerField()),
                ('befores', models.IntegerField()),
                ('without_after', models.IntegerField()),
                ('their_befores', models.IntegerField()),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Unfolded',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.patient')),
                ('week', models.DateField()),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='unfolded_in_clinic')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='TimedCare',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='timed_care', to='sessions_app.patient')),
                ('kind', models.CharField(choices=[('opioid_breakthrough', 'Breakthrough dose'), ('opioid_regular', 'Regular opioid dose'), ('analgesic', 'Other pain medicine'), ('radiotherapy', 'Radiotherapy'), ('chemotherapy', 'Chemotherapy'), ('procedure', 'Procedure'), ('physiotherapy', 'Physiotherapy')], max_length=30)),
                ('happens_at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(choices=[('member', 'Recorded'), ('import', 'Brought in')], max_length=20)),
                ('client_key', models.UUIDField()),
                ('replaces', sessions_app.clinics.owned.SameClinicKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='sessions_app.timedcare')),
                ('fact', sessions_app.clinics.owned.SameClinicKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='timed_care', to='sessions_app.clinicalfact')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'patient', 'happens_at'], name='timed_by_patient')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='timedcare_in_clinic'), models.UniqueConstraint(fields=('clinic', 'client_key'), name='timed_key_once'), models.UniqueConstraint(fields=('clinic', 'id', 'patient'), name='timed_with_patient_in_clinic'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('clinic', 'patient', 'kind', 'happens_at'), name='timed_once_at_a_time'), models.CheckConstraint(condition=models.Q(('kind__in', ['opioid_breakthrough', 'opioid_regular', 'analgesic', 'radiotherapy', 'chemotherapy', 'procedure', 'physiotherapy']), ('source__in', ['member', 'import'])), name='timed_known_kind_and_source'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='timed_withdrawn_by_whom_and_why'), models.CheckConstraint(condition=models.Q(('fact__isnull', True), ('happens_at__lte', models.F('recorded_at')), _connector='OR'), name='timed_plan_is_no_fact')],
            },
        ),
        migrations.CreateModel(
            name='ChartRead',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='sessions_app.patient')),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('read_as', models.CharField(max_length=20)),
                ('page', models.CharField(max_length=60)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('at', models.DateTimeField()),
                ('access', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='sessions_app.emergencyaccess')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['clinic', 'patient', 'at', 'id'], name='read_by_patient'), models.Index(condition=models.Q(('access__isnull', False)), fields=['clinic', 'access'], name='read_by_access')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='chartread_in_clinic'), models.CheckConstraint(condition=models.Q(('read_as__in', ['therapist', 'volunteer', 'supervisor', 'admin'])), name='read_known_role'), models.CheckConstraint(condition=models.Q(('page', ''), _negated=True), name='read_of_a_page')],
            },
        ),
        migrations.CreateModel(
            name='EmergencySeen',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='sessions_app.patient')),
                ('enrolment', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='sessions_app.enrolment')),
                ('cause', models.CharField(choices=[('start', 'A start was refused'), ('opened', 'Opened by a person')], max_length=20)),
                ('rules', models.JSONField(default=list)),
                ('facts', models.JSONField(default=list)),
                ('found', models.JSONField(default=list)),
                ('told_before', models.JSONField(default=dict)),
                ('seen_at', models.DateTimeField()),
                ('seen_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seen_as', models.CharField(choices=[('therapist', 'Therapist'), ('volunteer', 'Volunteer'), ('supervisor', 'Supervisor'), ('admin', 'Administrator')], max_length=20)),
                ('done', models.CharField(blank=True, max_length=500)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closing_note', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'patient'], name='emergency_by_patient'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['clinic', 'seen_at'], name='emergency_open')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='emergencyseen_in_clinic'), models.CheckConstraint(condition=models.Q(('cause__in', ['start', 'opened']), ('seen_as__in', ['therapist', 'volunteer', 'supervisor', 'admin'])), name='emergency_known_codes'), models.CheckConstraint(condition=models.Q(models.Q(('done', ''), ('done_at__isnull', True), ('done_by__isnull', True)), models.Q(models.Q(('done', ''), _negated=True), ('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='emergency_done_has_its_author'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('closing_note', '')), models.Q(('closed_at__gte', models.F('seen_at')), ('closed_by__isnull', False), models.Q(('closing_note', ''), _negated=True)), _connector='OR'), name='emergency_closed_with_a_note')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='sessions_app.patient')),
                ('enrolment', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='sessions_app.enrolment')),
                ('arm', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.arm')),
                ('given_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_as', models.CharField(choices=[('therapist', 'Therapist'), ('volunteer', 'Volunteer'), ('supervisor', 'Supervisor'), ('admin', 'Administrator')], max_length=20)),
                ('status', models.CharField(choices=[('in_progress', 'In progress'), ('given', 'Given'), ('not_given', 'Not given')], max_length=20)),
                ('counted', models.BooleanField(default=False)),
                ('performed_at', models.DateTimeField()),
                ('date_source', models.CharField(choices=[('now', 'Now'), ('typed', 'Typed')], max_length=10)),
                ('recorded_at', models.DateTimeField()),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('techniques', models.JSONField(default=list)),
                ('plan', models.JSONField(default=dict)),
                ('position', models.CharField(blank=True, choices=[('supine', 'On the back'), ('semi_reclined', 'Half sitting'), ('side_left', 'On the left side'), ('side_right', 'On the right side'), ('prone', 'Face down'), ('seated', 'Seated'), ('other', 'Other')], max_length=20)),
                ('product', models.CharField(blank=True, choices=[('none', 'None'), ('unscented_lotion', 'Unscented lotion'), ('unscented_oil', 'Unscented oil'), ('patient_own', "The patient's own"), ('other', 'Other')], max_length=20)),
                ('interruptions', models.JSONField(default=list)),
                ('subjective', models.TextField(blank=True, max_length=4000)),
                ('objective', models.TextField(blank=True, max_length=4000)),
                ('assessment', models.TextField(blank=True, max_length=4000)),
                ('plan_note', models.TextField(blank=True, max_length=4000)),
                ('reaction', models.CharField(blank=True, choices=[('none', 'None'), ('described', 'Described')], max_length=20)),
                ('reaction_text', models.TextField(blank=True, max_length=2000)),
                ('pain_rise', models.CharField(blank=True, choices=[('told', 'Told in words'), ('not_known', 'Not known')], max_length=20)),
                ('pain_rise_text', models.CharField(blank=True, max_length=500)),
                ('stopped_early_reason', models.CharField(blank=True, choices=[('patient_asked', 'The patient asked to stop'), ('pain', 'Pain'), ('unwell', 'Unwell'), ('care', 'Care came between'), ('other', 'Other')], max_length=20)),
                ('stopped_early_text', models.CharField(blank=True, max_length=300)),
                ('minutes_since_opioid', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('not_given_reason', models.CharField(blank=True, choices=[('asleep', 'Asleep'), ('procedure', 'At a procedure'), ('declined_time', 'Declined, not now'), ('declined_no_interest', 'Declined, not wanted'), ('unwell', 'Too unwell'), ('staff', 'No therapist'), ('infection_control', 'Infection control'), ('discharged', 'Discharged'), ('died', 'Died'), ('safety_stop', 'Safety stop'), ('other', 'Other')], max_length=30)),
                ('outside', models.CharField(blank=True, db_default='', default='', max_length=60)),
                ('limit_broken', models.BooleanField(default=False)),
                ('break_reason', models.CharField(blank=True, max_length=500)),
                ('client_key', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('finish_digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'patient', 'performed_at'], name='session_by_patient'), models.Index(fields=['clinic', 'enrolment'], name='session_by_enrolment')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='session_in_clinic'), models.UniqueConstraint(fields=('clinic', 'client_key'), name='session_key_once'), models.UniqueConstraint(fields=('clinic', 'id', 'patient'), name='session_with_patient_in_clinic'), models.CheckConstraint(condition=models.Q(('minutes__isnull', True), models.Q(('minutes__gte', 1), ('minutes__lte', 240)), _connector='OR'), name='session_minutes_1_to_240'), models.CheckConstraint(condition=models.Q(('performed_at__lte', models.F('recorded_at'))), name='session_not_in_the_future'), models.CheckConstraint(condition=models.Q(models.Q(('minutes__isnull', True), ('status', 'not_given'), ('not_given_reason__in', ['asleep', 'procedure', 'declined_time', 'declined_no_interest', 'unwell', 'staff', 'infection_control', 'discharged', 'died', 'safety_stop', 'other'])), models.Q(('not_given_reason', ''), ('status__in', ['in_progress', 'given'])), _connector='OR'), name='session_not_given_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'given'), _negated=True), models.Q(('completed_at__isnull', False), ('minutes__isnull', False)), _connector='OR'), name='session_given_is_complete'), models.CheckConstraint(condition=models.Q(('counted', False), ('status', 'given'), _connector='OR'), name='session_counted_is_given'), models.UniqueConstraint(fields=('clinic', 'performed_at', 'id', 'patient', 'arm', 'given_by', 'counted'), include=('status', 'not_given_reason', 'minutes', 'recorded_at', 'limit_broken'), name='session_with_keys_in_clinic'), models.CheckConstraint(condition=models.Q(('outside__in', ['', 'technique_outside', 'site_outside', 'pressure_beyond', 'technique_outside site_outside', 'technique_outside pressure_beyond', 'site_outside pressure_beyond', 'technique_outside site_outside pressure_beyond'])), name='session_outside_known'), models.CheckConstraint(condition=models.Q(('limit_broken', False), models.Q(('break_reason', ''), _negated=True), _connector='OR'), name='session_break_has_reason'), models.UniqueConstraint(condition=models.Q(('status', 'in_progress')), fields=('clinic', 'enrolment'), name='session_one_in_progress'), models.CheckConstraint(condition=models.Q(('given_as__in', ['therapist', 'volunteer', 'supervisor', 'admin']), ('date_source__in', ['now', 'typed'])), name='session_known_role_and_source'), models.CheckConstraint(condition=models.Q(('position__in', ['supine', 'semi_reclined', 'side_left', 'side_right', 'prone', 'seated', 'other', '']), ('product__in', ['none', 'unscented_lotion', 'unscented_oil', 'patient_own', 'other', '']), ('reaction__in', ['none', 'described', ''])), name='session_known_circumstances'), models.CheckConstraint(condition=models.Q(models.Q(('pain_rise', 'told'), models.Q(('pain_rise_text', ''), _negated=True)), models.Q(('pain_rise__in', ['', 'not_known']), ('pain_rise_text', '')), _connector='OR'), name='session_pain_rise_is_told'), models.CheckConstraint(condition=models.Q(models.Q(('stopped_early_reason', ''), ('stopped_early_text', '')), models.Q(('status', 'given'), ('stopped_early_reason__in', ['patient_asked', 'pain', 'unwell', 'care', 'other'])), _connector='OR'), name='session_stopped_early_says_why'), models.CheckConstraint(condition=models.Q(('minutes_since_opioid__isnull', True), ('minutes_since_opioid__lte', 1440), _connector='OR'), name='session_opioid_within_a_day')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpScore',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('session', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='sessions_app.session')),
                ('scale', models.CharField(choices=[('pain', 'Pain'), ('mood', 'Mood'), ('relaxation', 'Relaxation'), ('sleep', 'Sleep')], max_length=20)),
                ('time_point', models.CharField(choices=[('before', 'Before'), ('during', 'During'), ('after', 'After'), ('soon_after', '20–30 minutes after'), ('next_day', 'Next day'), ('weekly', 'Weekly')], max_length=20)),
                ('value', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('missing', models.CharField(blank=True, choices=[('not_asked', 'Not asked'), ('asleep', 'Asleep'), ('declined', 'Declined'), ('unable', 'Unable'), ('left', 'Left'), ('died', 'Died')], max_length=20)),
                ('measured_at', models.DateTimeField()),
                ('reported_by', models.CharField(choices=[('patient', 'Patient'), ('therapist', 'Therapist'), ('proxy', 'Proxy')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='followupscore_in_clinic'), models.UniqueConstraint(fields=('clinic', 'session', 'scale', 'time_point'), name='follow_up_once'), models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('scale', 'pain'), ('value__gte', 0), ('value__lte', 10)), models.Q(('scale', 'mood'), ('value__gte', 0), ('value__lte', 10)), models.Q(('scale', 'relaxation'), ('value__gte', 0), ('value__lte', 10)), models.Q(('scale', 'sleep'), ('value__gte', 0), ('value__lte', 10)), models.Q(('scale', 'heart_rate'), ('value__gte', 20), ('value__lte', 250)), models.Q(('scale', 'respiratory_rate'), ('value__gte', 4), ('value__lte', 80)), _connector='OR'), name='follow_up_range'), models.CheckConstraint(condition=models.Q(models.Q(('value__isnull', True), models.Q(('missing', ''), _negated=True)), models.Q(('missing', ''), ('value__isnull', False)), _connector='OR'), name='follow_up_or_reason'), models.CheckConstraint(condition=models.Q(('time_point__in', ['before', 'during', 'after', 'soon_after', 'next_day', 'weekly']), models.Q(('time_point__in', ['before', 'after']), _negated=True)), name='follow_up_other_time'), models.CheckConstraint(condition=models.Q(('missing__in', ['not_asked', 'asleep', 'declined', 'unable', 'left', 'died', '']), ('reported_by__in', ['patient', 'therapist', 'proxy']), ('scale__in', ['pain', 'mood', 'relaxation', 'sleep'])), name='follow_up_known_codes'), models.CheckConstraint(condition=models.Q(('measured_at__lte', models.F('recorded_at'))), name='follow_up_not_in_the_future')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('session', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='sessions_app.session')),
                ('patient', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='sessions_app.patient')),
                ('kind', models.CharField(choices=[('worse_pain', 'Worse pain after'), ('reaction', 'Unwanted reaction'), ('device', 'Line or device disturbed'), ('fall', 'Fall or injury'), ('other', 'Something else')], max_length=20)),
                ('harm', models.CharField(blank=True, choices=[('none', 'No harm'), ('mild', 'Mild'), ('moderate', 'Moderate'), ('severe', 'Severe')], max_length=20)),
                ('what_happened', models.CharField(max_length=2000)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('follow_up_due', models.DateField()),
                ('follow_up_note', models.CharField(blank=True, max_length=1000)),
                ('followed_up_at', models.DateTimeField(blank=True, null=True)),
                ('followed_up_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conclusion', models.CharField(blank=True, max_length=2000)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'session'], name='incident_by_session'), models.Index(fields=['clinic', 'patient'], name='incident_by_patient'), models.Index(fields=['clinic', 'opened_at'], name='incident_by_time')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='incident_in_clinic'), models.UniqueConstraint(condition=models.Q(('kind', 'worse_pain')), fields=('clinic', 'session'), name='incident_worse_pain_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['worse_pain', 'reaction', 'device', 'fall', 'other']), ('harm__in', ['none', 'mild', 'moderate', 'severe', ''])), name='incident_known_codes'), models.CheckConstraint(condition=models.Q(('what_happened', ''), _negated=True), name='incident_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('follow_up_note', ''), ('followed_up_at__isnull', True), ('followed_up_by__isnull', True)), models.Q(('followed_up_at__gte', models.F('opened_at')), ('followed_up_by__isnull', False), models.Q(('follow_up_note', ''), _negated=True)), _connector='OR'), name='incident_followed_up_with_a_note'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('conclusion', '')), models.Q(('closed_at__gte', models.F('opened_at')), ('closed_by__isnull', False), models.Q(('conclusion', ''), _negated=True), models.Q(('harm', ''), _negated=True)), _connector='OR'), name='incident_closed_with_a_conclusion')],
            },
        ),
        migrations.CreateModel(
            name='ReminderShown',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('session', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='sessions_app.session')),
                ('rule', models.CharField(max_length=10)),
                ('rule_version', models.PositiveSmallIntegerField()),
                ('level', models.CharField(choices=[('inform', 'For information'), ('confirm', 'Please confirm'), ('stop', 'Stop'), ('emergency', 'Emergency')], max_length=20)),
                ('message', models.CharField(max_length=500)),
                ('sites', models.JSONField(default=list)),
                ('facts', models.JSONField(default=list)),
                ('confirmed', models.BooleanField()),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answer_seconds', models.PositiveIntegerField(blank=True, null=True)),
                ('overridden', models.BooleanField(null=True)),
                ('shown_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['clinic', 'session'], name='reminder_by_session')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='remindershown_in_clinic'), models.CheckConstraint(condition=models.Q(('level__in', ['inform', 'confirm', 'stop', 'emergency'])), name='reminder_known_level'), models.CheckConstraint(condition=models.Q(('answer_seconds__isnull', True), ('answer_seconds__lte', 43200), _connector='OR'), name='reminder_answered_within_12_hours')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('session', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='sessions_app.session')),
                ('performed_at', models.DateTimeField()),
                ('patient', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.patient')),
                ('arm', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.arm')),
                ('given_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('counted', models.BooleanField(default=False)),
                ('scale', models.CharField(choices=[('pain', 'Pain'), ('mood', 'Mood'), ('relaxation', 'Relaxation'), ('sleep', 'Sleep'), ('heart_rate', 'Heart rate'), ('respiratory_rate', 'Respiratory rate')], max_length=20)),
                ('before', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('before_missing', models.CharField(blank=True, choices=[('not_asked', 'Not asked'), ('asleep', 'Asleep'), ('declined', 'Declined'), ('unable', 'Unable'), ('left', 'Left'), ('died', 'Died')], max_length=20)),
                ('before_at', models.DateTimeField(blank=True, null=True)),
                ('before_by', models.CharField(blank=True, choices=[('patient', 'Patient'), ('therapist', 'Therapist'), ('proxy', 'Proxy')], max_length=20)),
                ('after', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('after_missing', models.CharField(blank=True, choices=[('not_asked', 'Not asked'), ('asleep', 'Asleep'), ('declined', 'Declined'), ('unable', 'Unable'), ('left', 'Left'), ('died', 'Died')], max_length=20)),
                ('after_at', models.DateTimeField(blank=True, null=True)),
                ('after_by', models.CharField(blank=True, choices=[('patient', 'Patient'), ('therapist', 'Therapist'), ('proxy', 'Proxy')], max_length=20)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('counted', True)), fields=['clinic', 'performed_at'], include=('scale', 'arm', 'patient', 'given_by', 'session', 'before', 'after', 'before_missing', 'after_missing', 'before_by', 'after_by'), name='score_counted_by_time')],
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='score_in_clinic'), models.UniqueConstraint(fields=('clinic', 'session', 'scale'), name='score_once_a_session'), models.CheckConstraint(condition=models.Q(('scale__in', ['pain', 'mood', 'relaxation', 'sleep', 'heart_rate', 'respiratory_rate'])), name='score_known_scale'), models.CheckConstraint(condition=models.Q(('before__isnull', True), models.Q(('before__gte', 0), ('before__lte', 10), ('scale', 'pain')), models.Q(('before__gte', 0), ('before__lte', 10), ('scale', 'mood')), models.Q(('before__gte', 0), ('before__lte', 10), ('scale', 'relaxation')), models.Q(('before__gte', 0), ('before__lte', 10), ('scale', 'sleep')), models.Q(('before__gte', 20), ('before__lte', 250), ('scale', 'heart_rate')), models.Q(('before__gte', 4), ('before__lte', 80), ('scale', 'respiratory_rate')), _connector='OR'), name='score_before_range'), models.CheckConstraint(condition=models.Q(('after__isnull', True), models.Q(('after__gte', 0), ('after__lte', 10), ('scale', 'pain')), models.Q(('after__gte', 0), ('after__lte', 10), ('scale', 'mood')), models.Q(('after__gte', 0), ('after__lte', 10), ('scale', 'relaxation')), models.Q(('after__gte', 0), ('after__lte', 10), ('scale', 'sleep')), models.Q(('after__gte', 20), ('after__lte', 250), ('scale', 'heart_rate')), models.Q(('after__gte', 4), ('after__lte', 80), ('scale', 'respiratory_rate')), _connector='OR'), name='score_after_range'), models.CheckConstraint(condition=models.Q(('before__isnull', True), ('before_missing', ''), _connector='OR'), name='score_before_or_reason'), models.CheckConstraint(condition=models.Q(('after__isnull', True), ('after_missing', ''), _connector='OR'), name='score_after_or_reason'), models.CheckConstraint(condition=models.Q(('before_missing__in', ['not_asked', 'asleep', 'declined', 'unable', 'left', 'died', '']), ('after_missing__in', ['not_asked', 'asleep', 'declined', 'unable', 'left', 'died', ''])), name='score_known_reasons'), models.CheckConstraint(condition=models.Q(('before_by__in', ['patient', 'therapist', 'proxy', '']), ('after_by__in', ['patient', 'therapist', 'proxy', ''])), name='score_known_reporters')],
            },
        ),
        migrations.CreateModel(
            name='SessionReceipt',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('session', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='sessions_app.session')),
                ('phase', models.CharField(choices=[('start', 'Start'), ('finish', 'Finish'), ('whole', 'Whole')], max_length=10)),
                ('edition', models.CharField(max_length=16)),
                ('written', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='sessionreceipt_in_clinic'), models.UniqueConstraint(fields=('clinic', 'session', 'phase'), name='receipt_once_a_phase'), models.CheckConstraint(condition=models.Q(('phase__in', ['start', 'finish', 'whole'])), name='receipt_known_phase')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SiteTreated',
            fields=[
                ('id', models.UUIDField(default=sessions_app.identity.uuid7, editable=False, primary_key=True, serialize=False)),
                ('clinic', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sessions_app.clinic')),
                ('session', sessions_app.clinics.owned.SameClinicKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='sessions_app.session')),
                ('site', models.CharField(max_length=40)),
                ('pressure', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic', 'id'), name='sitetreated_in_clinic'), models.UniqueConstraint(fields=('clinic', 'session', 'site'), name='site_once_a_session'), models.CheckConstraint(condition=models.Q(('site__in', ['scalp', 'face', 'neck_front', 'neck_back', 'clavicle_left', 'clavicle_right', 'sternum', 'chest_left', 'chest_right', 'breast_left', 'breast_right', 'axilla_left', 'axilla_right', 'abdomen_upper', 'abdomen_lower', 'groin_left', 'groin_right', 'upper_back_left', 'upper_back_right', 'shoulder_blade_left', 'shoulder_blade_right', 'spine_thoracic', 'lower_back_left', 'lower_back_right', 'spine_lumbar', 'sacrum', 'buttock_left', 'buttock_right', 'flank_left', 'flank_right', 'shoulder_left', 'shoulder_right', 'upper_arm_left', 'upper_arm_right', 'elbow_left', 'elbow_right', 'forearm_left', 'forearm_right', 'hand_left', 'hand_right', 'hip_left', 'hip_right', 'thigh_front_left', 'thigh_front_right', 'thigh_back_left', 'thigh_back_right', 'kneecap_left', 'kneecap_right', 'knee_back_left', 'knee_back_right', 'shin_left', 'shin_right', 'calf_left', 'calf_right', 'ankle_left', 'ankle_right', 'heel_left', 'heel_right', 'foot_top_left', 'foot_top_right', 'foot_sole_left', 'foot_sole_right'])), name='site_known'), models.CheckConstraint(condition=models.Q(('pressure__lte', 5)), name='site_pressure_0_to_5')],
                'indexes': [],
            },
        ),
    ]

    def apply(self, project_state, schema_editor, collect_sql=False):
        """Make all models known first, then their tables.

        Django makes each new model known to all others before its table is made: of the time that
        a new database takes, half. There is nothing here but new models.
        """
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
