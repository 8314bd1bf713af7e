package io.guildhall.api.invitation;

import io.guildhall.api.secret.Links;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.api.web.Who;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.query.invitation.FindInvitationByLink;
import io.guildhall.query.invitation.InvitationLinkView;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** R14: what a mailed link shows to who is not signed in: who invites whereto, and nothing else. */
@RestController
class InvitationLinkEndpoint {

    private final Links links;
    private final Queries queries;

    InvitationLinkEndpoint(Links links, Queries queries) {
        this.links = links;
        this.queries = queries;
    }

    record Preview(String organizationName, String inviterName) {}

    record PreviewReply(Preview invitationLink) {}

    @GetMapping("/v1/invitation_links/{id}")
    @Permitted(Who.PUBLIC)
    PreviewReply show(@PathVariable String id) {
        UUID link = links.open(Links.INVITATION, id);
        InvitationLinkView view =
                link == null ? null : queries.find(new FindInvitationByLink(link), InvitationLinkView.class);
        if (view == null) {
            throw CommandRefused.because(new WebRefusal.NotFound("invitation"));
        }
        return new PreviewReply(new Preview(view.organizationName(), view.inviterName()));
    }
}
