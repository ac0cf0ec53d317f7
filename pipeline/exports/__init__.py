"""The tables of an output in the formats that other programs open: one module a format.

Each module has one function ``write(output, destination, …)`` that returns the paths that it wrote. What is
written depends on the tables alone, byte for byte: no clock, no version of a library.
"""
