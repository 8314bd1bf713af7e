package io.guildhall.domain.organization;

import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.domain.kernel.Limits;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.domain.membership.MembershipRefusal;
import io.guildhall.domain.session.SessionRefusal;
import io.guildhall.domain.token.DescribeToken;
import io.guildhall.domain.token.IssueToken;
import io.guildhall.domain.token.RevokeToken;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;

/** R18: API tokens by the hand of members. */
public class IssuingTokens {

    private final Organizations organizations;
    private final PersonalData personalData;
    private final Limits limits;

    public IssuingTokens(Organizations organizations, PersonalData personalData, Limits limits) {
        this.personalData = personalData;
        this.organizations = organizations;
        this.limits = limits;
    }

    @CommandHandler
    void handle(IssueToken command, MetaData metaData) {
        organizations.inActive(command.organization(), metaData, (organization, now) -> {
            if (!organization.members().includes(command.account())) {
                throw CommandRefused.because(new MembershipRefusal.NotAMember());
            }
            if (command.parent() != null
                    && !command.organization().equals(command.parent().organization())) {
                throw CommandRefused.because(new SessionRefusal.BoundToOrganization());
            }
            organization.tokens().issue(command, Act.from(metaData).anyToken(), limits.apiTokens(), now, personalData);
        });
    }

    @CommandHandler
    void handle(DescribeToken command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.tokens().describe(command, personalData));
    }

    @CommandHandler
    void handle(RevokeToken command, MetaData metaData) {
        organizations.inActive(
                command.organization(),
                metaData,
                (organization, now) -> organization.tokens().revoke(command.organization(), command.token()));
    }
}
