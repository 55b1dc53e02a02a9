"""Compile the gettext catalogues whenever the package is built or installed from source."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Run scripts/catalogues.py before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue of the source tree."""
        root = Path(self.root)
        catalogues = runpy.run_path(str(root / "scripts" / "catalogues.py"))
        catalogues["compile_all"](root / "src" / "hengtu")
