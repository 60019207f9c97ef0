"""Scripts for work on Photosort; nothing of it is part of the product."""
