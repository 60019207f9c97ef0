"""Pictures of the documentation, made from the real window: `python -m tools.screenshots`."""
