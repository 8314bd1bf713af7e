package io.guildhall.query.emaillink;

import io.guildhall.domain.organization.OrganizationEvent.DeactivationCanceled;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowCondition;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/**
 * Mailed links and what each stands for, also when it is used up: whether it still works is the aggregate's to decide. Only the latest
 * link to deactivate an organization is kept.
 */
@Component
@ProcessingGroup(EmailLinksProjection.NAME)
class EmailLinksProjection implements Projection {

    static final String NAME = "links";

    private static final TableDefinition TABLE = TableDefinition.changed(NAME, "link", "subject");

    private final ProjectionWriter projectionWriter;

    EmailLinksProjection(ProjectionWriter projectionWriter) {
        this.projectionWriter = projectionWriter;
    }

    @Override
    public TableDefinition table() {
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
        projectionWriter.insert(
                TABLE, RowValues.with("link", link).and("purpose", purpose).and("subject", subject));
    }

    private void forget(UUID subject) {
        projectionWriter.deleteWhere(TABLE, RowCondition.is("subject", subject));
    }
}
