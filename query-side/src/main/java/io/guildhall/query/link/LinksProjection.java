package io.guildhall.query.link;

import io.guildhall.domain.organization.OrganizationEvent.DeactivationCanceled;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Row;
import io.guildhall.query.store.Rows;
import io.guildhall.query.store.Table;
import io.guildhall.query.store.Where;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/**
 * Mailed links and what each stands for, also when it is used up: whether it still works is the aggregate's to decide. Only the latest
 * link to deactivate an organization is kept.
 */
@Component
@ProcessingGroup(LinksProjection.NAME)
class LinksProjection implements Projection {

    static final String NAME = "links";

    private static final Table TABLE = Table.changed(NAME, "link", "subject");

    private final Rows rows;

    LinksProjection(Rows rows) {
        this.rows = rows;
    }

    @Override
    public Table table() {
        return TABLE;
    }

    @EventHandler
    void on(EmailValidationRequested event) {
        remember(event.link(), "VALIDATE", event.user());
    }

    @EventHandler
    void on(EmailChangeRequested event) {
        remember(event.link(), "EMAIL_CHANGE", event.user());
    }

    @EventHandler
    void on(PasswordResetRequested event) {
        remember(event.link(), "RESET", event.user());
    }

    @EventHandler
    void on(DeactivationRequested event) {
        forget(event.organization());
        remember(event.link(), "DEACTIVATE", event.organization());
    }

    @EventHandler
    void on(DeactivationCanceled event) {
        forget(event.organization());
    }

    @EventHandler
    void on(UserErased event) {
        forget(event.user());
    }

    @EventHandler
    void on(OrganizationDeleted event) {
        forget(event.organization());
    }

    private void remember(UUID link, String purpose, UUID subject) {
        rows.insert(TABLE, Row.with("link", link).and("purpose", purpose).and("subject", subject));
    }

    private void forget(UUID subject) {
        rows.deleteWhere(TABLE, Where.is("subject", subject));
    }
}
