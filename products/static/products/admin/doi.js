"use strict";
// A DOI that was looked for in vain goes along to the form that adds its source.
{
    const DOI = /^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)?10\.\d{4,9}\/\S+$/i;

    django.jQuery(document).on("select2:closing", "select", function() {
        const add = this.closest(".related-widget-wrapper")?.querySelector("a.add-related");
        const typed = document.querySelector(".select2-container--open .select2-search__field");
        if (!add?.pathname.endsWith("/products/source/add/") || !typed) {
            return;
        }
        const query = new URLSearchParams(add.search);
        query.delete("doi");
        if (DOI.test(typed.value.trim())) {
            query.set("doi", typed.value.trim());
        }
        add.search = query;
    });
}
