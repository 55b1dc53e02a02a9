"""Results and formulas as the JSON of the contract, for the terminal and the API alike."""

from hengtu.writers.json.forecasts import describe_forecast
from hengtu.writers.json.formulas import describe_error, describe_outcome, list_names, unit_of
from hengtu.writers.json.results import describe_node, describe_result

__all__ = [
    "describe_error",
    "describe_forecast",
    "describe_node",
    "describe_outcome",
    "describe_result",
    "list_names",
    "unit_of",
]
