"""Contacts and wordings that stand in conversations and in posts alike."""
