"""How grades, checks and confidence come about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The rules, from the code that applies them."""
    return render(request, "method/method.html", {"section": "method", "trail": [("Method", "")]})
