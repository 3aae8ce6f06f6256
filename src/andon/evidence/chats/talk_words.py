"""What apps and kinds of conversations are called. Formats write kinds in words of their own; several of them are one kind for people."""

from __future__ import annotations

APPS = {
    "telegram": "Telegram", "signal": "Signal", "line": "LINE", "whatsapp": "WhatsApp", "sms": "SMS", "imessage": "iMessage", "discord": "Discord",
    "instagram": "Instagram", "messenger": "Messenger", "facebook": "Facebook", "x": "X", "slack": "Slack", "kakaotalk": "KakaoTalk",
    "wechat": "WeChat", "rocketchat": "Rocket.Chat", "jabber": "Jabber", "case": "CASE",
}  # fmt: skip
_OF = {
    "one_to_one": ("one_to_one", "personal_chat", "dm", "DirectTextChat", "DM", "1", "OneOnOne"),
    "group": ("group", "private_group", "private_supergroup", "mpim", "group_dm", "DirectGroupTextChat", "GROUP_DM", "3", "RegularGroup", "Group"),
    "public_group": ("public_supergroup", "public_group"),
    "channel": ("private_channel", "channel", "GuildTextChat", "GUILD_TEXT", "0", "GuildNews", "GUILD_ANNOUNCEMENT", "5"),
    "public_channel": ("public_channel",),
    "bot": ("bot_chat",),
    "own": ("saved_messages",),
    "thread": ("thread", "GuildPublicThread", "GuildPrivateThread", "PUBLIC_THREAD", "PRIVATE_THREAD"),
    "session": ("session",),
}
KINDS = {raw: code for code, several in _OF.items() for raw in several}


def app_name(app: str) -> str:
    """What people call an app; one that is not known stays as it is written."""
    return APPS.get(app, app)


def kind_code(kind: str) -> str:
    """The sentence "chat.talk.<code>" for a kind as its format writes it; empty for one that is not known, which is shown as written."""
    return KINDS.get(kind, "")
