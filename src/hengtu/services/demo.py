"""The demo: sample agencies and accounts whose password everybody may know."""

from __future__ import annotations

PASSWORD = "hengtu-demo"
