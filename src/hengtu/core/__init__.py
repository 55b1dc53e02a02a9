"""What a plan means: plain values and rules, without Django, files or a clock."""
