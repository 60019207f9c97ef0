"""Windows of their own: preferences, export, and questions that need an answer."""
