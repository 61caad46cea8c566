"""A question as a value. May import: errors, model."""
