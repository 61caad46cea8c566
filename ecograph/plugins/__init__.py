"""Generators of documentation: what stands in a fence becomes a picture when the site is built.

May import: web, view, service. What a generator needs is imported in its own module alone.
"""
