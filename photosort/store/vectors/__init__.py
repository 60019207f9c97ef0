"""Vectors, the vectors of texts, the vector index and the score columns."""
