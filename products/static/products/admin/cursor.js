'use strict';
// Django puts the cursor of a form to add on its first control, which is a button where buttons stand
// on top. It belongs into the first field that was refused, else into the first of all. Fields that
// search while one types are made when jQuery is ready, so it waits its turn there.
window.addEventListener('load', () => django.jQuery(() => {
    const control = ':is(.select2-selection, input:not([type=hidden]), select:not(.admin-autocomplete), textarea)';
    const [refused, first] = ['.errors', 'fieldset'].map(
        (place) => document.querySelector(`#content-main form ${place} ${control}`),
    );
    (refused ?? first)?.focus();
}));
