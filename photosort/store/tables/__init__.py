"""A module for each table, or for one question that is asked of several."""
