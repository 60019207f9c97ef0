"""The catalogue of picture models, their download and import."""
