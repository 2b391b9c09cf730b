"""The one plugin of the site: hooks only; what they show is in ``kb.site``, what they keep away in ``kb.guard``."""

from datasette import hookimpl

from kb import guard, site
from kb.words import phrase, tokens


@hookimpl(trylast=True)  # Datasette registers its own escape_fts in the same hook, and the last one counts
def prepare_connection(conn):
    conn.create_function("tiku_tokens", 1, tokens, deterministic=True)
    conn.create_function("escape_fts", 1, phrase)


@hookimpl
def prepare_jinja2_environment(env):
    env.filters.update(site.FILTERS)


@hookimpl
def extra_template_vars(datasette, request, view_name, database, table):
    return site.template_vars(datasette, request)


@hookimpl
def startup(datasette):
    async def count_before_the_first_visitor():
        if "kb" in datasette.databases:
            await site.counts_of(datasette).now()

    return count_before_the_first_visitor


@hookimpl
def register_routes(datasette):
    return site.ROUTES


@hookimpl
def asgi_wrapper(datasette):
    return lambda app: guard.guarded(app, datasette)
