"""One file a format: text <-> records. May import: model, errors."""
