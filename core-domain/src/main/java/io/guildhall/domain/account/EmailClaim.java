package io.guildhall.domain.account;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.account.events.EmailClaimed;
import io.guildhall.domain.account.events.EmailReleased;
import io.guildhall.domain.kernel.CommandRefused;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Whose an address is: one stream per address, so that the store's own conflict check decides R1. The latest event says all. */
public class EmailClaim {

    @AggregateIdentifier
    private String stream;

    private String emailHash;
    private @Nullable UUID holder;

    EmailClaim() {}

    public static String streamOf(String emailHash) {
        return "email:" + emailHash;
    }

    public @Nullable UUID holder() {
        return holder;
    }

    void claim(String hash, UUID account) {
        if (holder != null && !holder.equals(account)) {
            throw CommandRefused.because(new AccountRefusal.EmailTaken());
        }
        if (holder == null) {
            apply(new EmailClaimed(hash, account));
        }
    }

    public void release() {
        if (holder != null) {
            apply(new EmailReleased(emailHash, holder));
        }
    }

    @EventSourcingHandler
    void on(EmailClaimed event) {
        is(event.emailHash(), event.account());
    }

    @EventSourcingHandler
    void on(EmailReleased event) {
        is(event.emailHash(), null);
    }

    private void is(String hash, @Nullable UUID account) {
        stream = streamOf(hash);
        emailHash = hash;
        holder = account;
    }
}
