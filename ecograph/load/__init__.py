"""Records -> a checked Graph; all faults at once. May import: formats, model, errors."""

from ecograph.load.dataset import load

__all__ = ["load"]
