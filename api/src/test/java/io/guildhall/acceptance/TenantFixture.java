package io.guildhall.acceptance;

import java.util.List;
import java.util.UUID;

/** One organization, with one of everything that can belong to one. */
record TenantFixture(
        TestUser creator,
        String organization,
        String name,
        String membership,
        String invitation,
        String invited,
        TestUser.Token userToken,
        TestUser.Token organizationToken,
        String activity,
        String signIn,
        String webhook) {

    static TenantFixture of(TestUser somebody) {
        String name = Client.unusedName();
        String organization = somebody.found(name);
        TestUser creator = somebody.in(organization);
        creator.pay(organization);
        creator.choose(organization, "pro");
        String invited = Client.unusedEmail();
        return new TenantFixture(
                creator,
                organization,
                name,
                creator.membership(),
                creator.invite(invited),
                invited,
                creator.token("USER"),
                creator.token("ORGANIZATION"),
                creator.client().get("/v1/activities?limit=1").ok().text("activities.0.id"),
                creator.client().get("/v1/account/sessions").ok().text("sessions.0.id"),
                creator.webhook("https://%s.invalid/hook".formatted(name)).id());
    }

    /** The id of something of this organization. */
    String id(SampleRequests.Kind kind) {
        return switch (kind) {
            case ORGANIZATION -> organization;
            case MEMBERSHIP -> membership;
            case INVITATION -> invitation;
            case TOKEN -> userToken.id();
            case WEBHOOK -> webhook;
            case USER -> creator.id();
            case ACTIVITY -> activity;
            case SIGN_IN -> signIn;
            case LINK, MAIL, REBUILD, DEAD_LETTER -> UUID.randomUUID().toString();
        };
    }

    /** Texts that can only stem from here. */
    List<String> traces() {
        return List.of(
                organization,
                name,
                membership,
                invitation,
                invited,
                userToken.id(),
                organizationToken.id(),
                webhook,
                creator.id(),
                creator.email(),
                activity);
    }
}
