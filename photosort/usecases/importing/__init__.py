"""Imports: verified copies from a camera card, a phone or a folder, which become part of the library."""
