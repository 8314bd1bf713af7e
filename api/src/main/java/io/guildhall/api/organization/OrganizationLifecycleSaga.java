package io.guildhall.api.organization;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.api.jobs.JobScheduler;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.wiring.Commands;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeletion;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.query.organization.ListUnfinished;
import io.guildhall.query.organization.Unfinished;
import io.guildhall.query.organization.UnfinishedOrganizations;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Finishes deactivations and deletions of organizations, which take several steps (R21, R22). Each run reads from the read models what is
 * pending, and each step can be repeated. So the saga survives a crash at any point.
 */
@Component
public class OrganizationLifecycleSaga {

    public static final String JOB = "organization-lifecycle";

    private static final Logger LOG = LoggerFactory.getLogger(OrganizationLifecycleSaga.class);
    private static final int PAGE = 100;

    private final QueryDispatcher queries;
    private final Commands commands;

    OrganizationLifecycleSaga(QueryDispatcher queries, Commands commands) {
        this.queries = queries;
        this.commands = commands;
    }

    @Bean
    static RecurringTask<Void> organizationLifecycleJob(OrganizationLifecycleSaga saga) {
        return JobScheduler.job(JOB, Duration.ofSeconds(3), saga::finishPending);
    }

    private void finishPending() {
        UnfinishedOrganizations pending;
        do {
            pending = queries.ask(new ListUnfinished(PAGE), UnfinishedOrganizations.class);
        } while (finishAll(pending) && pending.organizations().size() == PAGE);
    }

    /** Whether all were finished, so that the next page has others. */
    private boolean finishAll(UnfinishedOrganizations pending) {
        boolean finished = true;
        for (Unfinished each : pending.organizations()) {
            try {
                finish(each);
            } catch (RuntimeException e) {
                finished = false;
                LOG.warn("The {} organization {} is finished later", each.status(), each.organization(), e);
            }
        }
        return finished;
    }

    private void finish(Unfinished pending) {
        if (pending.status().equals("DEACTIVATING")) {
            commands.send(new CompleteDeactivation(pending.organization()), ActorContext.bySystem());
            return;
        }
        while (commands.send(new CompleteDeletion(pending.organization()), ActorContext.bySystem())
                        .position()
                > 0) {
            // The next membership, until none is left.
        }
    }
}
