"""Writes lists: entries as the YAML of an entries file."""
