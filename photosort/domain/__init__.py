"""What Photosort talks about: frozen values, no input or output."""
