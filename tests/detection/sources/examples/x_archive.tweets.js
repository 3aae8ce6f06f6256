window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2008100000000000001"
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
        "41"
      ],
      "favorite_count": "3",
      "id_str": "2008100000000000001",
      "truncated": false,
      "retweet_count": "1",
      "id": "2008100000000000001",
      "created_at": "Mon Jan 05 08:36:41 +0000 2026",
      "favorited": false,
      "full_text": "荷物を運ぶだけ 日給5万 &amp; 交通費 &lt;即日&gt; DM待ってます",
      "lang": "ja"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2008100000000000002"
          ],
          "editableUntil": "2026-01-05T09:36:41.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.example.com\" rel=\"nofollow\">X for Android</a>",
      "entities": {
        "urls": [
          {
            "url": "https://t.co/aaaa",
            "expanded_url": "https://example.jp/form",
            "display_url": "example.jp/form",
            "indices": [
              "11",
              "27"
            ]
          }
        ],
        "user_mentions": [],
        "hashtags": []
      },
      "display_text_range": [
        "0",
        "30"
      ],
      "favorite_count": "3",
      "id_str": "2008100000000000002",
      "truncated": false,
      "retweet_count": "1",
      "id": "2008100000000000002",
      "created_at": "Mon Jan 05 15:00:00 +0000 2026",
      "favorited": false,
      "full_text": "返信です。詳しくはこちら https://t.co/aaaa",
      "lang": "ja",
      "in_reply_to_status_id_str": "2008100000000000001",
      "in_reply_to_user_id_str": "77"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2008100000000000003"
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
        "44"
      ],
      "favorite_count": "3",
      "id_str": "2008100000000000003",
      "truncated": false,
      "retweet_count": "1",
      "id": "2008100000000000003",
      "created_at": "Tue Jan 06 00:10:00 +0000 2026",
      "favorited": false,
      "full_text": "RT @kaze_no_hito: 長い投稿の始まりだけがここに残る、続きは元の投稿に…",
      "lang": "ja"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "edit": {
          "initialTweetId": "2008100000000000004",
          "editControlInitial": {
            "editTweetIds": [
              "2008100000000000004",
              "2008100000000000005"
            ],
            "editableUntil": "2026-01-06T02:00:00.000Z"
          }
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
        "5"
      ],
      "favorite_count": "3",
      "id_str": "2008100000000000005",
      "truncated": false,
      "retweet_count": "1",
      "id": "2008100000000000005",
      "created_at": "Tue Jan 06 01:00:00 +0000 2026",
      "favorited": false,
      "full_text": "直した投稿",
      "lang": "ja"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2008100000000000006"
          ],
          "editableUntil": "2026-01-05T09:36:41.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.example.com\" rel=\"nofollow\">X for Android</a>",
      "entities": {
        "media": [
          {
            "type": "photo",
            "media_url_https": "https://img.example.jp/1.jpg"
          }
        ]
      },
      "display_text_range": [
        "0",
        "22"
      ],
      "favorite_count": "3",
      "id_str": "2008100000000000006",
      "truncated": false,
      "retweet_count": "1",
      "id": "2008100000000000006",
      "created_at": "Tue Jan 06 02:00:00 +0000 2026",
      "favorited": false,
      "full_text": "写真二枚 https://t.co/bbbb",
      "lang": "ja",
      "extended_entities": {
        "media": [
          {
            "type": "photo",
            "media_url_https": "https://img.example.jp/1.jpg",
            "ext_alt_text": "募集の画像"
          },
          {
            "type": "video",
            "media_url": "http://img.example.jp/2.mp4"
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "2008100000000000007"
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
        "53"
      ],
      "favorite_count": "3",
      "id_str": "2008100000000000007",
      "truncated": false,
      "retweet_count": "1",
      "id": "2008100000000000007",
      "created_at": "Tue Jan 06 03:00:00 +0000 2026",
      "favorited": false,
      "full_text": "長い投稿はここで切れて続きは note-tweet.js にだけある… https://t.co/cccc",
      "lang": "ja"
    }
  },
  {
    "tweet": {
      "id_str": "2008100000000000008",
      "created_at": "Tue Jan 06 04:00:00 +0000 2026"
    }
  },
  {
    "tweet": {
      "tweet_id": "2008100000000000009",
      "user_id": "12",
      "created_at": "Tue Jan 06 04:00:00 +0000 2026"
    }
  },
  {
    "id_str": "300000000000000001",
    "text": "包みのない古い形",
    "created_at": "Sun Apr 01 00:00:00 +0000 2012",
    "user": {
      "screen_name": "mukashi_no_hito",
      "id_str": "4242",
      "name": "昔の人"
    }
  }
]
