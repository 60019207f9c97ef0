"""Controllers between use cases and views: each runs work in a lane and updates a view."""
