"""Every sentence a person reads: zh-Hant is the source text, English the catalogue."""
