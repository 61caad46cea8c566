"""The service for language models, by the Model Context Protocol: tools and resources.

May import: service, api, model, errors; the package `mcp`, which is an extra. It knows nothing of
HTTP: who serves it says how a question is asked.
"""
