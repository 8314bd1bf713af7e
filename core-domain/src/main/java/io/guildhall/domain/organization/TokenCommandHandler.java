package io.guildhall.domain.organization;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.token.TokenCommand.EditToken;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.TokenCommand.RevokeToken;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;

/** Handles commands about API tokens. */
public class TokenCommandHandler {

    private final OrganizationLoader organizations;
    private final PersonalDataCipher personalData;
    private final Limits limits;

    public TokenCommandHandler(OrganizationLoader organizations, PersonalDataCipher personalData, Limits limits) {
        this.personalData = personalData;
        this.organizations = organizations;
        this.limits = limits;
    }

    @CommandHandler
    void handle(IssueToken command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(),
                metaData,
                (organization, now) -> organization.issueToken(
                        command, ActorContext.from(metaData), limits.apiTokens(), personalData, now));
    }

    @CommandHandler
    void handle(EditToken command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(), metaData, (organization, now) -> organization.editToken(command, personalData));
    }

    @CommandHandler
    void handle(RevokeToken command, MetaData metaData) {
        organizations.withActiveOrganization(
                command.organization(), metaData, (organization, now) -> organization.revokeToken(command.token()));
    }
}
