package io.guildhall.api.invitation;

import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.query.invitation.InvitationLinkView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows callers who are not signed in what a mailed link is about: who invites whereto, and nothing else (R14). */
@RestController
class InvitationLinkEndpoint {

    private final ReceivedInvitations received;

    InvitationLinkEndpoint(ReceivedInvitations received) {
        this.received = received;
    }

    record Preview(String organizationName, String inviterName) {}

    record PreviewReply(Preview invitationLink) {}

    @GetMapping("/v1/invitation_links/{id}")
    @RequiresPermission(Permission.PUBLIC)
    PreviewReply show(@PathVariable String id) {
        InvitationLinkView view = received.followed(id);
        switch (view.status()) {
            case "ACCEPTED" -> throw new DomainRejectionException(InvitationRejections.noLongerPending("accepted"));
            case "REFUSED" -> throw new DomainRejectionException(InvitationRejections.noLongerPending("declined"));
            case "EXPIRED" -> throw new DomainRejectionException(InvitationRejections.EXPIRED);
            default -> {
                return new PreviewReply(new Preview(view.organizationName(), view.inviterName()));
            }
        }
    }
}
