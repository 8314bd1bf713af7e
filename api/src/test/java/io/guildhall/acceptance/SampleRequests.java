package io.guildhall.acceptance;

import java.util.List;
import java.util.Map;

/** What calls of the routes need. Whoever adds a route that takes an id or a body registers it here. */
final class SampleRequests {

    /** What an id in a path is an id of. */
    enum Kind {
        ORGANIZATION,
        MEMBERSHIP,
        INVITATION,
        TOKEN,
        WEBHOOK,
        USER,
        ACTIVITY,
        SIGN_IN,
        /** Of a mail. Who knows one may use it, so it belongs to no organization. */
        LINK,
        MAIL,
        REBUILD,
        DEAD_LETTER
    }

    /** By what stands before the variable. */
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("/v1/organizations/", Kind.ORGANIZATION),
            Map.entry("/v1/organization_members/", Kind.MEMBERSHIP),
            Map.entry("/v1/organization_invitations/", Kind.INVITATION),
            Map.entry("/v1/account/organization_invitations/", Kind.INVITATION),
            Map.entry("/v1/credentials/", Kind.TOKEN),
            Map.entry("/v1/activities/", Kind.ACTIVITY),
            Map.entry("/v1/webhooks/", Kind.WEBHOOK),
            Map.entry("/v1/account/sessions/", Kind.SIGN_IN),
            Map.entry("/v1/users/", Kind.USER),
            Map.entry("/v2/users/", Kind.USER),
            Map.entry("/v1/account/validate/", Kind.LINK),
            Map.entry("/v1/account/email_changes/", Kind.LINK),
            Map.entry("/v1/organization_confirmations/", Kind.LINK),
            Map.entry("/v1/invitation_links/", Kind.LINK),
            Map.entry("/operator/v1/users/", Kind.USER),
            Map.entry("/operator/v1/organizations/", Kind.ORGANIZATION),
            Map.entry("/operator/v1/mails/", Kind.MAIL),
            Map.entry("/operator/v1/rebuilds/", Kind.REBUILD),
            Map.entry("/operator/v1/dead_letters/", Kind.DEAD_LETTER));

    private static final Map<String, Object> PROFILE = Map.of(
            "name", "Ada", "email", "ada@example.org", "current_password", "old password", "password", "new password");
    private static final Map<String, Object> ORGANIZATION = Map.of(
            "name", "acme", "billing_name", "Acme", "billing_email", "b@example.org", "city", "Paris", "company", true);
    private static final Map<String, Object> TOKEN = Map.of("name", "deploy", "description", "for the pipeline");

    private static final Map<String, Object> WEBHOOK = Map.of(
            "url", "https://receiver.invalid/hook",
            "types", List.of("credential", "organization_member.joined"),
            "description", "to the archive");

    /** Well-formed bodies, with as many fields as possible. */
    private static final Map<String, Map<String, Object>> BODIES = Map.ofEntries(
            Map.entry(
                    "POST /v1/account/signup",
                    Map.of(
                            "email",
                            "ada@example.org",
                            "password",
                            Client.PASSWORD,
                            "name",
                            "Ada",
                            "invitation_link",
                            "x".repeat(43))),
            Map.entry(
                    "POST /v1/account/login",
                    Map.of(
                            "email", "ada@example.org",
                            "password", Client.PASSWORD,
                            "organization_id", "00000000-0000-4000-8000-000000000000")),
            Map.entry("POST /v1/account/reset_password", Map.of("email", "ada@example.org")),
            Map.entry("POST /v1/account/update_password", Map.of("id", "x".repeat(43), "password", Client.PASSWORD)),
            Map.entry("PUT /v1/account/profile", PROFILE),
            Map.entry("PATCH /v1/account/profile", PROFILE),
            Map.entry("PUT /v2/account/profile", PROFILE),
            Map.entry("PATCH /v2/account/profile", PROFILE),
            Map.entry("PATCH /v1/account/settings", Map.of("failed_deployment_email_notification", true)),
            Map.entry("DELETE /v1/users/{id}", Map.of("current_password", "old password")),
            Map.entry("DELETE /v2/users/{id}", Map.of("current_password", "old password")),
            Map.entry("POST /v1/organizations", Map.of("name", "acme")),
            Map.entry("PUT /v1/organizations/{id}", ORGANIZATION),
            Map.entry("PATCH /v1/organizations/{id}", ORGANIZATION),
            Map.entry("PUT /v1/organizations/{id}/name", Map.of("name", "acme")),
            Map.entry("POST /v1/organizations/{id}/plan", Map.of("plan", "pro")),
            Map.entry("PUT /v1/organizations/{id}/activity_retention", Map.of("days", 30)),
            Map.entry("POST /v1/organizations/{id}/deactivate", Map.of("skip_confirmation", false)),
            Map.entry("POST /v1/organizations/{id}/access_token", Map.of("validity", "60s")),
            Map.entry(
                    "POST /v1/organizations/{id}/signup_qualification",
                    Map.of("signup_qualification", Map.of("why", "to see"))),
            Map.entry("POST /v1/organization_invitations", Map.of("email", "bob@example.org")),
            Map.entry(
                    "POST /v1/credentials",
                    Map.of(
                            "name", "deploy",
                            "description", "for the pipeline",
                            "type", "USER",
                            "organization_id", "00000000-0000-4000-8000-000000000000",
                            "expires_at", "2099-01-01T00:00:00Z",
                            "scopes", List.of("activities:read"))),
            Map.entry("PUT /v1/credentials/{id}", TOKEN),
            Map.entry("PATCH /v1/credentials/{id}", TOKEN),
            Map.entry("POST /v1/webhooks", WEBHOOK),
            Map.entry("PATCH /v1/webhooks/{id}", Map.of("types", List.of("webhook"), "status", "ENABLED")),
            Map.entry("POST /v1/webhooks/{id}/resend", Map.of("after", 0)),
            Map.entry("POST /operator/v1/dead_letters/retry", Map.of("projection", "members")),
            Map.entry("POST /operator/v1/users/{id}/membership_limit", Map.of("limit", 6)),
            Map.entry("POST /operator/v1/organizations/{id}/lock", Map.of("reason", "unpaid")),
            Map.entry(
                    "POST /operator/v1/rebuilds",
                    Map.of("projections", List.of("members"), "take_over_despite_differences", false)));

    private SampleRequests() {}

    static Kind kind(Route route) {
        String before = route.path().substring(0, route.path().indexOf('{'));
        Kind kind = KINDS.get(before);
        if (kind == null) {
            throw new AssertionError(
                    "What is the id in %s an id of? Say so in Samples.KINDS under %s.".formatted(route, before));
        }
        if (route.variables().size() > 1) {
            throw new AssertionError(
                    "%s has more than one variable: teach Samples and Route about it.".formatted(route));
        }
        return kind;
    }

    /** A well-formed body; an empty one where none is taken. */
    static Map<String, Object> body(Route route) {
        if (!route.takesBody()) {
            return Map.of();
        }
        Map<String, Object> body = BODIES.get(route.toString());
        if (body == null) {
            throw new AssertionError("What does %s take? Register a body in Samples.BODIES.".formatted(route));
        }
        return body;
    }
}
