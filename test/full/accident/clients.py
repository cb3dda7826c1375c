"""Python's clients with their usual settings. Argument: an https address. Prints a line for each: its name and the body, or the error."""
import asyncio
import sys
import urllib.request


def with_urllib(url):
    return urllib.request.urlopen(url).read().decode()


def with_requests(url, **session):
    import requests

    opened = requests.Session()
    for name, value in session.items():
        setattr(opened, name, value)
    return opened.get(url).text


def with_aiohttp(url, **session):
    import aiohttp

    async def get():
        async with aiohttp.ClientSession(**session) as opened, opened.get(url) as response:
            return await response.text()

    return asyncio.run(get())


CLIENTS = {
    "urllib": with_urllib,
    "requests": with_requests,
    "requests, trust_env=False": lambda url: with_requests(url, trust_env=False),
    "requests, verify=False": lambda url: with_requests(url, verify=False),
    "aiohttp": with_aiohttp,
    "aiohttp, trust_env=True": lambda url: with_aiohttp(url, trust_env=True),
}

for name, client in CLIENTS.items():
    try:
        found = client(sys.argv[1])
    except ModuleNotFoundError:
        continue
    except Exception as error:
        found = repr(error)
    print(name, " ".join(found.split()), sep="\t", flush=True)
