package io.guildhall.acceptance;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Somebody with a user, and a session that may have a current organization.
 *
 * @param client calls with the session
 */
record TestUser(Client client, String id, String name, String email, String password, String session) {

    /** The plan of a new organization. */
    static final String INITIAL_PLAN = "starter";

    /** Follows the link that was mailed at sign-up, in the session from then. */
    TestUser validate() {
        client.post("/v1/account/validate/"
                        + client.mailbox().link(email, Mailbox.VALIDATION).id())
                .ok();
        return this;
    }

    /** The same person and session, at another process. */
    TestUser at(URI process) {
        return new TestUser(client.at(process), id, name, email, password, session);
    }

    /** The same person with another bearer token. */
    TestUser with(String token) {
        return new TestUser(client.as(token), id, name, email, password, token);
    }

    /** A session of its own in the organization. */
    TestUser in(String organization) {
        return with(client.post("/v1/organizations/" + organization + "/switch")
                .ok()
                .text("token.id"));
    }

    /** A sign-in of its own, with a session in no organization. */
    TestUser signedInAgain() {
        Reply reply = client.signIn(email, password).ok();
        TestUser again = with(reply.text("token.id"));
        return reply.text("token.organization_id").isEmpty()
                ? again
                : with(again.client.post("/v1/account/session").ok().text("token.id"));
    }

    /** An access token for the current organization. */
    TestUser accessToken(String validity) {
        return with(client.post("/v1/organizations/" + organization() + "/access_token", Map.of("validity", validity))
                .ok()
                .text("token"));
    }

    /** @return the organization's id */
    String found(String name) {
        return client.post("/v1/organizations", Map.of("name", name)).ok().text("organization.id");
    }

    /** Creates an organization on the plan and makes it the current one. */
    TestUser creator(String plan) {
        String organization = found(Client.unusedName());
        TestUser creator = in(organization);
        if (plan.equals(INITIAL_PLAN)) {
            return creator;
        }
        if (!plan.equals("hobby")) {
            creator.pay(organization);
        }
        creator.choose(organization, plan);
        return creator;
    }

    /** Gives billing information. */
    void pay(String organization) {
        client.patch(
                        "/v1/organizations/" + organization
                                + "?update_mask=billing_name,billing_email,address1,city,country",
                        Map.of(
                                "billing_name", "Ada Ltd",
                                "billing_email", "billing@example.org",
                                "address1", "1 Main Street",
                                "city", "Paris",
                                "country", "FR"))
                .ok();
    }

    void choose(String organization, String plan) {
        client.post("/v1/organizations/" + organization + "/plan", Map.of("plan", plan))
                .ok();
    }

    /** The current organization's id. */
    String organization() {
        return client.get("/v1/account/organization").ok().text("organization.id");
    }

    /** @return the invitation's id */
    String invite(String address) {
        return client.post("/v1/organization_invitations", Map.of("email", address))
                .ok()
                .text("invitation.id");
    }

    /** @param invitation its id, or that of the mailed link */
    Reply accept(String invitation) {
        return client.post("/v1/account/organization_invitations/" + invitation + "/accept");
    }

    /** Invites somebody to the current organization, who accepts and has it as the current one. */
    TestUser welcome(TestUser somebody) {
        String invitation = invite(somebody.email());
        somebody.accept(invitation).ok();
        return somebody.in(organization());
    }

    /** The id of this person's membership of the current organization. */
    String membership() {
        return client.get("/v1/organization_members?user_id=" + id + "&organization_id=" + organization())
                .ok()
                .text("members.0.id");
    }

    /** Leaves, or removes another. */
    Reply remove(String membership) {
        return client.delete("/v1/organization_members/" + membership);
    }

    /**
     * An API token of the current organization.
     *
     * @param type USER or ORGANIZATION
     */
    Token token(String type) {
        Reply reply = client.post(
                        "/v1/credentials",
                        Map.of(
                                "name",
                                "token of " + id,
                                "description",
                                "for a test",
                                "type",
                                type,
                                "organization_id",
                                organization()))
                .ok();
        return new Token(reply.text("credential.id"), reply.text("credential.token"));
    }

    /** A webhook of the current organization, for these types of activities. */
    Webhook webhook(String url, String... types) {
        Reply reply = client.post("/v1/webhooks", Map.of("url", url, "types", List.of(types)))
                .ok();
        return new Webhook(reply.text("webhook.id"), reply.text("webhook.secret"));
    }

    /** A webhook and the secret that was shown once. */
    record Webhook(String id, String secret) {}

    /** An API token as it was shown once. */
    record Token(String id, String value) {}
}
