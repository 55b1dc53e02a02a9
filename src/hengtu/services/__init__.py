"""Named verbs: permission, change and audit in one transaction."""
