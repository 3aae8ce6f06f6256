"""Uploads, the posts that were flagged in them, contacts, ties, and the campaigns they fall into."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.detection.campaigns.ties import Ground, Standing

LEVEL_RANK = {"high": 3, "medium": 2, "low": 1}
KIND_LENGTH = 20


class ModelVersion(models.Model):
    """A model file, by the SHA-256 of its content. The one that scores new posts is the one put to use last (learning keeps who did that)."""

    sha256 = models.CharField(max_length=64, unique=True)
    file = models.CharField(max_length=255, blank=True)  # below the models folder; empty: the one that andon ships
    card = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    in_use_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Upload(models.Model):
    """One file that was scanned, or is going to be. The same content (SHA-256) is one upload."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.BigIntegerField()
    file = models.CharField(max_length=255)  # below the uploads folder, or empty where a command read the file in its own place
    source = models.CharField(max_length=40, default="auto")
    columns: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)  # field of a post → name in the file (--map)
    level = models.CharField(max_length=6, default="medium")  # the lowest that is kept
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    read_bytes = models.BigIntegerField(default=0)
    posts = models.BigIntegerField(default=0)
    flagged = models.BigIntegerField(default=0)
    stored = models.BigIntegerField(default=0)
    known = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)  # of the known ones: with another text than the one that is kept
    skipped = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    model = models.ForeignKey(ModelVersion, null=True, on_delete=models.PROTECT, related_name="+")  # that scores it
    position: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)  # where a stopped run goes on
    problem: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)  # code and data of what went wrong
    started_at = models.DateTimeField(null=True)  # the last time that reading began
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "at"], name="upload_state")]

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """Flagged posts held together by confirmed ties (one post alone is a campaign too): what a card of the queue shows.

    All fields but `state`, `settled_at` and `merged_into` are drawn from the members by `actions.regroup`; they are kept so that the queue needs no
    look at the posts. `state` repeats the standing decision (see review). A campaign that was joined with another stays as a signpost.
    """

    class State(models.TextChoices):
        """What people have said of it."""

        OPEN = "open"
        RECRUITMENT = "recruitment"
        NOT = "not"
        ESCALATED = "escalated"
        MERGED = "merged"

    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)
    state_before = models.CharField(max_length=12, blank=True)  # of a signpost: its state when it went into another, in case it comes back
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    priority = models.FloatField(default=0.0)  # see intake.priority
    level = models.PositiveSmallIntegerField(default=0)  # 3 high, 2 medium, 1 low
    score = models.FloatField(default=0.0)  # the best of its posts
    posts = models.PositiveIntegerField(default=0)
    later = models.PositiveIntegerField(default=0)  # posts that joined after the standing decision
    near_benign = models.BooleanField(default=False)  # worded like something that people said is not recruitment (learning says so)
    accounts = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=KIND_LENGTH, blank=True)  # the most common kind
    kinds: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    sources: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    source = models.CharField(max_length=40, blank=True)  # the most common source
    days: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)  # posts by day in Japan
    template: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)  # parts as campaign_record writes them
    template_posts = models.PositiveIntegerField(default=0)  # posts there were when the template was made; it is made anew behind the storing
    title = models.CharField(max_length=120, blank=True)  # the beginning of its text, for lists
    example = models.ForeignKey("Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_seen = models.DateTimeField(null=True)
    last_seen = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The queue's orders."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-priority", "id"], name="campaign_queue"),
            models.Index(fields=["state", "level", "-priority"], name="campaign_level"),
            models.Index(fields=["state", "kind", "-priority"], name="campaign_kind"),
            models.Index(fields=["state", "source", "-priority"], name="campaign_source"),
            models.Index(fields=["state", "first_seen"], name="campaign_oldest"),
            # Every count beside a filter is read off this one, whatever else narrows the view: 7 to 26 ms of 50,000 campaigns, not 128.
            models.Index(fields=["state", "level", "kind", "source", "posts", "later", "first_seen", "last_seen"], name="campaign_facets"),
            models.Index(fields=["-priority", "id"], name="campaign_priority"),
        ]

    def __str__(self) -> str:
        return f"campaign {self.pk}"


class Post(models.Model):
    """A flagged post as it was seen: the text with its hash and time, what the model of that day said of it, and the campaign it is in."""

    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=200)
    url = models.CharField(max_length=1000, blank=True)
    author = models.CharField(max_length=200, blank=True)
    author_id = models.CharField(max_length=200, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(null=True)
    observed_at = models.DateTimeField(null=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)  # of the text in UTF-8
    level = models.PositiveSmallIntegerField()
    score = models.FloatField()
    kinds: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    signals: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # signals that fired with a weight
    missing: models.JSONField[list[str], list[str]] = models.JSONField(default=list)  # job-advert items that it does not state
    pay_yen = models.BigIntegerField(null=True)
    pay_per = models.CharField(max_length=6, blank=True)
    wording = models.BigIntegerField(null=True)  # first post of those held together by wording (or a person's word) alone; empty: this one
    model = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+", db_index=False)  # that scored it
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="stored_posts")
    stored_at = models.DateTimeField(default=timezone.now)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="members", db_index=False)  # (see the indexes)
    joined_at = models.DateTimeField(default=timezone.now)  # when it came into this campaign

    class Meta:
        """The same post of the same source once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["source", "source_id"], name="post_once")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["campaign", "-created_at"], name="post_campaign"),
            models.Index(fields=["campaign", "id"], name="post_campaign_order"),
            models.Index(fields=["campaign", "source", "author"], name="post_campaign_account"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.source_id}"


class Contact(models.Model):
    """A contact that stands in stored posts, by its key ("telegram:abc"). `is_common`: under too many wordings to join anything."""

    key = models.CharField(max_length=200, unique=True)
    type = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    posts = models.PositiveIntegerField(default=0)
    is_common = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.key


class PostContact(models.Model):
    """A contact in a post."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="contact_links", db_index=False)  # the constraint's index does
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="post_links")

    class Meta:
        """Each pair once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["post", "contact"], name="post_contact_once")]


class Tie(models.Model):
    """Near-identical wording of two posts, the earlier first. Ties by contact follow from PostContact and are not stored."""

    a = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    similarity = models.FloatField()
    length = models.PositiveIntegerField()  # characters of the normal form


class Suggestion(models.Model):
    """Two campaigns that may be one: for a person to say. Gone when said, or when no tie suggests it any longer."""

    a = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="suggestions_from")
    b = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="suggestions_to")
    post_a = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    post_b = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Ground])
    standing = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Standing])  # confirmed: kept apart by their decisions only
    strength = models.FloatField()
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        """One for each two campaigns (a has the smaller number)."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["a", "b"], name="suggestion_once")]


class Judgement(models.Model):
    """A person's word that two posts are of one campaign or not. Added, never changed; the last one on a pair holds (see the first migration)."""

    a = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField(null=True)  # null: an earlier word is taken back
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Move(models.Model):
    """A post went to another campaign: with `Post.joined_at` the whole history of what was covered by which decision. Added, never changed."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="moves")
    before = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()  # when it had come into `before`
    at = models.DateTimeField(default=timezone.now)


class SignalDay(models.Model):
    """How many stored posts a signal fired in, by day of storing (Japan)."""

    signal = models.CharField(max_length=60)
    day = models.DateField()
    posts = models.PositiveIntegerField(default=0)

    class Meta:
        """One count for each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["signal", "day"], name="signal_day_once")]
