"""Back-test of the year's end: forecasts beside an even pace and last year's value, in one run.

Every series is forecast from the end of each month, knowing nothing later, and compared with what the year
came to. Printed are the median absolute percentage error by months ahead, the share of years that came out
within the interval of 80 %, and the share of warnings that came true. Synthetic series have fixed seeds.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from hengtu.core.forecasting.band import FREE, Bounds
from hengtu.core.forecasting.forecast import forecast_year
from hengtu.core.forecasting.measures import forecast_measure
from hengtu.core.forecasting.outlook import Forecast, Kind, Refusal
from hengtu.core.forecasting.record import Reached
from hengtu.core.judging.figures import Figures, sort_figures
from hengtu.core.judging.items import Rules
from hengtu.core.judging.lights import Aim
from hengtu.core.judging.results import Result, compute, compute_measure
from hengtu.core.judging.rulebook import PRODUCT_DEFAULT
from hengtu.core.judging.targets import printed_actual
from hengtu.core.periods import Period
from hengtu.core.plan import Kpi, Measure
from hengtu.readers import read_file
from hengtu.readers.actuals import read_actuals
from hengtu.readers.items import read_items_file

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SERIES = 120
ORIGINS = (3, 6, 9, 11)
THIS_YEAR = 114
TARGETS = (0.9, 0.97, 1.03, 1.1)  # of what the year really came to: warnings are to tell them apart
Months = list[list[float]]


@dataclass(frozen=True)
class Trial:
    """One series: points of this year and those before, what it came to, and how it grows."""

    kind: Kind
    points: tuple[Reached, ...]
    end: float
    last_year: float | None
    bounds: Bounds = FREE
    start: float | None = None


def noisy(rng: random.Random, mean: float, share: float) -> float:
    """Return a positive figure around a mean."""
    return mean * math.exp(rng.gauss(0, share) - share * share / 2)


def steady(rng: random.Random, years: int) -> Months:
    """The same every month but for chance."""
    mean = rng.uniform(50, 500)
    return [[noisy(rng, mean, 0.2) for _ in range(12)] for _ in range(years)]


def seasonal(rng: random.Random, years: int) -> Months:
    """A pattern that returns every year, the year's height changing."""
    pattern = [math.exp(rng.gauss(0, 0.5)) for _ in range(12)]
    mean = rng.uniform(50, 500)
    return [
        [noisy(rng, mean * height * part, 0.15) for part in pattern]
        for height in (noisy(rng, 1, 0.15) for _ in range(years))
    ]


def rushing(rng: random.Random, years: int) -> Months:
    """Little in most months, much in the last two: money spent at the year's end."""
    pattern = [1.0] * 10 + [rng.uniform(2, 4), rng.uniform(3, 6)]
    mean = rng.uniform(50, 500)
    return [[noisy(rng, mean * part, 0.2) for part in pattern] for _ in range(years)]


def trending(rng: random.Random, years: int) -> Months:
    """Every month some per cent more, or less, than the one before."""
    mean, growth = rng.uniform(50, 500), rng.choice((-0.05, -0.03, 0.03, 0.05))
    months = [noisy(rng, mean * (1 + growth) ** n, 0.1) for n in range(12 * years)]
    return [months[n : n + 12] for n in range(0, len(months), 12)]


def intermittent(rng: random.Random, years: int) -> Months:
    """Events in some months only."""
    chance = rng.uniform(0.2, 0.6)
    return [
        [float(rng.randint(1, 6)) if rng.random() < chance else 0.0 for _ in range(12)]
        for _ in range(years)
    ]


def count_trial(months: Months) -> Trial:
    """Return the trial of a count."""
    points = []
    for place, year in enumerate(months):
        roc_year, total = THIS_YEAR - len(months) + 1 + place, 0.0
        for month, figure in enumerate(year, 1):
            total += figure
            points.append(Reached(roc_year=roc_year, month=month, value=total))
    last = sum(months[-2]) if len(months) > 1 else None
    return Trial("count", tuple(points), sum(months[-1]), last)


def rate_trial(rng: random.Random, years: int, swing: float) -> Trial:
    """Return the trial of a rate in percent with its denominators; ``swing`` is its season."""
    base, phase = rng.uniform(70, 96), rng.uniform(0, 6.3)
    points = []
    ends = []
    for place in range(years):
        top = weight = 0.0
        for month in range(1, 13):
            cases = noisy(rng, 200, 0.3)
            rate = base + swing * math.sin(month / 12 * 6.283 + phase) + rng.gauss(0, 2)
            top, weight = top + cases * min(max(rate, 0), 100), weight + cases
            points.append(
                Reached(
                    roc_year=THIS_YEAR - years + 1 + place,
                    month=month,
                    value=top / weight,
                    weight=weight,
                )
            )
        ends.append(top / weight)
    last = ends[-2] if years > 1 else None
    return Trial("rate", tuple(points), ends[-1], last, Bounds(0, 100))


