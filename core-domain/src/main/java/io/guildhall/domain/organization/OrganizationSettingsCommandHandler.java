package io.guildhall.domain.organization;

import io.guildhall.domain.organization.OrganizationCommand.AnswerSignupQualification;
import io.guildhall.domain.organization.OrganizationCommand.ChangePlan;
import io.guildhall.domain.organization.OrganizationCommand.SetActivityRetention;
import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import io.guildhall.domain.plan.PlanCatalog;
import io.guildhall.domain.shared.PersonalDataCipher;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.Repository;

/** Handles changes of name, billing information, plan and retention of activities. */
public class OrganizationSettingsCommandHandler {

    private final OrganizationLoader organizations;
    private final Repository<NameClaim> names;
    private final PersonalDataCipher personalData;
    private final PlanCatalog plans;

    public OrganizationSettingsCommandHandler(
            OrganizationLoader organizations,
            Repository<NameClaim> names,
            PersonalDataCipher personalData,
            PlanCatalog plans) {
        this.organizations = organizations;
        this.names = names;
        this.personalData = personalData;
        this.plans = plans;
    }

    /** Billing information can be changed while the organization is deactivated, the name only while it is active. */
    @CommandHandler
    void handle(UpdateOrganization command, MetaData metaData) {
        OrganizationName name = command.name() == null ? null : OrganizationName.of(command.name());
        organizations.in(command.organization(), metaData, (organization, now) -> {
            if (name != null && !name.value().equals(organization.name())) {
                organization.requireActive();
                moveClaim(command.organization(), OrganizationName.of(organization.name()), name);
                organization.rename(name);
            }
            if (!command.billing().isEmpty()) {
                organization.provideBillingInformation(command.billing(), plans, personalData);
            }
        });
    }

    @CommandHandler
    void handle(ChangePlan command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.changePlan(command.plan(), plans, personalData, now));
    }

    @CommandHandler
    void handle(SetActivityRetention command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.setActivityRetention(command.days(), plans));
    }

    @CommandHandler
    void handle(AnswerSignupQualification command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.answerSignupQualification(command.answers(), personalData));
    }

    private void moveClaim(UUID organization, OrganizationName from, OrganizationName to) {
        Stream.of(from, to).map(NameClaim::streamOf).sorted().forEach(stream -> {
            try {
                names.loadOrCreate(stream, NameClaim::new).execute(claim -> {
                    if (stream.equals(NameClaim.streamOf(to))) {
                        claim.claim(to, organization);
                    } else {
                        claim.release();
                    }
                });
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
