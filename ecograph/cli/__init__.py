"""The command line, one file a family. May import everything."""

from ecograph.cli.app import main

__all__ = ["main"]
