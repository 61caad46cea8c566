"""For analysts: what reads lists into the dataset and keeps it in order. May import: service."""
