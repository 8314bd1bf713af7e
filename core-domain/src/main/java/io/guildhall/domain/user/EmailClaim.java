package io.guildhall.domain.user;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.EmailClaimEvent.EmailClaimed;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a user on an e-mail address. One stream per address, so that the event store's conflict check enforces
 * uniqueness (R1: one user per e-mail, decided at the append). The last event is the whole state.
 */
public class EmailClaim {

    @AggregateIdentifier
    private String stream;

    private String emailHash;
    private @Nullable UUID holder;

    EmailClaim() {}

    public static String streamOf(String emailHash) {
        return "email:" + emailHash;
    }

    /** Returns the user of an address, or null. */
    public static @Nullable UUID holderOf(String emailHash, Repository<EmailClaim> claims) {
        try {
            return claims.load(streamOf(emailHash)).invoke(claim -> claim.holder);
        } catch (AggregateNotFoundException e) {
            return null;
        }
    }

    void claim(String hash, UUID user) {
        if (holder != null && !holder.equals(user)) {
            throw new DomainRejectionException(UserRejections.EMAIL_TAKEN);
        }
        if (holder == null) {
            apply(new EmailClaimed(hash, user));
        }
    }

    public void release() {
        if (holder != null) {
            apply(new EmailReleased(emailHash, holder));
        }
    }

    @EventSourcingHandler
    void on(EmailClaimed event) {
        setHolder(event.emailHash(), event.user());
    }

    @EventSourcingHandler
    void on(EmailReleased event) {
        setHolder(event.emailHash(), null);
    }

    private void setHolder(String hash, @Nullable UUID user) {
        stream = streamOf(hash);
        emailHash = hash;
        holder = user;
    }
}
