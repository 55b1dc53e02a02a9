"""Data items as rows of a plan, approved figures, definitions and stored results.

What was stored by KPI, measure and name before is given to items: a name of four letters or more is one item
of the plan, unless two KPIs were given different figures for it.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hengtu.core.amounts import fold
from hengtu.store.tables import CreateNarrowTable

KINDS = (
    "not_compiled", "no_statistics", "no_data", "not_applicable", "formula_changed", "blank",
    "not_due", "not_reported", "not_computable",
)
ACTUALS = (
    "kpi_id", "measure_index", "item", "period", "value", "decimal", "missing", "note",
    "entered_by_id", "entered_at",
)
RULES = ("kpi_id", "measure_index", "item", "over_time", "set_by_id", "set_at")
BATCH = 500
Place = tuple[int | None, int | None, str]


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the old rows aside."""
    for old, kept, columns in (
        ("ActualRow", "KeptActual", ACTUALS),
        ("DataItemRow", "KeptRule", RULES),
    ):
        target = apps.get_model("store", kept)
        rows = apps.get_model("store", old).objects.order_by("pk").values(*columns)
        target.objects.bulk_create((target(**row) for row in rows.iterator()), batch_size=BATCH)


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the rows put aside to data items, plan by plan."""
    kpis: dict[int, list[int]] = defaultdict(list)
    for pk, plan in apps.get_model("store", "KpiRow").objects.values_list("pk", "plan_id"):
        kpis[plan].append(pk)
    for plan, own in kpis.items():
        give_plan(apps, plan, own)


def give_plan(apps: Apps, plan: int, own: Sequence[int]) -> None:
    actuals = kept_of(apps, "KeptActual", own, "pk")
    rules = kept_of(apps, "KeptRule", own, "set_at")
    place = place_of(actuals)
    items: dict[Place, Any] = {}
    for row in [*actuals, *rules]:
        where = place(row)
        if where not in items:
            items[where] = make_item(apps, plan, where, row.item)
    for rule in rules:
        item = items[place(rule)]
        item.over_time, item.guessed = rule.over_time, False
        item.set_by_id, item.set_at = rule.set_by_id, rule.set_at
    apps.get_model("store", "DataItemRow").objects.bulk_create(items.values(), batch_size=BATCH)
    write_figures(apps, actuals, lambda row: items[place(row)])


def kept_of(apps: Apps, model: str, kpis: Sequence[int], order: str) -> list[Any]:
    """Return the rows put aside of some KPIs; few KPIs at a time, as SQLite takes few parameters."""
    rows = apps.get_model("store", model).objects
    starts = range(0, len(kpis), BATCH)
    found = [row for at in starts for row in rows.filter(kpi_id__in=kpis[at : at + BATCH])]
    return sorted(found, key=lambda row: (getattr(row, order), row.pk))


def make_item(apps: Apps, plan: int, where: Place, name: str) -> Any:
    return apps.get_model("store", "DataItemRow")(
        plan_id=plan, kpi_id=where[0], measure_index=where[1], name=fold(name)[:300].strip()
    )


def write_figures(apps: Apps, actuals: Iterable[Any], item_of: Callable[[Any], Any]) -> None:
    Actual, Figure = apps.get_model("store", "ActualRow"), apps.get_model("store", "FigureRow")
    typed: dict[tuple[int, str], Any] = {}
    figures: dict[tuple[int, int], Any] = {}
    for row in actuals:
        item, period = item_of(row), code_of(row.period)
        if period is None or (item.pk, row.period) in typed:
            continue
        typed[item.pk, row.period] = Actual(
            item_id=item.pk, period=row.period, value=row.value, decimal=row.decimal,
            missing=row.missing, note=row.note, kpi_id=row.kpi_id,
            measure_index=row.measure_index, entered_by_id=row.entered_by_id,
            entered_at=row.entered_at,
        )
        # No number and no reason was what nobody had reported.
        said = row.missing or ("not_reported" if row.value is None else "")
        kind = KINDS.index(said) + 1 if said in KINDS else 0
        figures[item.pk, period] = Figure(
            item_id=item.pk, period=period, value=None if kind else row.value, missing=kind
        )
    Actual.objects.bulk_create(typed.values(), batch_size=BATCH)
    Figure.objects.bulk_create(figures.values(), batch_size=BATCH)


def tidy(name: str) -> str:
    return fold(name).replace(" ", "")


def place_of(actuals: Iterable[Any]) -> Callable[[Any], Place]:
    """Return the function that tells where a row belongs: the plan, a KPI or one measure of it."""
    by_name: dict[str, list[Any]] = defaultdict(list)
    by_kpi: dict[tuple[int, str], list[Any]] = defaultdict(list)
    series: dict[tuple[int, int, str], dict[str, Any]] = defaultdict(dict)
    for row in actuals:
        series[row.kpi_id, row.measure_index, tidy(row.item)][row.period] = (row.value, row.missing)
    for (kpi, _measure, name), figures in series.items():
        by_name[name].append(figures)
        by_kpi[kpi, name].append(figures)

    def place(row: Any) -> Place:
        name = tidy(row.item)
        if not name:
            return row.kpi_id, row.measure_index, name
        if len(name) >= 4 and agree(by_name[name]):
            return None, None, name
        if agree(by_kpi[row.kpi_id, name]):
            return row.kpi_id, None, name
        return row.kpi_id, row.measure_index, name

    return place


def agree(several: Iterable[dict[str, Any]]) -> bool:
    """Whether no two give different figures for one period."""
    said: dict[str, set[Any]] = defaultdict(set)
    for figures in several:
        for period, figure in figures.items():
            said[period].add(figure)
    return all(len(figures) == 1 for figures in said.values())


def code_of(text: str) -> int | None:
    """Return the code of a period such as 114, 114H1, 114Q1 or 114-03, None for anything else."""
    for mark, base in (("-", -1), ("Q", 11), ("H", 15)):
        if mark in text:
            roc_year, part = text.split(mark, 1)
            if roc_year.isdecimal() and part.isdecimal():
                return int(roc_year) * 19 + base + int(part)
            return None
    return int(text) * 19 + 18 if text.isdecimal() else None


def pointer(to: str) -> Any:
    return models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE,
        related_name="+", to=to,
    )


class Migration(migrations.Migration):

    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="KeptActual",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kpi_id", models.BigIntegerField(db_index=True)),
                ("measure_index", models.PositiveSmallIntegerField()),
                ("item", models.CharField(max_length=300)),
                ("period", models.CharField(max_length=12)),
                ("value", models.FloatField(null=True)),
                ("decimal", models.CharField(max_length=60)),
                ("missing", models.CharField(max_length=24)),
                ("note", models.TextField()),
                ("entered_by_id", models.BigIntegerField()),
                ("entered_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="KeptRule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kpi_id", models.BigIntegerField(db_index=True)),
                ("measure_index", models.PositiveSmallIntegerField()),
                ("item", models.CharField(max_length=300)),
                ("over_time", models.CharField(max_length=8)),
                ("set_by_id", models.BigIntegerField()),
                ("set_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.DeleteModel(name="ActualRow"),
        migrations.DeleteModel(name="DataItemRow"),
        *(
            migrations.AddField("planrow", name, models.SmallIntegerField(blank=True, null=True))
            for name in ("judged_first", "judged_last")
        ),
        migrations.CreateModel(
            name="DataItemRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("measure_index", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("frequency", models.CharField(default="month", max_length=12)),
                ("over_time", models.CharField(default="sum", max_length=8)),
                ("over_org", models.CharField(default="sum", max_length=8)),
                ("owner", models.TextField(blank=True)),
                ("source", models.TextField(blank=True)),
                ("guessed", models.BooleanField(default=True)),
                ("set_at", models.DateTimeField(blank=True, null=True)),
                ("kpi", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="data_items", to="store.kpirow")),
                ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="data_items", to="store.planrow")),
                ("set_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("kpi", None)), fields=("plan", "name"), name="one_item_of_plan"),
                    models.UniqueConstraint(condition=models.Q(("kpi__isnull", False), ("measure_index", None)), fields=("kpi", "name"), name="one_item_of_kpi"),
                    models.UniqueConstraint(condition=models.Q(("measure_index__isnull", False)), fields=("kpi", "measure_index", "name"), name="one_item_of_measure"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActualRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(max_length=12)),
                ("value", models.FloatField(blank=True, null=True)),
                ("decimal", models.CharField(blank=True, max_length=60)),
                ("missing", models.CharField(blank=True, max_length=24)),
                ("note", models.TextField(blank=True)),
                ("measure_index", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("entered_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="actuals", to="store.dataitemrow")),
                ("kpi", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="store.kpirow")),
            ],
            options={
                "ordering": ["period", "item"],
                "constraints": [models.UniqueConstraint(fields=("item", "period"), name="one_actual_per_period")],
            },
        ),
        migrations.CreateModel(
            name="DefinitionRow",
            fields=[
                ("measure", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="store.measurerow")),
                ("content", models.JSONField(default=dict)),
                ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.planrow")),
            ],
        ),
        CreateNarrowTable(
            name="FigureRow",
            fields=[
                ("pk", models.CompositePrimaryKey("item_id", "period", blank=True, editable=False, primary_key=True, serialize=False)),
                ("item", pointer("store.dataitemrow")),
                ("period", models.SmallIntegerField(default=0)),
                ("value", models.FloatField(null=True)),
                ("missing", models.SmallIntegerField(default=0)),
            ],
        ),
        CreateNarrowTable(
            name="ItemUseRow",
            fields=[
                ("pk", models.CompositePrimaryKey("item_id", "measure_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("item", pointer("store.dataitemrow")),
                ("measure", pointer("store.measurerow")),
            ],
            options={"indexes": [models.Index(fields=["measure"], name="use_by_measure")]},
        ),
        CreateNarrowTable(
            name="ReferenceRow",
            fields=[
                ("pk", models.CompositePrimaryKey("used_id", "measure_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("used", pointer("store.measurerow")),
                ("measure", pointer("store.measurerow")),
            ],
            options={"indexes": [models.Index(fields=["measure"], name="reference_by_measure")]},
        ),
        CreateNarrowTable(
            name="ResultRow",
            fields=[
                ("pk", models.CompositePrimaryKey("measure_id", "period", blank=True, editable=False, primary_key=True, serialize=False)),
                ("measure", pointer("store.measurerow")),
                ("period", models.SmallIntegerField(default=0)),
                ("value", models.FloatField(null=True)),
                ("planned", models.FloatField(null=True)),
                ("achievement", models.FloatField(null=True)),
                ("score", models.FloatField(null=True)),
                ("coverage", models.FloatField(default=1.0)),
                ("missing", models.SmallIntegerField(default=0)),
                ("light", models.SmallIntegerField(default=-1)),
                ("reason", models.SmallIntegerField(default=0)),
                ("band", models.SmallIntegerField(default=-1)),
            ],
        ),
        CreateNarrowTable(
            name="NodeResultRow",
            fields=[
                ("pk", models.CompositePrimaryKey("plan_id", "period", "kind", "part_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("plan", pointer("store.planrow")),
                ("kind", models.SmallIntegerField(default=0)),
                ("part_id", models.BigIntegerField(default=0)),
                ("period", models.SmallIntegerField(default=0)),
                ("score", models.FloatField(null=True)),
                ("coverage", models.FloatField(default=1.0)),
                ("light", models.SmallIntegerField(default=-1)),
                ("reason", models.SmallIntegerField(default=0)),
                ("green", models.IntegerField(default=0)),
                ("yellow", models.IntegerField(default=0)),
                ("red", models.IntegerField(default=0)),
                ("white", models.IntegerField(default=0)),
            ],
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.DeleteModel(name="KeptActual"),
        migrations.DeleteModel(name="KeptRule"),
    ]
