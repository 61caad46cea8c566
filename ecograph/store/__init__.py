"""What answers a plan. May import: plan, model, errors."""
