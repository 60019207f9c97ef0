"""One open library: lanes, connections, encoders, power, a temporary copy to read from, about this installation."""
