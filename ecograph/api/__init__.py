"""GraphQL: the schema from the ontology, and questions as plans. May import: plan, store."""
