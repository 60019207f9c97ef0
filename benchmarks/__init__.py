"""Speed and quality, measured on named data and compared with a saved baseline."""
