package io.guildhall.query.account;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.AccountRenamed;
import io.guildhall.domain.account.events.AccountSignedUp;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOff;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOn;
import io.guildhall.domain.account.events.EmailChanged;
import io.guildhall.domain.account.events.EmailValidated;
import io.guildhall.domain.account.events.MembershipLimitRaised;
import io.guildhall.domain.account.events.NewsletterSubscribed;
import io.guildhall.domain.account.events.NewsletterUnsubscribed;
import io.guildhall.domain.account.events.PasswordSet;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.session.events.SessionStarted;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Rows;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/** People who signed up. What a forgotten key has closed reads as empty, so that a rebuild shows erased people as such (R20). */
@Component
@ProcessingGroup(AccountsProjection.NAME)
class AccountsProjection implements Projection {

    static final String NAME = "accounts";

    private static final Set<String> SIGNING_IN = Set.of("LOGIN", "SIGN_UP");

    private final Rows rows;
    private final PersonalData personalData;

    AccountsProjection(Rows rows, PersonalData personalData) {
        this.rows = rows;
        this.personalData = personalData;
    }

    @Override
    public String name() {
        return NAME;
    }

    @EventHandler
    void on(AccountSignedUp event, @Timestamp Instant at) {
        rows.put(
                """
                insert into accounts (account, name, email, email_hash, created, updated)
                values (?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                event.account(),
                open(event.account(), event.sealedName()),
                open(event.account(), event.sealedEmail()),
                event.emailHash(),
                at,
                at);
    }

    @EventHandler
    void on(EmailValidated event, @Timestamp Instant at) {
        rows.touch("update accounts set email_validated = true, updated = ? where account = ?", at, event.account());
    }

    @EventHandler
    void on(EmailChanged event, @Timestamp Instant at) {
        rows.touch(
                "update accounts set email = ?, email_hash = ?, email_validated = false, updated = ? where account = ?",
                open(event.account(), event.sealedEmail()),
                event.emailHash(),
                at,
                event.account());
    }

    @EventHandler
    void on(PasswordSet event, @Timestamp Instant at) {
        rows.touch(
                "update accounts set password = ?, encoded_password = ?, updated = ? where account = ?",
                event.password(),
                personalData.open(event.account(), event.sealedEncodedPassword()),
                at,
                event.account());
    }

    @EventHandler
    void on(AccountRenamed event, @Timestamp Instant at) {
        rows.touch(
                "update accounts set name = ?, updated = ? where account = ?",
                open(event.account(), event.sealedName()),
                at,
                event.account());
    }

    @EventHandler
    void on(NewsletterSubscribed event, @Timestamp Instant at) {
        newsletter(event.account(), true, at);
    }

    @EventHandler
    void on(NewsletterUnsubscribed event, @Timestamp Instant at) {
        newsletter(event.account(), false, at);
    }

    @EventHandler
    void on(DeploymentMailsTurnedOn event) {
        deploymentMails(event.account(), true);
    }

    @EventHandler
    void on(DeploymentMailsTurnedOff event) {
        deploymentMails(event.account(), false);
    }

    @EventHandler
    void on(MembershipLimitRaised event) {
        rows.touch("update accounts set membership_limit = ? where account = ?", event.limit(), event.account());
    }

    @EventHandler
    void on(SessionStarted event) {
        if (SIGNING_IN.contains(event.cause())) {
            rows.touch(
                    "update accounts set last_login = ?, last_login_address = ? where account = ?",
                    event.startedAt(),
                    personalData.open(event.account(), event.sealedAddress()),
                    event.account());
        }
    }

    @EventHandler
    void on(AccountErased event, @Timestamp Instant at) {
        rows.touch("""
                update accounts set name = '', email = '', email_hash = '', email_validated = false, password = null,
                    encoded_password = null, last_login_address = null, erased = true, updated = ?
                where account = ?
                """, at, event.account());
    }

    @ResetHandler
    void startOver() {
        rows.startOver(NAME);
    }

    private String open(UUID account, String sealed) {
        String clear = personalData.open(account, sealed);
        return clear == null ? "" : clear;
    }

    private void newsletter(UUID account, boolean wanted, Instant at) {
        rows.touch("update accounts set newsletter = ?, updated = ? where account = ?", wanted, at, account);
    }

    private void deploymentMails(UUID account, boolean wanted) {
        rows.touch("update accounts set deployment_mails = ? where account = ?", wanted, account);
    }
}
