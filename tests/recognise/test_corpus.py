"""Documents of the same kinds from agencies that do not exist: the reader knows the kind, not five files."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengtu.core.exchange import plan_to_json
from hengtu.readers import read_bytes

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.txt"))
TAB = "\t"
Json = dict[str, Any]
Fact = tuple[Any, ...]


def plain(text: object) -> str:
    """Return a text for comparison: one width, no blanks, no final marks."""
    folded = unicodedata.normalize("NFKC", "" if text is None else str(text))
    folded = re.sub(r"\s", "", folded).replace("－", "-").replace("–", "-")
    return folded.rstrip("。.;,、:")


def place(name: object) -> str:
    """Return a perspective's name without the word for perspective."""
    return re.sub(r"(?:構面|層面|面向)$", "", plain(name))


def figure(value: object) -> object:
    return round(float(value), 9) if isinstance(value, int | float) else value


def expected_facts(expect: Json) -> Iterator[Fact]:
    """Return every fact the expectation states, as tuples that begin with their kind."""
    yield from _expected_head(expect)
    for goal in expect.get("objectives", []):
        yield from _expected_objective(expect, goal)
    for kpi in expect.get("kpis", []):
        yield from _expected_kpi(kpi)
    for action in expect.get("actions", []):
        yield from _expected_action(action)
    yield from _expected_service(expect)


def _expected_head(expect: Json) -> Iterator[Fact]:
    for word in ("agency", "title", "kind", "mission", "vision"):
        yield (word, plain(expect.get(word)))
    yield ("years", *expect["years"])
    yield from (("core value", plain(text)) for text in expect.get("values", []))
    yield from (("theme", code, plain(name)) for code, name in expect.get("themes", {}).items())
    yield from (("theme", "", plain(name)) for name in expect.get("theme_names", []))
    yield from (("lead", code, plain(name)) for code, name in expect.get("leads", {}).items())
    yield from (("perspective", place(name)) for name in expect.get("perspectives", []))
    yield from (("revision", plain(date), act) for date, act in expect.get("revisions", []))
    yield from (("parent", code, plain(n)) for code, n in expect.get("parent", {}).items())
    yield from (
        ("footnote", str(code), plain(text)) for code, text in expect.get("footnotes", {}).items()
    )
    yield from (("rule", plain(text)) for text in expect.get("rules", []))


def _expected_objective(expect: Json, goal: Json) -> Iterator[Fact]:
    name = plain(goal["name"])
    code = goal.get("code", "")
    letters = expect.get("letters", {})
    perspective = goal.get("perspective", letters.get(code[1:2], ""))
    theme = goal.get("in") or goal.get("theme", code[:1] if code and expect.get("themes") else "")
    yield ("objective", code, name, theme, place(perspective))
    yield from (("factor", code, name, plain(text)) for text in goal.get("factors", []))
    yield from (("plan strategy", name, plain(text)) for text in goal.get("strategies", []))


def _expected_kpi(kpi: Json) -> Iterator[Fact]:
    name, code = plain(kpi["name"]), kpi.get("code", "")
    yield ("kpi", code, name, plain(kpi["of"]))
    yield ("owner", name, plain(kpi.get("owner")))
    if "assessed" in kpi:
        yield ("assessed", name, *(plain(text) for text in kpi["assessed"]))
    for index, measure in enumerate(kpi.get("measures", [kpi]), start=1):
        yield from _expected_measure((code, name, index), measure)


def _expected_measure(key: Fact, measure: Json) -> Iterator[Fact]:
    yield from (
        ("has", *key, word, plain(measure[word]))
        for word in ("formula", "unit", "threshold", "direction")
        if word in measure
    )
    yield from (("item", *key, plain(text)) for text in measure.get("items", []))
    for kind in ("actual", "target"):
        for roc_year, value in measure.get(kind, {}).items():
            yield ("value", *key, kind, roc_year, figure(value))


