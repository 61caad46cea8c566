"""The graph and its ontology as values. May import: errors."""
