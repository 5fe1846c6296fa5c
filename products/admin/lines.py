"""A price or a rating entered in one line, from the list of products and back to it."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from products import workflow
from products.changes import recording
from products.models import ChangeSet, Offer, Product, RatingSummary, Source, Verified
from products.rules.workflow import Action


class Line(forms.ModelForm):
    """Of a page that was seen: its address names the source, which is made when it is new."""

    site: ClassVar[str]
    """The field that says whose page it is."""
    url = forms.URLField(label="Address of the page", assume_scheme="https", max_length=600)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visible_fields()[0].field.widget.attrs["autofocus"] = True

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        # A source that is not there yet cannot clash; one that is may have this fact already.
        if (known := self._source()) is not None:
            self.instance.source = known
        try:
            self.instance.full_clean(exclude=None if known else ["source"])
        except ValidationError as refused:
            self.add_error(None, refused.messages)

    def save(self, commit: bool = True) -> Any:
        """Within a recording."""
        if self._source() is None:
            self.instance.source = self._new_source()
        return super().save(commit)

    def _source(self) -> Source | None:
        return Source.objects.filter(url=self.cleaned_data["url"]).order_by("pk").first()

    def _new_source(self) -> Source:
        product, site = self.instance.product, self.cleaned_data[self.site]
        day = self.cleaned_data.get("seen_on")
        stem = slugify(f"{site}-{product.slug}")[:100]
        taken = set(Source.objects.filter(key__startswith=stem).values_list("key", flat=True))
        key = stem
        while key in taken:
            key = f"{stem}-{len(taken) + 1}"
            taken.add(key)
        source = Source(
            key=key,
            kind=Source.Kind.SHOP_PAGE,
            title=f"{product} at {site}",
            published_in=site,
            url=self.cleaned_data["url"],
            seen_on=day.isoformat() if day else "",
            verified=Verified.PAGE,
        )
        source.save()
        return source


class OfferLine(Line):
    site = "seller"

    class Meta:
        model = Offer
        fields = ["price", "currency", "seller", "seen_on", "url"]
        widgets = {"seen_on": forms.DateInput(attrs={"type": "date"})}


class RatingLine(Line):
    site = "seller"
    seller = forms.CharField(label="Seller or site", max_length=120)

    class Meta:
        model = RatingSummary
        fields = ["average", "scale_max", "count", "seller", "seen_on", "url"]
        widgets = {"seen_on": forms.DateInput(attrs={"type": "date"})}


LINES: dict[str, type[Line]] = {"price": OfferLine, "rating": RatingLine}


class LineEntry(ModelAdmin):
    """Adds the two addresses, and the links to them in each row of the list."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.enter_line)
        return [
            *(
                path(f"<int:pk>/{kind}/", view, {"kind": kind}, name=f"products_product_{kind}")
                for kind in LINES
            ),
            *super().get_urls(),
        ]

    @admin.display(description="enter")
    def enter(self, product: Product) -> SafeString:
        return format_html(
            "<a href='{}' aria-label='Enter a price of {}'>price</a> · <a href='{}' aria-label='Enter a rating of {}'>rating</a>",
            reverse("admin:products_product_price", args=[product.pk]),
            product,
            reverse("admin:products_product_rating", args=[product.pk]),
            product,
        )

    def enter_line(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """One form of one line; back to the list as it was filtered."""
        product = get_object_or_404(Product.objects.select_related("brand"), pk=pk)
        line = LINES[kind]
        row = line.Meta.model(product=product)  # type: ignore[attr-defined]
        may_add = request.user.has_perm(f"products.add_{row._meta.model_name}")
        if not may_add or workflow.refusal(Action.CHANGE, row, request.user):
            raise PermissionDenied
        form = line(request.POST or None, instance=row, initial={"seen_on": timezone.now().date()})
        back = request.POST.get("back") if request.method == "POST" else _query_of_list(request)
        if request.method == "POST" and form.is_valid():
            with recording(by=request.user, reason="", kind=ChangeSet.Kind.DESK):
                saved = form.save()
            self.message_user(request, f"{product}: {saved}", messages.SUCCESS)
            return HttpResponseRedirect(f"{reverse(_LIST)}?{back}" if back else reverse(_LIST))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Enter a {kind}: {product}",
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "back": back or "",
        }
        status = 422 if form.errors else 200
        return render(request, "admin/products/line.html", context, status=status)


_LIST = "admin:products_product_changelist"


def _query_of_list(request: HttpRequest) -> str:
    """The query of the list that the link was followed from; blank from anywhere else."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.query if came_from.path == reverse(_LIST) else ""
