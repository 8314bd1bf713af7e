package io.guildhall.api.invitation;

import io.guildhall.api.web.Queries;
import io.guildhall.domain.account.EraseAccount;
import io.guildhall.query.invitation.ListOpenInvitations;
import io.guildhall.query.invitation.OpenInvitations;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the invitations that an erasure must end. */
@Component
public class UnansweredInvitations {

    private final Queries queries;

    UnansweredInvitations(Queries queries) {
        this.queries = queries;
    }

    /** Those to the account's address, of all organizations. */
    public List<EraseAccount.Invited> to(UUID account) {
        return queries.ask(new ListOpenInvitations(account), OpenInvitations.class).invitations().stream()
                .map(open -> new EraseAccount.Invited(open.organization(), open.invitation()))
                .toList();
    }
}
