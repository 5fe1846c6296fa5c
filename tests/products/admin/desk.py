"""The desk as a browser sees it: open a page, get its fields, type into them, send them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

Fields = dict[str, Any]


def address(model: type[Model] | Model, page: str = "changelist") -> str:
    """The address of a list or an add page of a model, or of a page of one record."""
    args = [] if isinstance(model, type) else [model.pk]
    return reverse(f"admin:products_{model._meta.model_name}_{page}", args=args)


def opened(client: Client, path: str) -> Fields:
    """Every field of the page with the value it shows, as a browser would send it back."""
    return shown(client.get(path))


def shown(answer: Any) -> Fields:
    """As `opened`, of an answer that shows the page again."""
    assert answer.status_code == 200
    fields: Fields = {}
    _read(answer.context["adminform"].form, fields)
    for inline in answer.context["inline_admin_formsets"]:
        _read(inline.formset.management_form, fields)
        for form in inline.formset.forms:
            _read(form, fields)
    return fields


def add_line(fields: Fields, prefix: str, **values: Any) -> Fields:
    """Fill in a further line of an inline, as *Add another* does."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"])
    fields[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    fields |= {f"{prefix}-{number}-{name}": _text(value) for name, value in values.items()}
    return fields


def said(answer: Any) -> dict[str, str]:
    """What the page says of each field: inline fields by their name in the page, `""` of the page."""
    assert answer.status_code == 200, "it was saved"
    words = _words(answer.context["adminform"].form)
    for inline in answer.context["inline_admin_formsets"]:
        if whole := inline.formset.non_form_errors():
            words[inline.formset.prefix] = strip_tags(" ".join(whole))
        for form in inline.formset.forms:
            words |= _words(form)
    return words


def _words(form: BaseForm) -> dict[str, str]:
    return {
        "" if name == "__all__" and not form.prefix else form.add_prefix(name): strip_tags(
            " ".join(errors)
        )
        for name, errors in form.errors.items()
    }


def _read(form: BaseForm, fields: Fields) -> None:
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            fields[bound.html_name] = _text(value)


def _text(value: Any) -> Any:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, list | tuple):
        return [_text(one) for one in value]
    return value.isoformat() if isinstance(value, date) else str(value)
