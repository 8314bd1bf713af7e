package io.guildhall.api.user;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.UserRejections;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.query.emaillink.EmailLinkView;
import io.guildhall.query.emaillink.FindEmailLink;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** From the id in a mailed address to what it is about. */
@Component
class MailedLinks {

    private final SignedLinkCodec signedLinkCodec;
    private final QueryDispatcher queries;

    MailedLinks(SignedLinkCodec signedLinkCodec, QueryDispatcher queries) {
        this.signedLinkCodec = signedLinkCodec;
        this.queries = queries;
    }

    /** A link with a valid signature, and its user. The domain decides whether it still works. */
    record Opened(UUID id, UUID subject) {}

    /** Refuses whatever is a link of none of the purposes in the words for one that no longer works. */
    Opened open(List<String> purposes, String urlId) {
        String purpose = purposes.stream()
                .filter(each -> signedLinkCodec.open(each, urlId) != null)
                .findFirst()
                .orElse(purposes.getFirst());
        return open(purpose, urlId);
    }

    /** Refuses whatever is no such link in the words for one that no longer works. */
    Opened open(String purpose, String urlId) {
        return open(purpose, purpose, urlId);
    }

    /**
     * @param purpose what this request uses the link for; the signature covers it
     * @param stored the purpose that the link was mailed for
     */
    Opened open(String purpose, String stored, String urlId) {
        UUID link = signedLinkCodec.open(purpose, urlId);
        EmailLinkView view = link == null ? null : queries.find(new FindEmailLink(link), EmailLinkView.class);
        if (link == null || view == null || !view.purpose().equals(stored)) {
            throw new DomainRejectionException(UserRejections.LINK_NO_LONGER_VALID);
        }
        return new Opened(link, view.subject());
    }

    /** Whether it is the id of a link of this purpose. */
    boolean isOf(String purpose, String urlId) {
        return signedLinkCodec.open(purpose, urlId) != null;
    }
}
