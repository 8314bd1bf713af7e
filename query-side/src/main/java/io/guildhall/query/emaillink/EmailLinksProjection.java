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
 * Mailed links with their purpose, including used ones: the aggregate decides whether a link is still valid. Of an
 * organization only the latest deactivation link is kept.
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
        insert(event.link(), "VALIDATE", event.user());
    }

    @EventHandler
    void on(EmailChangeRequested event) {
        insert(event.link(), "EMAIL_CHANGE", event.user());
    }

    @EventHandler
    void on(PasswordResetRequested event) {
        insert(event.link(), "RESET", event.user());
    }

    @EventHandler
    void on(DeactivationRequested event) {
        deleteLinksOf(event.organization());
        insert(event.link(), "DEACTIVATE", event.organization());
    }

    @EventHandler
    void on(DeactivationCanceled event) {
        deleteLinksOf(event.organization());
    }

    @EventHandler
    void on(UserErased event) {
        deleteLinksOf(event.user());
    }

    @EventHandler
    void on(OrganizationDeleted event) {
        deleteLinksOf(event.organization());
    }

    private void insert(UUID link, String purpose, UUID subject) {
        projectionWriter.insert(
                TABLE, RowValues.with("link", link).and("purpose", purpose).and("subject", subject));
    }

    private void deleteLinksOf(UUID subject) {
        projectionWriter.deleteWhere(TABLE, RowCondition.is("subject", subject));
    }
}
