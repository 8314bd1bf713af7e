package io.guildhall.api.invitation;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.domain.user.UserCommand.EraseUser;
import io.guildhall.query.invitation.ListOpenInvitations;
import io.guildhall.query.invitation.OpenInvitations;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the invitations that an erasure must end. */
@Component
public class UnansweredInvitations {

    private final QueryDispatcher queries;

    UnansweredInvitations(QueryDispatcher queries) {
        this.queries = queries;
    }

    /** Those to the user's address, of all organizations. */
    public List<EraseUser.Invited> to(UUID user) {
        return queries.ask(new ListOpenInvitations(user), OpenInvitations.class).invitations().stream()
                .map(open -> new EraseUser.Invited(open.organization(), open.invitation()))
                .toList();
    }
}
