"""Line 1: a public post comes in."""
