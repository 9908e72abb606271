"""Database migrations that are safe while the former release still serves: expand, and contract one release later.

`python -m kit.suite.migrations` judges every migration of the apps; a step of `kit test lint` and of `kit release`.
"""
