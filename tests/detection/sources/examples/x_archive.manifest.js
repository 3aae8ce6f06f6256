window.__THAR_CONFIG = {
  "userInfo": {
    "accountId": "4242",
    "userName": "dareka_no_san",
    "displayName": "誰か"
  },
  "dataTypes": {
    "tweets": {
      "files": [
        {
          "fileName": "data/tweets.js",
          "globalName": "YTD.tweets.part0",
          "count": "9"
        }
      ]
    }
  }
}
