"""What stands between the lanes and the views: each controller asks in a lane and tells a view."""
