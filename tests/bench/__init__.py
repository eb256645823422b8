"""Benchmarks: paired ratios against a baseline, one process for each measurement."""
