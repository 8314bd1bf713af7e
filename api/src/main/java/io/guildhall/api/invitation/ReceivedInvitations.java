package io.guildhall.api.invitation;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.validation.UuidParser;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.query.invitation.FindInvitationByLink;
import io.guildhall.query.invitation.FindOwnInvitation;
import io.guildhall.query.invitation.InvitationLinkView;
import io.guildhall.query.invitation.InvitationView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** From what an invited person has in hand, an invitation's id or that of the mailed link, to the invitation. */
@Component
class ReceivedInvitations {

    private final SignedLinkCodec signedLinkCodec;
    private final QueryDispatcher queries;

    ReceivedInvitations(SignedLinkCodec signedLinkCodec, QueryDispatcher queries) {
        this.signedLinkCodec = signedLinkCodec;
        this.queries = queries;
    }

    /**
     * An invitation as it was named.
     *
     * @param organization null while only the invitation's own id is known
     * @param link the link that was followed, or null
     */
    record Named(
            UUID invitation,
            @Nullable UUID organization,
            @Nullable UUID link) {}

    /** Refuses what is neither id, and a link that is not, or no longer, one. */
    Named named(String id) {
        if (!SignedLinkCodec.looksLikeOne(id)) {
            UUID invitation = UuidParser.parse(id);
            if (invitation == null) {
                throw RequestRejectionException.invalidArgument("id", "id must be a UUID, or the id of a mailed link.");
            }
            return new Named(invitation, null, null);
        }
        InvitationLinkView found = followed(id);
        return new Named(
                found.invitation(), found.organization(), signedLinkCodec.open(SignedLinkCodec.INVITATION, id));
    }

    /** The invitation of a mailed link. Refuses what is no link, a link that was replaced, and one of a revoked invitation. */
    InvitationLinkView followed(String id) {
        UUID link = signedLinkCodec.open(SignedLinkCodec.INVITATION, id);
        if (link == null) {
            throw absent();
        }
        InvitationLinkView found = queries.find(new FindInvitationByLink(link), InvitationLinkView.class);
        if (found == null) {
            throw RequestRejectionException.of(
                    HttpStatus.NOT_FOUND,
                    "invitation-link-replaced",
                    "This link was replaced when the invitation was sent again. Follow the link in the latest mail.");
        }
        if (found.status().equals("REVOKED")) {
            throw RequestRejectionException.of(
                    HttpStatus.NOT_FOUND,
                    "invitation-revoked",
                    "This invitation was revoked. Ask a member of the organization for a new one.");
        }
        return found;
    }

    /**
     * The invitation, for the person to whom it was sent. Following the link stands for a validated address (R2). Any other user with
     * the link is answered that it was sent to another address.
     */
    InvitationView of(UUID user, Named named) {
        InvitationView own =
                queries.find(new FindOwnInvitation(user, named.invitation(), named.link()), InvitationView.class);
        if (own == null) {
            throw named.link() == null
                    ? absent()
                    : new DomainRejectionException(InvitationRejections.SENT_TO_ANOTHER_ADDRESS);
        }
        return own;
    }

    static DomainRejectionException absent() {
        return new DomainRejectionException(InvitationRejections.NO_SUCH_INVITATION);
    }
}
