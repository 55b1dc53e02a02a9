"""Scorecards made at random and laid out at random are read back as they were made."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.recognise.test_corpus import differences, wrapped

from hengtu.core.exchange import plan_to_json
from hengtu.readers import read_bytes

HEADINGS = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "recognise" / "headings.yaml").read_text("utf-8")
)
VERBS = [
    "提升",
    "強化",
    "擴大",
    "落實",
    "精進",
    "改善",
    "縮短",
    "推動",
    "健全",
    "培育",
    "優化",
    "降低",
]
THINGS = [
    "申辦效率",
    "資訊安全",
    "教育訓練",
    "環境品質",
    "社區參與",
    "設施維護",
    "災害應變",
    "長者照顧",
    "交通秩序",
]
COUNTED = {"件數": "件", "比率": "%", "場次": "場", "人次": "人次", "平均日數": "日"}
MISSING = {
    "無統計": "no_statistics",
    "未統計": "not_compiled",
    "—": "blank",
    "不適用": "not_applicable",
}
OWNERS = ("企劃科", "秘書室", "第一組", "人事室", "資訊中心")
PLACES = {"C": "顧客", "P": "內部流程", "L": "學習成長", "F": "財務"}
Json = dict[str, Any]


class Maker:
    """One plan made at random: its facts and the page that prints them."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.names = iter(self.dice.sample([v + t for v in VERBS for t in THINGS], 100))
        base = self.dice.randint(98, 117)
        self.past = list(range(base - self.dice.randint(0, 3), base))
        self.ahead = list(range(base, base + self.dice.randint(1, 4)))
        letters = sorted(self.dice.sample("ABCDEFGHKM", self.dice.randint(1, 3)))
        self.themes = {letter: next(self.names) for letter in letters}
        self.goals = [
            {"code": f"{letter}{place}1", "name": next(self.names)}
            for letter in letters
            for place in PLACES
        ]
        self.kpis = [kpi for goal in self.goals for kpi in self.make_kpis(goal)]
        self.shown: dict[str, list[str]] = {kpi["code"]: self.fill(kpi) for kpi in self.kpis}

    def make_kpis(self, goal: Json) -> Iterator[Json]:
        for number in range(1, self.dice.choice([2, 2, 3])):
            kind = self.dice.choice(list(COUNTED))
            name = next(self.names) + kind
            facts = {"owner": self.dice.choice(OWNERS), "unit": COUNTED[kind]}
            yield {"code": f"{goal['code']}.{number}", "name": name, "of": goal["code"], **facts}

    def fill(self, kpi: Json) -> list[str]:
        """Give a KPI its values and return them as printed."""
        printed = []
        for kind, years in (("actual", self.past), ("target", self.ahead)):
            kpi[kind] = {}
            for roc_year in years:
                number = self.dice.choice(
                    [self.dice.randint(0, 99), self.dice.randint(1000, 90000)]
                )
                missing = self.dice.choice(list(MISSING)) if self.dice.random() < 0.15 else None
                kpi[kind][roc_year] = MISSING[missing] if missing else number
                printed.append(missing or f"{number:,}")
        return printed

    @property
    def facts(self) -> Json:
        return {
            "agency": "雲河市政府觀光局",
            "title": f"雲河市政府觀光局{self.ahead[0]}年度策略地圖及平衡計分卡",
            "kind": "strategy_map",
            "years": [self.ahead[0], self.ahead[-1]],
            "themes": self.themes,
            "perspectives": list(PLACES.values()),
            "letters": PLACES,
            "objectives": self.goals,
            "kpis": self.kpis,
        }

    def heading(self, role: str) -> str:
        words = HEADINGS[role]["both"] + HEADINGS[role].get("scorecard", [])
        return str(self.dice.choice(words)).replace("\n", " ")

    def map_rows(self) -> Iterator[list[str]]:
        across = self.dice.choice(
            ["{name} {code}", "{code} {name}", "{name}（{code}）", "({code}){name}"]
        )
        down = self.dice.choice(
            ["{name} {code}", "{name}構面 {code}", "{name}（{code}）", "{name}{code}"]
        )
        themes = [across.format(name=name, code=code) for code, name in self.themes.items()]
        yield ["策略主題", *themes]
        for place, name in PLACES.items():
            goals = [goal for goal in self.goals if goal["code"][1] == place]
            yield [down.format(name=name, code=place), *(f"{g['code']} {g['name']}" for g in goals)]

    def card_rows(self) -> Iterator[list[str]]:
        columns = ["kpi", "unit", "values", "owner"]
        self.dice.shuffle(columns)
        heads = {
            role: self.heading(role)
            for role in ("perspective", "objective", "kpi", "unit", "owner")
        }
        years = [f"{y}年實際值" for y in self.past] + [f"{y}年目標值" for y in self.ahead]
        yield self.line(["perspective", "objective", *columns], heads, years)
        for kpi in self.kpis:
            goal = next(goal for goal in self.goals if goal["code"] == kpi["of"])
            first = kpi["code"].endswith(".1")
            cells = {
                "perspective": PLACES[goal["code"][1]] if first else "",
                "objective": f"{goal['code']} {goal['name']}" if first else "",
                "kpi": f"{kpi['code']} {kpi['name']}",
                "unit": kpi["unit"],
                "owner": kpi["owner"],
            }
            yield self.line(["perspective", "objective", *columns], cells, self.shown[kpi["code"]])

    @staticmethod
    def line(columns: list[str], cells: dict[str, str], values: list[str]) -> list[str]:
        return [
            cell
            for column in columns
            for cell in (values if column == "values" else [cells[column]])
        ]

    @property
    def page(self) -> str:
        tables = [
            "\n".join("\t".join(row) for row in rows)
            for rows in (self.map_rows(), self.card_rows())
        ]
        text = "\n\n".join([self.facts["title"], *tables]) + "\n"
        return wrapped(text, self.dice.choice([4, 5, 6])) if self.dice.random() < 0.5 else text


@pytest.mark.parametrize("seed", range(40))
def test_a_made_plan_is_read_back(seed: int) -> None:
    made = Maker(seed)
    draft = read_bytes(made.page.encode(), "plan.txt")
    plan = json.loads(json.dumps(plan_to_json(draft.plan), ensure_ascii=False))
    assert not differences(made.facts, plan)
    assert not [finding for finding in draft.findings if finding.level != "hint"]
