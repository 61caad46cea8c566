"""A graph, or a part of one -> the files of other tools, one module a format. May import: view."""
