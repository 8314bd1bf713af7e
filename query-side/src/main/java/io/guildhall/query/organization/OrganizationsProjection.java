package io.guildhall.query.organization;

import io.guildhall.domain.organization.BillingFields;
import io.guildhall.domain.organization.OrganizationEvent.ActivityRetentionSet;
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationReactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.domain.organization.OrganizationEvent.SignupQualificationAnswered;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Organizations, including deleted ones, whose names the trail still shows. */
@Component
@ProcessingGroup(OrganizationsProjection.NAME)
class OrganizationsProjection implements Projection {

    static final String NAME = "organizations";

    private static final TableDefinition TABLE = TableDefinition.changed(NAME, "organization");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ProjectionWriter projectionWriter;
    private final PersonalDataCipher personalData;

    OrganizationsProjection(ProjectionWriter projectionWriter, PersonalDataCipher personalData) {
        this.projectionWriter = projectionWriter;
        this.personalData = personalData;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @Override
    public boolean endsAccess(Object event) {
        return event instanceof OrganizationLocked
                || event instanceof DeactivationStarted
                || event instanceof OrganizationDeactivated
                || event instanceof DeletionStarted
                || event instanceof OrganizationDeleted;
    }

    @EventHandler
    void on(OrganizationCreated event, @Timestamp Instant at) {
        projectionWriter.insert(
                TABLE,
                RowValues.with("organization", event.organization())
                        .and("name", event.name())
                        .and("plan", event.plan())
                        .and("plan_updated", at)
                        .and("status", "ACTIVE")
                        .and("deactivation_reason", "INVALID")
                        .and("created", at));
    }

    @EventHandler
    void on(OrganizationRenamed event) {
        change(event.organization(), RowValues.with("name", event.to()));
    }

    @EventHandler
    void on(PlanChanged event, @Timestamp Instant at) {
        change(event.organization(), RowValues.with("plan", event.to()).and("plan_updated", at));
    }

    @EventHandler
    void on(ActivityRetentionSet event) {
        change(event.organization(), RowValues.with("activity_retention", event.to() == 0 ? null : event.to()));
    }

    @EventHandler
    void on(BillingInformationProvided event) {
        var fields = BillingFields.parse(personalData.open(event.organization(), event.encryptedFields()));
        change(event.organization(), RowValues.with("billing", new RowValues.Json(JSON.writeValueAsString(fields))));
    }

    @EventHandler
    void on(SignupQualificationAnswered event) {
        change(
                event.organization(),
                RowValues.with(
                        "signup_qualification", personalData.open(event.organization(), event.encryptedAnswers())));
    }

    @EventHandler
    void on(DeactivationStarted event) {
        status(event.organization(), "DEACTIVATING", event.reason());
    }

    @EventHandler
    void on(OrganizationDeactivated event) {
        status(event.organization(), "DEACTIVATED");
    }

    @EventHandler
    void on(OrganizationReactivated event) {
        status(event.organization(), "ACTIVE", "INVALID");
    }

    @EventHandler
    void on(DeletionStarted event) {
        status(event.organization(), "DELETING");
    }

    @EventHandler
    void on(OrganizationDeleted event) {
        change(
                event.organization(),
                RowValues.with("status", "DELETED")
                        .and("billing", new RowValues.Json("{}"))
                        .and("signup_qualification", null)
                        .and("lock_reason", null));
    }

    @EventHandler
    void on(OrganizationLocked event) {
        locked(event.organization(), true, personalData.open(event.organization(), event.encryptedReason()));
    }

    @EventHandler
    void on(OrganizationUnlocked event) {
        locked(event.organization(), false, null);
    }

    private void status(UUID organization, String status) {
        change(organization, RowValues.with("status", status));
    }

    private void status(UUID organization, String status, String deactivationReason) {
        change(organization, RowValues.with("status", status).and("deactivation_reason", deactivationReason));
    }

    private void locked(UUID organization, boolean locked, @Nullable String reason) {
        change(organization, RowValues.with("locked", locked).and("lock_reason", reason));
    }

    private void change(UUID organization, RowValues changes) {
        projectionWriter.update(TABLE, organization, changes);
    }
}
