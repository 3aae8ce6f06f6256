window.YTD.deleted_tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2008100000000000010"
          ],
          "editableUntil": "2026-01-05T09:36:41.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.example.com\" rel=\"nofollow\">X for Android</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "11"
      ],
      "favorite_count": "3",
      "id_str": "2008100000000000010",
      "truncated": false,
      "retweet_count": "1",
      "id": "2008100000000000010",
      "created_at": "Wed Jan 07 00:00:00 +0000 2026",
      "favorited": false,
      "full_text": "消した投稿 受け子募集",
      "lang": "ja",
      "deleted_at": "Thu Jan 08 00:00:00 +0000 2026"
    }
  }
]
