"""andon (行灯): a light against yami baito, criminal recruitment over social media."""

__version__ = "0.1.0"
