"""Where a measure will stand at the year's end, with an interval, an early warning and the reasons."""
