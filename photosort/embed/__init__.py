"""Encoders: photos and texts to vectors. The only room that imports torch, and lazily."""