def level_trial(rng: random.Random, years: int, walk: float, noise: float, drift: float) -> Trial:
    """Return the trial of a level that walks, drifts and is read with noise."""
    stands, points, ends = rng.uniform(100, 1000), [], []
    base = stands
    for place in range(years):
        for month in range(1, 13):
            stands += rng.gauss(drift * base, walk * base)
            value = stands + rng.gauss(0, noise * base)
            points.append(Reached(roc_year=THIS_YEAR - years + 1 + place, month=month, value=value))
        ends.append(value)
    return Trial("level", tuple(points), ends[-1], ends[-2] if years > 1 else None)


def progress_trial(rng: random.Random, years: int) -> Trial:
    """Return the trial of a works progress that runs for some years."""
    done, points = 0.0, []
    ends = []
    for place in range(years):
        for month in range(1, 13):
            done = min(100.0, done + noisy(rng, 90 / (12 * years), 0.5))
            points.append(Reached(roc_year=THIS_YEAR - years + 1 + place, month=month, value=done))
        ends.append(done)
    last = ends[-2] if years > 1 else None
    return Trial("progress", tuple(points), ends[-1], last, Bounds(0, 100))


def spending_trial(rng: random.Random, years: int) -> Trial:
    """Return the trial of a budget spent through the year, much of it in the last two months."""
    points, ends = [], []
    pattern = [1.0] * 10 + [rng.uniform(2, 4), rng.uniform(3, 6)]
    for place in range(years):
        spent = [noisy(rng, part, 0.2) for part in pattern]
        end = rng.uniform(85, 98)
        for month in range(1, 13):
            value = end * sum(spent[:month]) / sum(spent)
            points.append(Reached(roc_year=THIS_YEAR - years + 1 + place, month=month, value=value))
        ends.append(end)
    last = ends[-2] if years > 1 else None
    return Trial("progress", tuple(points), ends[-1], last, Bounds(0, 100), start=0.0)


GENERATORS: dict[str, Callable[[random.Random, int], Trial]] = {
    "count, steady": lambda rng, years: count_trial(steady(rng, years)),
    "count, seasonal": lambda rng, years: count_trial(seasonal(rng, years)),
    "count, rush in December": lambda rng, years: count_trial(rushing(rng, years)),
    "count, trending": lambda rng, years: count_trial(trending(rng, years)),
    "count, intermittent": lambda rng, years: count_trial(intermittent(rng, years)),
    "rate, steady": lambda rng, years: rate_trial(rng, years, 0.0),
    "rate, seasonal": lambda rng, years: rate_trial(rng, years, 8.0),
    "level, walking": lambda rng, years: level_trial(rng, years, 0.03, 0.0, 0.0),
    "level, noisy": lambda rng, years: level_trial(rng, years, 0.0, 0.05, 0.0),
    "level, drifting": lambda rng, years: level_trial(rng, years, 0.01, 0.01, 0.02),
    "works over years": progress_trial,
    "budget spent": spending_trial,
}


@dataclass
class Score:
    """What came of a group of forecasts from one month."""

    errors: list[float]
    even: list[float]
    last: list[float]
    within: int = 0
    refused: int = 0
    warned: int = 0
    came_true: int = 0
    likely: int = 0
    likely_true: int = 0
    missed: int = 0
    told: int = 0


def even_pace(trial: Trial, month: int) -> float:
    """Return what an even pace makes of what begins at zero every year, the last value else."""
    now = next(p.value for p in trial.points if (p.roc_year, p.month) == (THIS_YEAR, month))
    return (now or 0.0) * (12 / month if trial.kind == "count" or trial.start == 0 else 1)


def percent(forecast: float, end: float) -> float:
    """Return the error in percent of what the year came to."""
    return abs(forecast - end) / abs(end) * 100 if end else 0.0


def run_trial(trial: Trial, month: int, score: Score) -> None:
    """Add one forecast to a score."""
    found = ask(trial, month, Aim())
    if not isinstance(found, Forecast):
        score.refused += 1
        return
    score.errors.append(percent(found.value, trial.end))
    score.even.append(percent(even_pace(trial, month), trial.end))
    if trial.last_year is not None:
        score.last.append(percent(trial.last_year, trial.end))
    score.within += found.low - 1e-9 <= trial.end <= found.high + 1e-9
    for share in TARGETS:
        count_warning(trial, month, share, score)


def count_warning(trial: Trial, month: int, share: float, score: Score) -> None:
    """Add what a forecast warned of, against a target that was missed or met."""
    told = ask(trial, month, Aim(target=trial.end * share))
    if not isinstance(told, Forecast) or trial.end <= 0:
        return
    missed = share > 1
    score.missed += missed
    score.warned += told.warning is not None
    score.came_true += missed and told.warning is not None
    score.told += missed and told.warning is not None
    score.likely += told.warning == "likely"
    score.likely_true += missed and told.warning == "likely"


def ask(trial: Trial, month: int, aim: Aim) -> object:
    """Return the forecast of a trial from a month."""
    return forecast_year(
        trial.points,
        roc_year=THIS_YEAR,
        month=month,
        kind=trial.kind,
        aim=aim,
        direction="higher",
        bounds=trial.bounds,
        start=trial.start,
    )


def share(part: int, whole: int) -> str:
    """Return a share in percent."""
    return f"{part / whole:5.0%}" if whole else "    –"


