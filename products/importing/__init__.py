"""Bringing facts in from files."""
