"""Whether figures that were given for one name, under several measures, can mean one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

Told = Mapping[str, Hashable]  # a figure by period


def agree(several: Iterable[Told]) -> bool:
    """Whether no two of several givers tell different figures for the same period.

    >>> agree([{"114-01": 5.0}, {"114-01": 5.0, "114-02": 6.0}]), agree([{"114": 5.0}, {"114": 7.0}])
    (True, False)
    """
    said: dict[str, set[Hashable]] = defaultdict(set)
    for told in several:
        for period, figure in told.items():
            said[period].add(figure)
    return all(len(figures) == 1 for figures in said.values())
