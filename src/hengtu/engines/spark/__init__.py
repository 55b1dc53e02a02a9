"""Programs on Apache Spark, over Parquet snapshots. Needs the extra ``spark`` and Java 17 or newer."""

from hengtu.engines.spark.running import SparkEngine
from hengtu.engines.spark.session import open_spark

__all__ = ["SparkEngine", "open_spark"]
