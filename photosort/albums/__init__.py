"""Albums from vectors, dates and places: arrays in, arrays out."""
