"""Tools for developers: pictures of the documentation, translations, fits of what is shipped. Nothing here is shipped."""