def _expected_action(action: Json) -> Iterator[Fact]:
    text = plain(action["text"])
    yield ("action", action.get("code", ""), text, plain(action.get("owner")))
    if "of" in action:
        yield ("action of", text, plain(action["of"]))
    for roc_year, amount in action.get("budget", {}).items():
        yield ("budget", text, roc_year, amount)


def _expected_service(expect: Json) -> Iterator[Fact]:
    for guideline, strategies in expect.get("guidelines", {}).items():
        yield ("guideline", plain(guideline))
        for strategy, methods in strategies.items():
            yield ("strategy", plain(guideline), plain(strategy))
            yield from (("method", plain(strategy), plain(text)) for text in methods)
    for role, position, tasks in expect.get("committee", []):
        yield ("member", role, position, *(plain(text) for text in tasks))
    for item in expect.get("work", []):
        yield ("work", str(item["n"]), plain(item["name"]), plain(item.get("section")))
        for content, months, status, note in item["tasks"]:
            when = None if months is None else tuple(months)
            yield ("task", str(item["n"]), plain(content), when, plain(status), plain(note))
    yield from (("section", plain(title)) for title in expect.get("sections", []))
    yield from (("org unit", plain(name)) for name in expect.get("org_units", []))


def read_facts(plan: Json, expect: Json) -> Iterator[Fact]:
    """Return every fact of a plan in the shape of the expectation; codes only where it states them."""
    coded = any("code" in goal for goal in expect.get("objectives", []))
    kpis_coded = any("code" in kpi for kpi in expect.get("kpis", []))
    actions_coded = any("code" in action for action in expect.get("actions", []))
    themes = {} if expect.get("themes") else {t["code"]: t["name"] for t in plan["themes"]}
    yield from _read_head(plan, themes)
    places = {p["code"]: p["name"] for p in plan["perspectives"]}
    goals = {goal["code"]: goal for goal in plan["objectives"]}
    for goal in plan["objectives"]:
        yield from _read_objective(goal, places, themes, coded)
    for kpi in plan["kpis"]:
        yield from _read_kpi(kpi, goals, coded, kpis_coded)
    kpis = {kpi["code"]: kpi for kpi in plan["kpis"]}
    for action in plan["actions"]:
        yield from _read_action(action, kpis, actions_coded, kpis_coded)
    yield from _read_service(plan)


def _text(thing: object) -> str:
    return plain(thing.get("text") if isinstance(thing, Mapping) else thing)


def _read_head(plan: Json, themes: Mapping[str, str]) -> Iterator[Fact]:
    yield ("agency", plain(plan["agency"]["name"]))
    yield from ((word, _text(plan[word])) for word in ("title", "kind", "mission", "vision"))
    yield ("years", plan["roc_years"]["first"], plan["roc_years"]["last"])
    yield from (("core value", _text(value)) for value in plan["core_values"])
    yield from (("theme", "" if themes else t["code"], plain(t["name"])) for t in plan["themes"])
    yield from (("lead", t["code"], plain(t["lead"])) for t in plan["themes"] if t["lead"])
    yield from (("perspective", place(p["name"])) for p in plan["perspectives"])
    yield from (("revision", plain(r["date"]), r["act"]) for r in plan["revisions"])
    parent = plan["parent_plan"] or {"objectives": []}
    yield from (("parent", goal["code"], plain(goal["name"])) for goal in parent["objectives"])
    yield from (("footnote", str(f["code"]), plain(f["text"])) for f in plan["footnotes"])
    yield from (("rule", plain(rule["text"])) for rule in plan["rules"])


def _read_objective(
    goal: Json, places: Mapping[str, str], themes: Mapping[str, str], coded: bool
) -> Iterator[Fact]:
    name, code = plain(goal["name"]), goal["code"] if coded else ""
    where = goal["perspective"] or ""
    theme = goal["theme"] or ""
    yield ("objective", code, name, themes.get(theme, theme), place(places.get(where, where)))
    yield from (("factor", code, name, _text(text)) for text in goal["success_factors"])
    yield from (("plan strategy", name, _text(text)) for text in goal["strategies"])


