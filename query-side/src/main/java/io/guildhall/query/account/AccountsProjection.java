package io.guildhall.query.account;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.AccountRenamed;
import io.guildhall.domain.account.events.AccountSignedUp;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOff;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOn;
import io.guildhall.domain.account.events.EmailChangeCanceled;
import io.guildhall.domain.account.events.EmailChangeRequested;
import io.guildhall.domain.account.events.EmailChanged;
import io.guildhall.domain.account.events.EmailValidated;
import io.guildhall.domain.account.events.MembershipLimitRaised;
import io.guildhall.domain.account.events.NewsletterSubscribed;
import io.guildhall.domain.account.events.NewsletterUnsubscribed;
import io.guildhall.domain.account.events.PasswordRemoved;
import io.guildhall.domain.account.events.PasswordSet;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.session.events.SessionStarted;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Row;
import io.guildhall.query.store.Rows;
import io.guildhall.query.store.Table;
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

    private static final Table TABLE = Table.changed(NAME, "account");

    private static final Set<String> SIGNING_IN = Set.of("LOGIN", "SIGN_UP");

    private final Rows rows;
    private final PersonalData personalData;

    AccountsProjection(Rows rows, PersonalData personalData) {
        this.rows = rows;
        this.personalData = personalData;
    }

    @Override
    public Table table() {
        return TABLE;
    }

    @Override
    public int version() {
        return 3;
    }

    @EventHandler
    void on(AccountSignedUp event, @Timestamp Instant at) {
        rows.insert(
                TABLE,
                Row.with("account", event.account())
                        .and("name", open(event.account(), event.sealedName()))
                        .and("email", open(event.account(), event.sealedEmail()))
                        .and("email_hash", event.emailHash())
                        .and("created", at)
                        .and("updated", at));
    }

    @EventHandler
    void on(EmailValidated event, @Timestamp Instant at) {
        change(event.account(), Row.with("email_validated", true).and("updated", at));
    }

    @EventHandler
    void on(EmailChanged event, @Timestamp Instant at) {
        change(
                event.account(),
                Row.with("email", open(event.account(), event.sealedEmail()))
                        .and("email_hash", event.emailHash())
                        .and("email_validated", true)
                        .and("next_email", null)
                        .and("next_email_link", null)
                        .and("old_email_confirms", null)
                        .and("updated", at));
    }

    @EventHandler
    void on(EmailChangeRequested event) {
        change(
                event.account(),
                Row.with("next_email", open(event.account(), event.sealedEmail()))
                        .and("next_email_link", event.link())
                        .and("old_email_confirms", event.oldAddressConfirms()));
    }

    @EventHandler
    void on(EmailChangeCanceled event) {
        change(
                event.account(),
                Row.with("next_email", null).and("next_email_link", null).and("old_email_confirms", null));
    }

    @EventHandler
    void on(PasswordSet event, @Timestamp Instant at) {
        change(
                event.account(),
                Row.with("password", event.password())
                        .and("encoded_password", personalData.open(event.account(), event.sealedEncodedPassword()))
                        .and("updated", at));
    }

    @EventHandler
    void on(PasswordRemoved event, @Timestamp Instant at) {
        change(
                event.account(),
                Row.with("password", null).and("encoded_password", null).and("updated", at));
    }

    @EventHandler
    void on(AccountRenamed event, @Timestamp Instant at) {
        change(
                event.account(),
                Row.with("name", open(event.account(), event.sealedName())).and("updated", at));
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
        change(event.account(), Row.with("membership_limit", event.limit()));
    }

    @EventHandler
    void on(SessionStarted event) {
        if (event.interactive() && event.organization() != null) {
            change(event.account(), Row.with("last_organization", event.organization()));
        }
        if (SIGNING_IN.contains(event.cause())) {
            change(
                    event.account(),
                    Row.with("last_login", event.startedAt())
                            .and("last_login_address", personalData.open(event.account(), event.sealedAddress())));
        }
    }

    @EventHandler
    void on(AccountErased event, @Timestamp Instant at) {
        change(
                event.account(),
                Row.with("name", "")
                        .and("email", "")
                        .and("email_hash", "")
                        .and("email_validated", false)
                        .and("password", null)
                        .and("encoded_password", null)
                        .and("last_login_address", null)
                        .and("next_email", null)
                        .and("next_email_link", null)
                        .and("old_email_confirms", null)
                        .and("erased", true)
                        .and("updated", at));
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
        change(account, Row.with("newsletter", wanted).and("updated", at));
    }

    private void deploymentMails(UUID account, boolean wanted) {
        change(account, Row.with("deployment_mails", wanted));
    }

    private void change(UUID account, Row changes) {
        rows.update(TABLE, account, changes);
    }
}
