"""The files of the pages, compressed once for all readers."""

import asyncio
import gzip
from pathlib import Path

import brotli
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from dashboard.server.compression import CompressionMiddleware
from tests.support.asgi import ask

SCRIPT = b"export const answer = 42;\n" * 500


@pytest.fixture
def files(tmp_path):
    """The files of a page, and a page beside them; counts how often something is asked of
    Streamlit.
    """
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "page.1a2b.js").write_bytes(SCRIPT)
    (tmp_path / "js" / "small.js").write_bytes(b"export default 1;")
    (tmp_path / "inter.woff2").write_bytes(SCRIPT)

    def made(base=""):
        page = Route(f"{base}/events", lambda _: Response(SCRIPT, media_type="text/html"))
        static = StaticFiles(directory=tmp_path)
        inner = Starlette(
            routes=[page, Mount(f"{base}/static", static), Mount(f"{base}/app/static", static)]
        )

        async def counted(scope, receive, send):
            site.asked.append(scope["path"])
            await inner(scope, receive, send)

        site = CompressionMiddleware(counted, base)
        site.asked = []
        return site

    return made


@pytest.mark.parametrize("path", ["/static/js/page.1a2b.js", "/app/static/js/page.1a2b.js"])
def test_a_script_is_packed_and_the_same_when_it_is_unpacked(files, path):
    answer = ask(files(), path, accept_encoding="gzip, deflate, br, zstd")
    assert brotli.decompress(answer.body) == SCRIPT
    assert answer.headers["content-encoding"] == "br"
    assert int(answer.headers["content-length"]) == len(answer.body) < len(SCRIPT) / 50
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["etag"].startswith('W/"')
    assert "accept-ranges" not in answer.headers


def test_who_knows_gzip_only_gets_gzip_and_who_knows_nothing_the_file_as_it_is(files):
    site = files()
    packed = ask(site, "/static/js/page.1a2b.js", accept_encoding="gzip, br;q=0")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == SCRIPT
    for asked in ({}, {"accept_encoding": "identity"}, {"accept_encoding": "br;q=0, gzip; q=0"}):
        plain = ask(site, "/static/js/page.1a2b.js", **asked)
        assert (plain.body, plain.headers.get("content-encoding")) == (SCRIPT, None)


def test_a_file_is_packed_once_for_all_readers_also_for_those_who_come_together(files):
    site = files()

    async def read(number):
        sent = []

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/static/js/page.1a2b.js",
            "headers": [(b"accept-encoding", b"br")],
        }
        await site(scope, asyncio.Event().wait, send)
        return b"".join(message.get("body", b"") for message in sent), number

    async def together():
        return await asyncio.gather(*(read(number) for number in range(20)))

    async def main(app_scope, receive, send):  # in a loop of its own: see tests/support/asgi.py
        answers = await together()
        assert {brotli.decompress(body) for body, _ in answers} == {SCRIPT}
        await Response("read")(app_scope, receive, send)

    assert ask(main, "/").text == "read"
    ask(site, "/static/js/page.1a2b.js", accept_encoding="br")
    assert site.asked == ["/static/js/page.1a2b.js"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/small.js", {}),
        ("/static/inter.woff2", {}),
        ("/static/js/page.1a2b.js", {"range": "bytes=0-9"}),
        ("/events", {}),
        ("/static/../events", {}),
    ],
)
def test_small_files_fonts_parts_and_pages_go_out_as_they_are(files, path, headers):
    site = files()
    answer = ask(site, path, accept_encoding="br", **headers)
    assert "content-encoding" not in answer.headers
    assert not site.kept


def test_who_has_the_file_is_told_so(files):
    site = files()
    etag = ask(site, "/static/js/page.1a2b.js", accept_encoding="br").headers["etag"]
    again = ask(site, "/static/js/page.1a2b.js", accept_encoding="br", if_none_match=etag)
    assert (again.status, again.body) == (304, b"")


def test_a_path_that_is_no_file_is_not_found_and_not_remembered(files):
    site = files()
    for nr in range(5):
        assert ask(site, f"/static/js/nothing-{nr}.js", accept_encoding="br").status == 404
    assert not site.kept
    assert not site.locks


