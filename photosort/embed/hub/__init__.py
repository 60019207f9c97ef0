"""The catalogue of picture models, and how they come onto this machine."""
