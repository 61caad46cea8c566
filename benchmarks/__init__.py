"""Measurements that the documentation quotes; `python -m benchmarks --help` says how to repeat."""
