"""The city into a database: plans by the product's own ways, figures in bulk."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from django.db import connection, transaction

from cities.figures import make_figures
from cities.plans import items_of, make_plan, name_agency
from hengtu.services.definitions import compile_plan
from hengtu.services.item_book import ItemBook
from hengtu.services.plan_rows import write_parts
from hengtu.store.bulk.tables import FIGURES, count_rows
from hengtu.store.bulk.writing import insert_rows
from hengtu.store.models import AgencyRow, KpiRow, PlanRow
from hengtu.store.shapes import plan_to_columns


def fill(agencies: int, kpis: int) -> Iterator[tuple[int, int]]:
    """Make the agencies of a city and yield KPIs and figures of each."""
    with transaction.atomic():
        top, _ = AgencyRow.objects.get_or_create(name="衡光市政府", slug="city")
    for number in range(agencies):
        with transaction.atomic():
            yield kpis, fill_agency(top, number, kpis)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_agency(top: AgencyRow, number: int, kpis: int) -> int:
    """Make an agency with its plan, definitions and figures, and return how many figures."""
    name = name_agency(number)
    agency = AgencyRow.objects.create(name=name, slug=f"agency-{number}", parent=top)
    plan = make_plan(number, kpis)
    row = PlanRow.objects.create(owning_agency=agency, slug="plan", **plan_to_columns(plan))
    write_parts(row, plan)
    compile_plan(row)
    return write_figures(row, number, kpis)


def write_figures(row: PlanRow, agency: int, kpis: int) -> int:
    """Give every data item of a plan five years of figures."""
    book = ItemBook(row)
    codes = dict(KpiRow.objects.filter(plan=row).values_list("code", "pk"))
    habits = {}
    for number in range(kpis):
        for measure, name, habit in items_of(agency, number):
            if item := book.find(codes[f"K{number}"], measure, name):
                habits[item.pk] = habit
    ids = np.array(sorted(habits), np.int64)
    rows = make_figures(ids, [habits[pk] for pk in sorted(habits)], seed=agency)
    insert_rows(connection, FIGURES, rows)
    return count_rows(rows)
