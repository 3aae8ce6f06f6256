"""The trail's pages, verification and checkpoints. Its table is that of `audit`, which stands below the gate."""
