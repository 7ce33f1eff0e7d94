"""The project: settings, URLs, start. It holds wiring and no clinical rule."""
