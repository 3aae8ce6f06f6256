"""Parts of the review pages' HTML that are made in Python."""
