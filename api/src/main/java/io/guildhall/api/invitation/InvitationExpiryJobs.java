package io.guildhall.api.invitation;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.domain.invitation.InvitationCommand.EndErasedInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ExpireInvitation;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.infrastructure.command.CommandDispatcher;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.query.invitation.ExpiredInvitations;
import io.guildhall.query.invitation.ListErasedInvitations;
import io.guildhall.query.invitation.ListExpiredInvitations;
import io.guildhall.query.invitation.OpenInvitations;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs that end invitations whose time is over, and those to erased addresses (R11). */
@Configuration(proxyBeanMethods = false)
class InvitationExpiryJobs {

    private static final Duration DELAY = Duration.ofSeconds(15);
    private static final int PAGE = 100;

    /** An invitation ends at its time in any case. The job records the end in the trail, so that readers need not compare times. */
    @Bean
    RecurringTask<Void> invitationExpiryJob(QueryDispatcher queries, CommandDispatcher commandDispatcher) {
        return JobScheduler.job(
                "invitation-expiry",
                DELAY,
                () -> queries.ask(new ListExpiredInvitations(PAGE), ExpiredInvitations.class)
                        .invitations()
                        .forEach(lapsed -> commandDispatcher.send(
                                new ExpireInvitation(lapsed.organization(), lapsed.invitation()),
                                ActorContext.bySystem())));
    }

    /**
     * An erasure ends the invitations to the address that the person had then. The job ends those to former addresses, and those that
     * were sent at the same moment.
     */
    @Bean
    RecurringTask<Void> erasedInvitationsJob(QueryDispatcher queries, CommandDispatcher commandDispatcher) {
        return JobScheduler.job(
                "erased-invitations",
                DELAY,
                () -> queries.ask(new ListErasedInvitations(PAGE), OpenInvitations.class)
                        .invitations()
                        .forEach(each -> commandDispatcher.send(
                                new EndErasedInvitation(each.organization(), each.invitation()),
                                ActorContext.bySystem())));
    }
}
