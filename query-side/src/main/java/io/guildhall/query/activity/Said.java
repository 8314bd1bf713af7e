package io.guildhall.query.activity;

import io.guildhall.domain.account.events.AccountEvent;
import io.guildhall.domain.invitation.events.InvitationEvent;
import io.guildhall.domain.membership.events.MembershipEvent;
import io.guildhall.domain.organization.events.OrganizationEvent;
import io.guildhall.domain.session.events.SessionEvent;
import io.guildhall.domain.token.events.TokenEvent;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event says in a trail, whoever acted: for those who have the event and want to see whether an activity is of it.
 *
 * @param facts without the token and the request
 */
public record Said(String verb, String objectType, UUID object, Map<String, Object> facts) {

    /** Null when it is no event of a trail. */
    public static @Nullable Said of(Object event) {
        Activity activity = activity(event);
        return activity == null
                ? null
                : new Said(activity.verb(), activity.objectType(), activity.object(), activity.metadata());
    }

    private static @Nullable Activity activity(Object event) {
        return switch (event) {
            case OrganizationEvent it -> Activities.of(it);
            case InvitationEvent it -> Activities.of(it);
            case MembershipEvent it -> Activities.of(it);
            case TokenEvent it -> Activities.of(it);
            case AccountEvent it -> Activities.of(it);
            case SessionEvent it -> Activities.of(it);
            default -> null;
        };
    }
}
