"""Line 2: evidence comes in. Originals are read and never touched."""
