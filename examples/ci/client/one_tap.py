"""Exchanges a token for the user's phone number."""
import hashlib, json, urllib.request, uuid
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


class Refused(Exception):
    """The carrier refused, or its response cannot be used."""


def phone_number(base_url, app, token):
    request = {
        "version": "2.0",
        "msgid": uuid.uuid4().hex,
        "systemtime": datetime.now(BEIJING).strftime("%Y%m%d%H%M%S%f")[:17],
        "strictcheck": "0",
        "appid": app["id"],
        "token": token,
    }
    signed = "".join(request[name] for name in ("appid", "version", "msgid", "systemtime", "strictcheck", "token"))
    request["sign"] = hashlib.md5((signed + app["secret"]).encode()).hexdigest().upper()
    answer = post(base_url + "/unisdk/rsapi/loginTokenValidate", request)
    if answer.get("resultCode") != "103000" or answer.get("inresponseto") != request["msgid"]:
        raise Refused(answer.get("resultCode"))
    number = answer.get("msisdn")
    if not isinstance(number, str) or not (number.isdigit() and len(number) == 11):
        raise Refused("the response has no phone number")
    return number


def post(url, fields):
    request = urllib.request.Request(url, json.dumps(fields).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            answer = json.loads(response.read(65536))
    except (OSError, ValueError, RecursionError) as error:
        raise Refused(error)
    if not isinstance(answer, dict):
        raise Refused("the response is not a JSON object")
    return answer
