"""A mkdocs hook: tables of the documentation that are made from the product itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put generated tables where a page asks for them."""
    if "<!-- findings -->" in markdown:
        markdown = markdown.replace("<!-- findings -->", findings_table())
    if "<!-- plan fields -->" in markdown:
        markdown = markdown.replace("<!-- plan fields -->", plan_tables())
    return markdown


def findings_table() -> str:
    """Return one row for every kind of finding, in both languages."""
    from hengtu.core.issues import KINDS
    from hengtu.wording.catalogue import say
    from hengtu.wording.findings import SENTENCES, TITLES

    rows = ["| code | level | 名稱 | name | what it tells |", "|---|---|---|---|---|"]
    for kind in KINDS.values():
        title, sentence = TITLES[kind.code], SENTENCES[kind.code]
        rows.append(
            f"| {kind.code} | {kind.level} | {title} | {say(title, 'en')} | {say(sentence, 'en')} |"
        )
    return "\n".join(rows)


def plan_tables() -> str:
    """Return one section for every object of the plan JSON."""
    from hengtu.core.schema import plan_schema

    parts = []
    for name, definition in plan_schema()["$defs"].items():
        rows = [
            f"### {name}",
            "",
            definition.get("description", ""),
            "",
            "| field | holds |",
            "|---|---|",
        ]
        rows += [f"| `{f}` | {_holds(s)} |" for f, s in definition["properties"].items()]
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def _holds(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_holds(arm) for arm in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array" and "items" in schema:
        return f"list of {_holds(schema['items'])}"
    return str(schema.get("type", ""))
