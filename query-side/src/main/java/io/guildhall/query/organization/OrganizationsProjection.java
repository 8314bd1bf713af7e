package io.guildhall.query.organization;

import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.organization.BillingFields;
import io.guildhall.domain.organization.events.ActivityRetentionChosen;
import io.guildhall.domain.organization.events.BillingInformationGiven;
import io.guildhall.domain.organization.events.DeactivationStarted;
import io.guildhall.domain.organization.events.DeletionStarted;
import io.guildhall.domain.organization.events.OrganizationDeactivated;
import io.guildhall.domain.organization.events.OrganizationDeleted;
import io.guildhall.domain.organization.events.OrganizationFounded;
import io.guildhall.domain.organization.events.OrganizationLocked;
import io.guildhall.domain.organization.events.OrganizationReactivated;
import io.guildhall.domain.organization.events.OrganizationRenamed;
import io.guildhall.domain.organization.events.OrganizationUnlocked;
import io.guildhall.domain.organization.events.PlanChosen;
import io.guildhall.domain.organization.events.SignupQualificationAnswered;
import io.guildhall.query.store.Projection;
import io.guildhall.query.store.Rows;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Organizations, also deleted ones: the trail still names them. */
@Component
@ProcessingGroup(OrganizationsProjection.NAME)
class OrganizationsProjection implements Projection {

    static final String NAME = "organizations";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Rows rows;
    private final PersonalData personalData;

    OrganizationsProjection(Rows rows, PersonalData personalData) {
        this.rows = rows;
        this.personalData = personalData;
    }

    @Override
    public String name() {
        return NAME;
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
    void on(OrganizationFounded event, @Timestamp Instant at) {
        rows.put("""
                insert into organizations (organization, name, plan, plan_updated, status, deactivation_reason, created)
                values (?, ?, ?, ?, 'ACTIVE', 'INVALID', ?)
                on conflict do nothing
                """, event.organization(), event.name(), event.plan(), at, at);
    }

    @EventHandler
    void on(OrganizationRenamed event) {
        rows.touch("update organizations set name = ? where organization = ?", event.to(), event.organization());
    }

    @EventHandler
    void on(PlanChosen event, @Timestamp Instant at) {
        rows.touch(
                "update organizations set plan = ?, plan_updated = ? where organization = ?",
                event.to(),
                at,
                event.organization());
    }

    @EventHandler
    void on(ActivityRetentionChosen event) {
        rows.touch(
                "update organizations set activity_retention = nullif(?, 0) where organization = ?",
                event.to(),
                event.organization());
    }

    @EventHandler
    void on(BillingInformationGiven event) {
        var fields = BillingFields.parse(personalData.open(event.organization(), event.sealedFields()));
        rows.touch(
                "update organizations set billing = ?::jsonb where organization = ?",
                JSON.writeValueAsString(fields),
                event.organization());
    }

    @EventHandler
    void on(SignupQualificationAnswered event) {
        rows.touch(
                "update organizations set signup_qualification = ? where organization = ?",
                personalData.open(event.organization(), event.sealedAnswers()),
                event.organization());
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
        rows.touch("""
                update organizations set status = 'DELETED', billing = '{}', signup_qualification = null
                where organization = ?
                """, event.organization());
    }

    @EventHandler
    void on(OrganizationLocked event) {
        locked(event.organization(), true);
    }

    @EventHandler
    void on(OrganizationUnlocked event) {
        locked(event.organization(), false);
    }

    @ResetHandler
    void startOver() {
        rows.startOver(NAME);
    }

    private void status(UUID organization, String status) {
        rows.touch("update organizations set status = ? where organization = ?", status, organization);
    }

    private void status(UUID organization, String status, String deactivationReason) {
        rows.touch(
                "update organizations set status = ?, deactivation_reason = ? where organization = ?",
                status,
                deactivationReason,
                organization);
    }

    private void locked(UUID organization, boolean locked) {
        rows.touch("update organizations set locked = ? where organization = ?", locked, organization);
    }
}
