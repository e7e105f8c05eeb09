"""What was heard in earlier runs: a ``store`` in one SQLite file, and the ``place`` where it lies by default.

Each module is imported by its own name: to know the place takes no SQLite.
"""
