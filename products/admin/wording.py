"""What the desk says of the way from draft to reader."""

from django.utils.translation import gettext_lazy as _

from products.rules.workflow import Action, Refusal, Status

BUTTONS = {
    Action.DRAFT: _("Back to draft"),
    Action.SUBMIT: _("Submit for review"),
    Action.PUBLISH: _("Publish"),
    Action.RETIRE: _("Retire"),
}
DONE = {
    Action.DRAFT: _("It is a draft now: visitors do not see it."),
    Action.SUBMIT: _("It waits for review."),
    Action.PUBLISH: _("It is published: visitors see it."),
    Action.RETIRE: _("It is retired: visitors no longer see it."),
}
DONE_ALL = {
    Action.DRAFT: _("They are drafts now: visitors do not see them."),
    Action.SUBMIT: _("They wait for review."),
    Action.PUBLISH: _("They are published: visitors see them."),
    Action.RETIRE: _("They are retired: visitors no longer see them."),
}
REFUSED = {
    Refusal.NO_POWER: _("Your account may not do this."),
    Refusal.NOT_FROM_HERE: _("Its status does not allow this."),
    Refusal.BEYOND_DRAFTS: _(
        "It was published, and your account changes drafts only. Ask an editor."
    ),
    Refusal.OWN_WORK: _(
        "You wrote this, or changed it last. Evidence and safety facts are published by somebody else: submit it for review."
    ),
}
BULK = {
    Action.SUBMIT: _("Submit the selected for review"),
    Action.PUBLISH: _("Publish the selected"),
    Action.RETIRE: _("Retire the selected"),
}
QUESTIONS = {
    Action.SUBMIT: _("Submit for review?"),
    Action.PUBLISH: _("Publish?"),
    Action.RETIRE: _("Retire?"),
}
WILL = {
    Action.SUBMIT: _("will wait for review"),
    Action.PUBLISH: _("will be published and seen by visitors"),
    Action.RETIRE: _("will be retired and no longer seen by visitors"),
}
STANDS = {
    Status.DRAFT: _("Draft: visitors do not see it."),
    Status.IN_REVIEW: _("In review: visitors do not see it yet."),
    Status.PUBLISHED: _("Published: visitors see it."),
    Status.RETIRED: _("Retired: visitors no longer see it."),
}
SECOND_EYES = _(
    "A second person looks at it before visitors see it. Whoever changes it while it is published takes it back into review, off the site, until somebody else publishes it again."
)
CHANGE_NEEDS_REVIEW = _(
    "A change takes it back into review, off the site, until somebody else publishes it again."
)
BACK_IN_REVIEW = _(
    "It was published, and you have changed it: it is in review again, and visitors do not see it until somebody else publishes it."
)
