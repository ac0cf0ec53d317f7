"""Benchmarks: each module is one command whose output is a table of the documentation."""
