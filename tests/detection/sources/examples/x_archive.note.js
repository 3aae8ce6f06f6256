window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "2008100000000000900",
      "updatedAt": "2026-01-06T03:00:01.000Z",
      "lifecycle": {
        "value": "2",
        "name": "Public"
      },
      "createdAt": "2026-01-06T03:00:01.000Z",
      "core": {
        "text": "長い投稿はここで切れて続きは note-tweet.js にだけある。\n高額 &amp; 即日、詳細はDMで。",
        "urls": [
          {
            "shortUrl": "https://t.co/cccc",
            "expandedUrl": "https://example.jp/long",
            "displayUrl": "example.jp/long"
          }
        ],
        "mentions": [],
        "hashtags": [],
        "styletags": []
      }
    }
  },
  {
    "noteTweet": {
      "noteTweetId": "2008100000000000901",
      "updatedAt": "2026-01-07T03:10:00.000Z",
      "createdAt": "2026-01-07T03:00:00.000Z",
      "noteTweetResults": {
        "text": "あとから直した長い投稿"
      }
    }
  },
  {
    "noteTweet": {
      "noteTweetId": "2008100000000000902",
      "createdAt": "2026-01-07T03:00:00.000Z",
      "core": {}
    }
  }
];
