"""HTTP. May import: service, api, model, errors, settings."""