def middle(errors: Sequence[float]) -> str:
    """Return a median error."""
    return f"{median(errors):6.1f}" if errors else "     –"


def print_head(title: str) -> None:
    """Print the head of a table."""
    print(title)
    print(
        f"  {'':26}{'ahead':>6}{'error %':>9}{'even %':>8}{'last yr':>8}{'within':>8}"
        f"{'warned':>8}{'true':>7}{'likely':>8}{'true':>7}{'refused':>9}"
    )


def print_score(name: str, month: int, score: Score, targets: int = len(TARGETS)) -> None:
    """Print one row."""
    count = len(score.errors)
    print(
        f"  {name:26}{12 - month:6}{middle(score.errors):>9}{middle(score.even):>8}"
        f"{middle(score.last):>8}{share(score.within, count):>8}{share(score.told, score.missed):>8}"
        f"{share(score.came_true, score.warned):>7}{share(score.likely, count * targets):>8}"
        f"{share(score.likely_true, score.likely):>7}{score.refused:9}"
    )


def make_trials(name: str, years: int) -> Iterator[Trial]:
    """Yield the series of a kind, the same in every run."""
    for seed in range(SERIES):
        yield GENERATORS[name](random.Random(f"{name} {seed}"), years)


def back_test(years: int) -> None:
    """Back-test every kind of series with ``years`` years of figures."""
    print_head(f"synthetic series, {years - 1} complete years before")
    for name in GENERATORS:
        for month in ORIGINS:
            score = Score([], [], [])
            for trial in make_trials(name, years):
                run_trial(trial, month, score)
            print_score(name, month, score)


@dataclass(frozen=True)
class Sample:
    """A measure of the samples, the figures it is worked out from and what its year came to."""

    kpi: Kpi
    measure: Measure
    figures: Figures
    rules: Rules
    result: Result

    def ask(self, month: int) -> Forecast | Refusal:
        """Return its forecast from the end of a month."""
        return forecast_measure(
            self.kpi,
            self.measure,
            self.figures,
            period=Period(THIS_YEAR, month=month),
            rulebook=PRODUCT_DEFAULT,
            rules=self.rules,
        )

    def last_year(self) -> float | None:
        """Return what the plan prints for the year before."""
        printed = printed_actual(self.measure, Period(THIS_YEAR - 1))
        return printed.value if printed else None


def load_samples() -> Iterator[Sample]:
    """Yield the measures of the samples whose year came to a value."""
    for folder in ("bureau", "office"):
        place = EXAMPLES / folder
        plan = read_file(place / "plan.txt").plan
        rules = read_items_file(place / "items.csv")
        actuals = read_actuals((place / "actuals.csv").read_bytes(), "actuals.csv")
        year = Period(THIS_YEAR)
        results = compute(plan, actuals, period=year, rulebook=PRODUCT_DEFAULT, rules=rules)
        kpis = [(kpi, measure) for kpi in plan.kpis for measure in kpi.measures]
        for (kpi, measure), result in zip(kpis, results, strict=True):
            if result.value is not None:
                yield Sample(kpi, measure, sort_figures(actuals), rules, result)


def even_sample(sample: Sample, month: int, kind: Kind) -> float:
    """Return what an even pace makes of a sample, its last value where it does not add up."""
    result = compute_measure(
        sample.kpi,
        sample.measure,
        sample.figures,
        period=Period(THIS_YEAR, month=month),
        rulebook=PRODUCT_DEFAULT,
        rules=sample.rules,
    )
    return (result.value or 0.0) * (12 / month if kind == "count" else 1)


def run_sample(sample: Sample, month: int, score: Score) -> None:
    """Add the forecast of a sample to a score."""
    found, end = sample.ask(month), sample.result.value or 0.0
    if isinstance(found, Refusal):
        score.refused += 1
        return
    score.errors.append(percent(found.value, end))
    score.even.append(percent(even_sample(sample, month, found.kind), end))
    if (last := sample.last_year()) is not None:
        score.last.append(percent(last, end))
    score.within += found.low - 1e-9 <= end <= found.high + 1e-9
    missed = sample.result.light in ("yellow", "red")
    score.missed += missed
    score.told += missed and found.warning is not None
    score.warned += found.warning is not None
    score.came_true += missed and found.warning is not None
    score.likely += found.warning == "likely"
    score.likely_true += missed and found.warning == "likely"


def test_samples() -> None:
    """Back-test the samples of the product; they hold one year, so that no seasons are known."""
    samples = list(load_samples())
    print_head(f"samples, {len(samples)} measures, one year of figures")
    for kinds in (("count", "progress"), ("rate", "level")):
        for month in (3, 4, 5, 6, 7, 8, 9, 10, 11):
            score = Score([], [], [])
            for sample in samples:
                found = sample.ask(12)
                if getattr(found, "kind", "count") in kinds:
                    run_sample(sample, month, score)
            print_score(" and ".join(kinds), month, score, 1)


def main() -> None:
    """Print every back-test."""
    test_samples()
    for years in (1, 2, 4):
        back_test(years)


if __name__ == "__main__":
    main()
