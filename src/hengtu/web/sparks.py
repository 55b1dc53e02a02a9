"""Sparklines: a measure's year in the height of a line, with its words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from hengtu.queries.years import Course
from hengtu.web.charts import Frame, make_broken_path, make_mark, number, scale
from hengtu.web.lights import print_with_unit

SIZE = Frame(104.0, 28.0, side=8.0, top=7.0, bottom=7.0)


@dataclass(frozen=True, slots=True)
class Spark:
    """A line with its last value marked by the light; ``label`` says it in words."""

    width: int
    height: int
    line: str
    mark: str
    colour: str
    label: str


def draw_spark(course: Course, light: str, unit: str | None, until: int) -> Spark | None:
    """Return the values of a year up to a month, with two of them at least."""
    values = number(course[:until])
    if len(values) < 2:
        return None
    point = scale(list(values.values()), places=12, frame=SIZE)
    spots = {n: point(n, value) for n, value in values.items()}
    first, last = min(values), max(values)
    named = {
        "first": first + 1,
        "last": last + 1,
        "from": print_with_unit(values[first], None, unit),
        "to": print_with_unit(values[last], None, unit),
    }
    return Spark(
        width=int(SIZE.width),
        height=int(SIZE.height),
        line=make_broken_path(spots),
        mark=make_mark(*spots[last], light),
        colour=light,
        label=gettext("%(first)s月至%(last)s月：由 %(from)s 至 %(to)s") % named,
    )
