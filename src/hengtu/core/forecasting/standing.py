"""Where a year stands when it is forecast, and the path that a method draws from there."""

from __future__ import annotations

from dataclasses import dataclass

from hengtu.core.forecasting.outlook import Kind, Method
from hengtu.core.forecasting.record import MONTHS, Own, Reached, Year


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """What a method expects at the end of the months left, with standard deviations.

    ``freedom`` are the degrees of freedom of the deviations; ``past_years`` the years it leant on.
    """

    method: Method
    values: tuple[float, ...]
    deviations: tuple[float, ...]
    freedom: int
    past_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a year stands at the end of ``month``, what is behind it, and the complete years before.

    ``from_zero`` tells that the value grows from nothing every year.
    """

    kind: Kind
    value: float
    month: int
    own: tuple[Own, ...]
    points: tuple[Reached, ...] = ()
    past: tuple[Year, ...] = ()
    from_zero: bool = False

    @property
    def rate(self) -> bool:
        """Whether own figures are numerators over their exposure."""
        return self.kind == "rate"

    @property
    def rushes(self) -> bool:
        """Whether it is what is spent or done of a year's whole, which often comes late."""
        return self.kind == "progress" and self.from_zero

    @property
    def ahead(self) -> range:
        """The months left."""
        return range(self.month + 1, MONTHS + 1)

    @property
    def known(self) -> float:
        """The exposure of all own figures."""
        return sum(own.exposure for own in self.own)

    @property
    def covered(self) -> frozenset[int]:
        """The months that own figures speak for."""
        return frozenset(month for own in self.own for month in own.covered)

    @property
    def only_rises(self) -> bool:
        """Whether no month has brought less than nothing."""
        return all(own.total >= 0 for own in self.own)

    def left(self, month: int) -> list[int]:
        """Return the months up to one whose figures are not known, gaps of the past among them."""
        first = min(self.covered, default=1) if self.kind == "progress" else 1
        return [at for at in range(first, month + 1) if at not in self.covered]
