"""Every sentence a person reads, in zh-Hant and English."""
