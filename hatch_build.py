"""Puts the table into the wheel a second time, as JSON: that is read ten times as fast as YAML.

The words of labels, which most calls do not need, are in a file of their own.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TableAsJson(BuildHookInterface[Any]):
    """Makes ``mgform/data/forms.json`` and ``labels.json`` from ``data/forms.yaml``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the file to a wheel; an editable install goes on reading what is being edited."""
        if self.target_name != "wheel" or version == "editable":
            return
        table = yaml.safe_load(
            (Path(self.root) / "data" / "forms.yaml").read_text("utf-8")
        )
        self.folder = tempfile.TemporaryDirectory(prefix="mgform-")
        labels = table.pop("labels")
        for name, part in (("forms.json", table), ("labels.json", labels)):
            made = Path(self.folder.name) / name
            made.write_text(json.dumps(part, ensure_ascii=False), "utf-8")
            build_data["force_include"][str(made)] = f"mgform/data/{name}"

    def finalize(
        self,
        version: str,  # noqa: ARG002
        build_data: dict[str, Any],  # noqa: ARG002
        artifact_path: str,  # noqa: ARG002
    ) -> None:
        """Leave no folder behind."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
