"""stub"""
FILTERS = {}
ROUTES = []
def template_vars(datasette, request):
    return {}
