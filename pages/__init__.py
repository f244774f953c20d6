"""One script per lesson, named as its URL."""
