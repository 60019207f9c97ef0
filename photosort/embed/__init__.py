"""Encoders: photos and texts to vectors. The only package that imports torch, and lazily."""
