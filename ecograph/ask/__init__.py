"""Plain questions in English and Chinese, read by the ontology's words and a small grammar.

May import: errors, model.
"""
