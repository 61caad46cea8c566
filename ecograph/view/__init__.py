"""A part of a graph -> a picture: SVG, Mermaid, DOT. May import: model."""