def test_of_streamlits_own_files_each_is_kept_once_however_its_path_is_written():
    """Streamlit gives its page for every path that it does not know: whoever makes up paths must
    not fill the memory.
    """
    site = CompressionMiddleware(
        Starlette(routes=create_streamlit_static_assets_routes(base_url=""))
    )
    script = next((Path(streamlit.__file__).parent / "static" / "static" / "js").glob("index.*.js"))
    for folder in ("js", "./js", "/js", ".//./js"):
        answer = ask(site, f"/static/{folder}/{script.name}", accept_encoding="br")
        assert answer.status == 200
        body = (
            brotli.decompress(answer.body)
            if answer.headers.get("content-encoding")
            else answer.body
        )
        assert body == script.read_bytes()
    for nr in range(5):
        ask(site, f"/static/js/made-up-{nr}.js", accept_encoding="br")
        ask(site, f"/static/made-up-{nr}", accept_encoding="br")
    assert list(site.kept) == [(f"/static/js/{script.name}", "br")]
    assert list(site.locks) == list(site.kept)


def test_who_leaves_while_a_file_is_read_for_the_first_time_leaves_a_whole_one_to_the_others():
    """Starlette stops to read a file when who asked for it is gone. Half a script was kept for all,
    and nobody saw a table until the server was started anew.
    """
    streamlits = Starlette(routes=create_streamlit_static_assets_routes(base_url=""))
    script = next((Path(streamlit.__file__).parent / "static" / "static" / "js").glob("index.*.js"))
    gone = asyncio.Event()

    async def left_on_the_way(scope, receive, send):
        async def part(message):
            await send(message)
            if message.get("more_body"):
                gone.set()

        await streamlits(scope, receive, part)

    site = CompressionMiddleware(left_on_the_way)
    ask(site, f"/static/js/{script.name}", accept_encoding="br", gone=gone)
    answer = ask(site, f"/static/js/{script.name}", accept_encoding="br")
    assert brotli.decompress(answer.body) == script.read_bytes()


def test_an_answer_that_ends_too_early_is_neither_sent_nor_kept():
    async def breaks_off(scope, receive, send):
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/javascript")],
            }
        )
        await send({"type": "http.response.body", "body": SCRIPT, "more_body": True})

    site = CompressionMiddleware(breaks_off)
    with pytest.raises(EOFError, match=r"/static/js/page\.1a2b\.js"):
        ask(site, "/static/js/page.1a2b.js", accept_encoding="br")
    assert not site.kept
    assert not site.locks


@pytest.mark.parametrize("headers", [{"set-cookie": "session=of one reader"}, {"vary": "Cookie"}])
def test_an_answer_for_one_reader_is_not_kept(headers):
    site = CompressionMiddleware(Response(SCRIPT, media_type="text/javascript", headers=headers))
    answer = ask(site, "/static/js/page.1a2b.js", accept_encoding="br")
    assert answer.headers.items() >= headers.items()
    assert (answer.body, site.kept) == (SCRIPT, {})


def test_below_a_path_the_files_are_packed_too(files):
    site = files("/dash")
    assert (
        ask(site, "/dash/static/js/page.1a2b.js", accept_encoding="br").headers["content-encoding"]
        == "br"
    )
    assert ask(site, "/static/js/page.1a2b.js", accept_encoding="br").status == 404


def test_of_files_that_streamlit_packs_by_itself_a_reader_gets_ours():
    """It packs our own files for every reader again, and with gzip: brotli is a tenth less."""
    plain = Response(SCRIPT, media_type="text/javascript")
    answer = ask(
        CompressionMiddleware(GZipMiddleware(plain)),
        "/app/static/page.js",
        accept_encoding="gzip, br",
    )
    assert answer.headers["content-encoding"] == "br"
    assert brotli.decompress(answer.body) == SCRIPT


@pytest.mark.parametrize("script", [SCRIPT, b"export default 1;"])
def test_the_script_of_a_component_is_sent_once_to_a_reader(script):
    """Streamlit gives it no ETag and no time, so that browsers fetched it with every page."""
    site = CompressionMiddleware(Response(script, media_type="text/javascript"))
    link = "/_stcore/bidi-components/dashboard.page/page.js"
    first = ask(site, link, accept_encoding="br")
    again = ask(site, link, accept_encoding="br", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert ask(site, link, accept_encoding="br", if_none_match='"another"').status == 200
