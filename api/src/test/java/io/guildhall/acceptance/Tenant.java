package io.guildhall.acceptance;

import java.util.List;
import java.util.UUID;

/** One organization, with one of everything that can belong to one. */
record Tenant(
        Person founder,
        String organization,
        String name,
        String membership,
        String invitation,
        String invited,
        Person.Token userToken,
        Person.Token organizationToken,
        String activity,
        String signIn,
        String webhook) {

    static Tenant of(Person somebody) {
        String name = Client.unusedName();
        String organization = somebody.found(name);
        Person founder = somebody.in(organization);
        founder.pay(organization);
        founder.choose(organization, "pro");
        String invited = Client.unusedEmail();
        return new Tenant(
                founder,
                organization,
                name,
                founder.membership(),
                founder.invite(invited),
                invited,
                founder.token("USER"),
                founder.token("ORGANIZATION"),
                founder.client().get("/v1/activities?limit=1").ok().text("activities.0.id"),
                founder.client().get("/v1/account/sessions").ok().text("sessions.0.id"),
                founder.webhook("https://%s.invalid/hook".formatted(name)).id());
    }

    /** The id of something of this organization. */
    String id(Samples.Kind kind) {
        return switch (kind) {
            case ORGANIZATION -> organization;
            case MEMBERSHIP -> membership;
            case INVITATION -> invitation;
            case TOKEN -> userToken.id();
            case WEBHOOK -> webhook;
            case ACCOUNT -> founder.id();
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
                founder.id(),
                founder.email(),
                activity);
    }
}
