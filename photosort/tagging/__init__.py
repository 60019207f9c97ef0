"""Tags from vectors: arrays in, arrays out."""
