"""Warning replies."""
