"""The test-suite; `examples.py` holds what the example tables share."""
