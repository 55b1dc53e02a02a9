"""Plain text files with tab tables, in any encoding that agencies use."""

from hengtu.readers.txt.read import read

__all__ = ["read"]
