"""A first test against the mock. Replace phone_number_of() with a call of your client."""
import hashlib
import json
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone


def test_a_fresh_token_returns_the_phone_number(mock_app):
    phone_number = phone_number_of(mock_app, mock_app.mint("loginTokenValidate", "13800138000"))
    mock_app.assert_answered("103000")
    assert phone_number == "13800138000"


def phone_number_of(app, token):
    """Your client needs the base URL of the mock and the credentials of the app. Returns None for a refusal."""
    msgid, beijing = uuid.uuid4().hex, timezone(timedelta(hours=8))
    systemtime = datetime.now(beijing).strftime("%Y%m%d%H%M%S%f")[:17]
    text = app.app_id + "2.0" + msgid + systemtime + "0" + token + app.app_secret
    sent = {
        "version": "2.0", "msgid": msgid, "systemtime": systemtime, "strictcheck": "0",
        "appid": app.app_id, "token": token, "sign": hashlib.md5(text.encode()).hexdigest().upper(),
    }
    request = urllib.request.Request(
        app.base_url + "/unisdk/rsapi/loginTokenValidate", json.dumps(sent).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response).get("msisdn")
