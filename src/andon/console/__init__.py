"""The desk: the one place where Django lives. People find campaigns in the queue, decide once, and see what came of it."""
