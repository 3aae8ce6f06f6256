window.YTD.account.part0 = [
  {
    "account": {
      "email": "someone@example.jp",
      "createdVia": "web",
      "username": "dareka_no_san",
      "accountId": "4242",
      "createdAt": "2012-01-01T00:00:00.000Z",
      "accountDisplayName": "誰か"
    }
  }
]
