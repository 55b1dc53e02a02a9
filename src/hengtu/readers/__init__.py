"""From a file to paper, and from paper to a draft plan."""

from hengtu.readers.failure import ReadError
from hengtu.readers.files import FORMATS, read_bytes, read_file

__all__ = ["FORMATS", "ReadError", "read_bytes", "read_file"]
