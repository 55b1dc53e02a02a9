"""Hengtu 衡圖: the open strategy-performance system for public agencies."""

__version__ = "0.1.0"
