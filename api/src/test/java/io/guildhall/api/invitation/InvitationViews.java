package io.guildhall.api.invitation;

import static io.guildhall.api.EndpointSlice.NOON;
import static io.guildhall.api.EndpointSlice.ORGANIZATION;
import static io.guildhall.api.EndpointSlice.USER;
import static io.guildhall.api.EndpointSlice.publicOrganization;
import static io.guildhall.api.EndpointSlice.publicUser;

import io.guildhall.query.invitation.InvitationLinkView;
import io.guildhall.query.invitation.InvitationView;
import java.util.UUID;

/** An invitation of bob@example.com to the current organization, as queries answer it. */
final class InvitationViews {

    private InvitationViews() {}

    static InvitationView pending(UUID id) {
        return new InvitationView(
                id.toString(),
                "bob@example.com",
                "OWNER",
                "PENDING",
                NOON,
                ORGANIZATION.toString(),
                publicOrganization(),
                "",
                null,
                USER.toString(),
                publicUser());
    }

    static InvitationLinkView linked(UUID id, String status) {
        return new InvitationLinkView(ORGANIZATION, id, status, "acme", "Ada", "bob@example.com", "hash", NOON);
    }
}
