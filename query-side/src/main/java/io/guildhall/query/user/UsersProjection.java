package io.guildhall.query.user;

import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.SessionOrigin;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsDisabled;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsEnabled;
import io.guildhall.domain.user.UserEvent.EmailChangeCanceled;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import io.guildhall.domain.user.UserEvent.NewsletterSubscribed;
import io.guildhall.domain.user.UserEvent.NewsletterUnsubscribed;
import io.guildhall.domain.user.UserEvent.PasswordRemoved;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserEvent.UserRenamed;
import io.guildhall.domain.user.UserEvent.UserSignedUp;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Users. Data whose key is erased is read as empty, so a rebuild shows erased users as such (R20: erasing destroys the
 * key).
 */
@Component
@ProcessingGroup(UsersProjection.NAME)
class UsersProjection implements Projection {

    static final String NAME = "users";

    private static final TableDefinition TABLE = TableDefinition.changed(NAME, "user_id");

    private static final Set<String> SIGN_IN_CAUSES = Set.of("LOGIN", "SIGN_UP");

    private final ProjectionWriter projectionWriter;
    private final PersonalDataCipher personalData;

    UsersProjection(ProjectionWriter projectionWriter, PersonalDataCipher personalData) {
        this.projectionWriter = projectionWriter;
        this.personalData = personalData;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @Override
    public int version() {
        return 3;
    }

    @EventHandler
    void on(UserSignedUp event, @Timestamp Instant at) {
        projectionWriter.insert(
                TABLE,
                RowValues.with("user_id", event.user())
                        .and("name", decrypt(event.user(), event.encryptedName()))
                        .and("email", decrypt(event.user(), event.encryptedEmail()))
                        .and("email_hash", event.emailHash())
                        .and("created", at)
                        .and("updated", at));
    }

    @EventHandler
    void on(EmailValidated event, @Timestamp Instant at) {
        change(event.user(), RowValues.with("email_validated", true).and("updated", at));
    }

    @EventHandler
    void on(EmailChanged event, @Timestamp Instant at) {
        change(
                event.user(),
                RowValues.with("email", decrypt(event.user(), event.encryptedEmail()))
                        .and("email_hash", event.emailHash())
                        .and("email_validated", true)
                        .and("next_email", null)
                        .and("next_email_link", null)
                        .and("next_email_expires", null)
                        .and("old_email_confirms", null)
                        .and("updated", at));
    }

    @EventHandler
    void on(EmailChangeRequested event) {
        change(
                event.user(),
                RowValues.with("next_email", decrypt(event.user(), event.encryptedEmail()))
                        .and("next_email_link", event.link())
                        .and("next_email_expires", event.expiresAt())
                        .and("old_email_confirms", event.oldAddressConfirms()));
    }

    @EventHandler
    void on(EmailChangeCanceled event) {
        change(
                event.user(),
                RowValues.with("next_email", null)
                        .and("next_email_link", null)
                        .and("next_email_expires", null)
                        .and("old_email_confirms", null));
    }

    @EventHandler
    void on(PasswordSet event, @Timestamp Instant at) {
        change(
                event.user(),
                RowValues.with("password", event.password())
                        .and("encoded_password", personalData.open(event.user(), event.encryptedEncodedPassword()))
                        .and("updated", at));
    }

    @EventHandler
    void on(PasswordRemoved event, @Timestamp Instant at) {
        change(
                event.user(),
                RowValues.with("password", null).and("encoded_password", null).and("updated", at));
    }

    @EventHandler
    void on(UserRenamed event, @Timestamp Instant at) {
        change(
                event.user(),
                RowValues.with("name", decrypt(event.user(), event.encryptedName()))
                        .and("updated", at));
    }

    @EventHandler
    void on(NewsletterSubscribed event, @Timestamp Instant at) {
        newsletter(event.user(), true, at);
    }

    @EventHandler
    void on(NewsletterUnsubscribed event, @Timestamp Instant at) {
        newsletter(event.user(), false, at);
    }

    @EventHandler
    void on(DeploymentNotificationsEnabled event) {
        deploymentMails(event.user(), true);
    }

    @EventHandler
    void on(DeploymentNotificationsDisabled event) {
        deploymentMails(event.user(), false);
    }

    @EventHandler
    void on(MembershipLimitRaised event) {
        change(event.user(), RowValues.with("membership_limit", event.limit()));
    }

    @EventHandler
    void on(SessionStarted event) {
        if (event.interactive() && event.organization() != null) {
            change(event.user(), RowValues.with("last_organization", event.organization()));
        }
        if (SIGN_IN_CAUSES.contains(event.cause())) {
            change(
                    event.user(),
                    RowValues.with("last_login", event.startedAt()).and("last_login_address", address(event)));
        }
    }

    @EventHandler
    void on(UserErased event, @Timestamp Instant at) {
        change(
                event.user(),
                RowValues.with("name", "")
                        .and("email", "")
                        .and("email_hash", "")
                        .and("email_validated", false)
                        .and("password", null)
                        .and("encoded_password", null)
                        .and("last_login_address", null)
                        .and("next_email", null)
                        .and("next_email_link", null)
                        .and("next_email_expires", null)
                        .and("old_email_confirms", null)
                        .and("erased", true)
                        .and("updated", at));
    }

    private String decrypt(UUID user, String encrypted) {
        String clear = personalData.open(user, encrypted);
        return clear == null ? "" : clear;
    }

    private @Nullable String address(SessionStarted event) {
        String origin = personalData.open(event.user(), event.encryptedOrigin());
        return origin == null ? null : SessionOrigin.parse(origin).address();
    }

    private void newsletter(UUID user, boolean enabled, Instant at) {
        change(user, RowValues.with("newsletter", enabled).and("updated", at));
    }

    private void deploymentMails(UUID user, boolean enabled) {
        change(user, RowValues.with("deployment_mails", enabled));
    }

    private void change(UUID user, RowValues changes) {
        projectionWriter.update(TABLE, user, changes);
    }
}
