"""The command that turns a plan and its actuals into results; it needs no database."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from hengtu.cli.engines import ENGINES, work_out_plan
from hengtu.cli.forecasting import forecast_plan, list_warnings
from hengtu.cli.judging import Judged, add_options, judge_plan
from hengtu.cli.printing import Commands, print_json
from hengtu.core.judging.results import Result
from hengtu.readers import read_file
from hengtu.wording.commands import help_text, summary
from hengtu.wording.lights import name_light, tell_reason
from hengtu.wording.numbers import DECIMALS, print_among, print_beside, print_number, print_share
from hengtu.writers.json import describe_forecast, describe_node, describe_result


def add_commands(commands: Commands) -> None:
    """Add compute."""
    parser = commands.add_parser("compute", help=help_text("compute"))
    parser.set_defaults(run=run_compute)
    parser.add_argument("plan", type=Path, help=help_text("file"))
    add_options(parser, needed=True)
    parser.add_argument("--engine", choices=ENGINES, help=help_text("engine"))
    parser.add_argument("--json", action="store_true", help=help_text("json"))


def run_compute(options: argparse.Namespace) -> int:
    """Print the results of a plan."""
    judged = judge_plan(read_file(options.plan).plan, options)
    if options.engine:
        judged = work_out_plan(judged, options.engine)
    if options.json:
        ahead = forecast_plan(judged)
        print_json(
            {
                "results": [
                    {
                        **describe_result(result),
                        "forecast": describe_forecast(
                            ahead[result.code, result.measure], unit=result.unit
                        ),
                    }
                    for result in judged.results
                ],
                "lights": [describe_node(node) for node in judged.nodes],
            }
        )
    else:
        _print(judged)
    return 0


def _print(judged: Judged) -> None:
    print(summary("judged_by", period=judged.period, rulebook=judged.rulebook.title))
    counted = Counter(result.light for result in judged.results)
    print(
        summary(
            "lights",
            green=counted["green"],
            yellow=counted["yellow"],
            red=counted["red"],
            white=counted["white"],
        )
    )
    bounds = [band.at_least for band in judged.rulebook.bands]
    names = {kpi.code: kpi.name for kpi in judged.plan.kpis}
    for result in judged.results:
        print(_line(result, names[result.code], bounds))
    for warning in list_warnings(judged):
        print(warning)


def _line(result: Result, name: str, bounds: Sequence[float]) -> str:
    light = name_light(result.light)
    if result.value is None or result.light == "white":
        reason = tell_reason(result.reason or "not_reported")
        return summary("result_white", light=light, code=result.code, name=name, reason=reason)
    known = print_share(result.coverage)
    return summary(
        "result",
        light=light,
        code=result.code,
        name=name,
        value=print_beside(
            result.value,
            result.planned,
            DECIMALS if result.decimals is None else result.decimals,
        ),
        unit=result.unit or "",
        target="—" if result.target is None else print_number(result.target),
        achievement="—"
        if result.achievement is None
        else f"{print_among(result.achievement, bounds)}%",
        note=summary("part_known", percent=known) if result.coverage < 1 else "",
    )
