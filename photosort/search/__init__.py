"""Ranking, cut-off and explanation: arrays in, arrays out."""
