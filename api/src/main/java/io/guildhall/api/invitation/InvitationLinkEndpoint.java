package io.guildhall.api.invitation;

import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Who;
import io.guildhall.domain.invitation.InvitationRefusal;
import io.guildhall.domain.shared.CommandRefused;
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
    @Permitted(Who.PUBLIC)
    PreviewReply show(@PathVariable String id) {
        InvitationLinkView view = received.followed(id);
        switch (view.status()) {
            case "ACCEPTED" -> throw CommandRefused.because(new InvitationRefusal.NoLongerPending("accepted"));
            case "REFUSED" -> throw CommandRefused.because(new InvitationRefusal.NoLongerPending("declined"));
            case "EXPIRED" -> throw CommandRefused.because(new InvitationRefusal.Lapsed());
            default -> {
                return new PreviewReply(new Preview(view.organizationName(), view.inviterName()));
            }
        }
    }
}
