package io.guildhall.api.operator;

import io.guildhall.api.invitation.UnansweredInvitations;
import io.guildhall.api.organization.OrganizationLifecycleSaga;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.UserCommand.EraseUser;
import io.guildhall.domain.user.UserRejections;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.query.organization.ListOrganizations;
import io.guildhall.query.organization.OrganizationPage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** R20: forgets a person, whatever organizations they belong to at that moment. */
@Component
class UserErasureService {

    private static final int PAGE = 100;
    private static final int TRIES = 5;

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final JobScheduler jobs;
    private final UnansweredInvitations invitations;

    UserErasureService(
            QueryDispatcher queries,
            CommandExecutor commandExecutor,
            JobScheduler jobs,
            UnansweredInvitations invitations) {
        this.invitations = invitations;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.jobs = jobs;
    }

    void erase(UUID user, ActorContext actor) {
        for (int attempt = 1; ; attempt++) {
            try {
                commandExecutor.perform(new EraseUser(user, organizationsOf(user), invitations.to(user)), actor);
                jobs.runNow(OrganizationLifecycleSaga.JOB);
                return;
            } catch (DomainRejectionException refused) {
                boolean joinedMeanwhile = refused.rejection().is(UserRejections.STILL_A_MEMBER);
                if (!joinedMeanwhile || attempt == TRIES) {
                    throw refused;
                }
            }
        }
    }

    private List<UUID> organizationsOf(UUID user) {
        List<UUID> all = new ArrayList<>();
        OrganizationPage page;
        do {
            page = queries.ask(
                    new ListOrganizations(user, null, null, List.of(), true, PAGE, all.size()), OrganizationPage.class);
            page.organizations().forEach(each -> all.add(UUID.fromString(each.id())));
        } while (page.hasNext());
        return all;
    }
}
