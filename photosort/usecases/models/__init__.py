"""The picture models in use and their vector spaces."""