def _read_kpi(
    kpi: Json, goals: Mapping[str, Json], coded: bool, kpis_coded: bool
) -> Iterator[Fact]:
    name, code = plain(kpi["name"]), kpi["code"] if kpis_coded else ""
    goal = goals.get(kpi["objective"] or "", {"code": "", "name": ""})
    yield ("kpi", code, name, plain(goal["code"] if coded else goal["name"]))
    yield ("owner", name, plain(kpi["owner"]))
    if kpi["assessment_regime"] or kpi["assessment_method"]:
        yield ("assessed", name, plain(kpi["assessment_regime"]), plain(kpi["assessment_method"]))
    for measure in kpi["measures"]:
        yield from _read_measure((code, name, measure["index"]), measure)


def _read_measure(key: Fact, measure: Json) -> Iterator[Fact]:
    limit = measure["threshold"]
    words = {word: measure[word] for word in ("formula", "unit", "direction")}
    words["threshold"] = f"{limit['op']}{limit['value']:g}" if limit else None
    yield from (("has", *key, word, plain(text)) for word, text in words.items() if text)
    yield from (("item", *key, _text(item)) for item in measure["items"])
    for value in measure["values"]:
        what = value["missing"] or figure(value["value"])
        yield ("value", *key, value["kind"], value["roc_year"], what)


def _read_action(
    action: Json, kpis: Mapping[str, Json], coded: bool, kpis_coded: bool
) -> Iterator[Fact]:
    text = plain(action["text"])
    yield ("action", action["code"] if coded else "", text, plain(action["owner"]))
    kpi = kpis.get(action["kpi"] or "", {"code": "", "name": ""})
    yield ("action of", text, plain(kpi["code"] if kpis_coded else kpi["name"]))
    yield from (("budget", text, b["roc_year"], b["amount"]) for b in action["budgets"])


def _read_service(plan: Json) -> Iterator[Fact]:
    for guideline in plan["guidelines"]:
        yield ("guideline", plain(guideline["name"]))
        for strategy in guideline["strategies"]:
            yield ("strategy", plain(guideline["name"]), plain(strategy["name"]))
            yield from (("method", plain(strategy["name"]), _text(m)) for m in strategy["methods"])
    for member in (plan["committee"] or {"members": []})["members"]:
        yield ("member", member["role"], member["position"], *(_text(t) for t in member["tasks"]))
    for item in plan["work_items"]:
        yield ("work", str(item["no"]), plain(item["name"]), plain(item["section"]))
        for task in item["tasks"]:
            when = None if task["months"] is None else tuple(task["months"])
            told = (plain(task["content"]), when, plain(task["status"]), plain(task["note"]))
            yield ("task", str(item["no"]), *told)
    yield from (("section", title) for title in _titles(plan["sections"]))
    yield from (("org unit", plain(unit["name"])) for unit in plan["org_units"])


def _titles(sections: Iterable[Json]) -> Iterator[str]:
    for section in sections:
        yield plain(section["title"])
        yield from _titles(section["sections"])


MORE_IS_NO_FAULT = {"has", "item", "section", "org unit", "action of", "assessed", "budget"}


def differences(expect: Json, plan: Json) -> list[str]:
    """Return the facts that were missed and those that the document does not hold."""
    wanted, found = Counter(expected_facts(expect)), Counter(read_facts(plan, expect))
    missed = [f"missed {fact}" for fact in (wanted - found).elements()]
    extra = [
        f"extra {fact}" for fact in (found - wanted).elements() if fact[0] not in MORE_IS_NO_FAULT
    ]
    return [*missed, *extra]


def load(name: str) -> tuple[Json, Any, Json]:
    expect: Json = yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8"))
    draft = read_bytes((CORPUS / f"{name}.txt").read_bytes(), f"{name}.txt")
    plan = json.loads(json.dumps(plan_to_json(draft.plan), ensure_ascii=False))
    return expect, draft, plan


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_read_and_nothing_else(name: str) -> None:
    expect, _, plan = load(name)
    assert not differences(expect, plan)


