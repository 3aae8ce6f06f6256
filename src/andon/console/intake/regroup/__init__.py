"""Campaigns drawn anew after posts have come in or a person has spoken: only those that are concerned.

What is stored of earlier groupings stands for the posts: a campaign that nothing speaks against is taken as its wordings (`Post.wording`), held
together; one on which people have given a word, or whose holding contact has become a common one, is opened to its posts. The rules are those of
`detection.campaigns.grouping`: a person's word, then wording, then contacts. Two things are added: campaigns that were settled differently are never
joined, and what a person has settled as one campaign is not taken apart again by a machine.
"""
