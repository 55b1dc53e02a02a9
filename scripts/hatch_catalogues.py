"""Compile the gettext catalogues whenever the package is built or installed from source."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Run scripts/catalogues.py before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue of the source tree."""
        script = Path(self.root) / "scripts" / "catalogues.py"
        spec = importlib.util.spec_from_file_location("catalogues", script)
        assert spec is not None and spec.loader is not None
        catalogues = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(catalogues)
        catalogues.compile_all(Path(self.root) / "src" / "hengtu" / "wording" / "locale")
