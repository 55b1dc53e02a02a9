"""From figures to results: data items over time, targets, achievement, lights, scores, roll-up."""