@pytest.mark.parametrize("name", NAMES)
def test_only_the_defects_of_the_page_are_told(name: str) -> None:
    expect, draft, _ = load(name)
    told = [f for f in draft.findings if f.level != "hint"]
    wanted = [(set(d["code"].split("|")), d["line"]) for d in expect.get("defects", [])]

    def fits(finding: Any, codes: set[str], line: int) -> bool:
        return finding.code in codes and line in finding.where.all_lines()

    missed = [w for w in wanted if not any(fits(f, *w) for f in draft.findings)]
    codes = {code for some, _ in wanted for code in some}
    extra = [(f.code, f.subject, f.raw) for f in told if f.code not in codes]
    assert not missed
    assert not extra


@pytest.mark.parametrize("name", NAMES)
def test_little_is_left_unread_and_no_name_is_kept(name: str) -> None:
    expect, draft, plan = load(name)
    left = [text["text"] for text in plan["unread"]]
    known = [plain(text) for text in expect.get("unread", [])]
    assert [text for text in left if plain(text) not in known] == []
    flat = json.dumps([plan, [f.raw for f in draft.findings]], ensure_ascii=False)
    assert [name for name in expect.get("persons", []) if name in flat] == []


def facts_in_other_clothes(name: str, text: str) -> list[str]:
    expect, _, _ = load(name)
    plan = plan_to_json(read_bytes(text.encode(), f"{name}.txt").plan)
    return differences(expect, json.loads(json.dumps(plan, ensure_ascii=False)))


def printed(name: str) -> str:
    return (CORPUS / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("mark", ["• ", "➢ ", "◆", "●", "✓ ", "★", "\uf0d8 ", "・ ", "1. "])
@pytest.mark.parametrize("name", ["02-tax-slides", "21-zoo-slides"])
def test_list_marks_do_not_matter(name: str, mark: str) -> None:
    text = re.sub(r"^ - ", f" {mark}", printed(name), flags=re.M)
    assert not facts_in_other_clothes(name, text)


@pytest.mark.parametrize("name", NAMES)
def test_tables_drawn_with_bars_read_alike(name: str) -> None:
    lines = [
        f"| {line.replace('|', '｜').replace(TAB, ' | ')} |" if TAB in line else line
        for line in printed(name).split("\n")
    ]
    assert not facts_in_other_clothes(name, "\n".join(lines))


@pytest.mark.parametrize("name", NAMES)
def test_blank_cells_at_the_ends_of_rows_do_not_matter(name: str) -> None:
    lines = printed(name).split("\n")
    trimmed = "\n".join(line.rstrip("\t") for line in lines)
    padded = "\n".join(f"{line}\t\t" if line.count("\t") > 1 else line for line in lines)
    assert not facts_in_other_clothes(name, trimmed)
    assert not facts_in_other_clothes(name, padded)


@pytest.mark.parametrize("name", NAMES)
def test_brackets_and_signs_of_either_width_do_not_matter(name: str) -> None:
    wide = str.maketrans({"(": "（", ")": "）", "%": "％", ":": "："})
    narrow = {ord(there): chr(here) for here, there in wide.items()}
    assert not facts_in_other_clothes(name, printed(name).translate(wide))
    assert not facts_in_other_clothes(name, printed(name).translate(narrow))


def wrapped(text: str, width: int) -> str:
    """Return the text with a blank after every ``width`` characters of a cell, as narrow columns leave it."""

    def wrap(cell: str) -> str:
        cuts = re.sub(rf"([\u4e00-\u9fff]{{{width}}})(?=[\u4e00-\u9fff])", r"\1 ", cell)
        return cuts if len(cell) > width else cell

    return "\n".join(
        "\t".join(map(wrap, line.split("\t"))) if line.count("\t") > 1 else line
        for line in text.split("\n")
    )


@pytest.mark.parametrize("width", [4, 5, 7])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("30-labour-form",)])
def test_narrow_columns_do_not_matter(name: str, width: int) -> None:
    assert not facts_in_other_clothes(name, wrapped(printed(name), width))
