package io.guildhall.api.organization;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeletion;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.infrastructure.command.CommandDispatcher;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.query.organization.ListPendingLifecycleSteps;
import io.guildhall.query.organization.PendingLifecycleStep;
import io.guildhall.query.organization.PendingLifecycleSteps;
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
    private final CommandDispatcher commandDispatcher;

    OrganizationLifecycleSaga(QueryDispatcher queries, CommandDispatcher commandDispatcher) {
        this.queries = queries;
        this.commandDispatcher = commandDispatcher;
    }

    @Bean
    static RecurringTask<Void> organizationLifecycleJob(OrganizationLifecycleSaga saga) {
        return JobScheduler.job(JOB, Duration.ofSeconds(3), saga::finishPending);
    }

    private void finishPending() {
        PendingLifecycleSteps pending;
        do {
            pending = queries.ask(new ListPendingLifecycleSteps(PAGE), PendingLifecycleSteps.class);
        } while (finishAll(pending) && pending.organizations().size() == PAGE);
    }

    /** Whether all were finished, so that the next page has others. */
    private boolean finishAll(PendingLifecycleSteps pending) {
        boolean finished = true;
        for (PendingLifecycleStep each : pending.organizations()) {
            try {
                finish(each);
            } catch (RuntimeException e) {
                finished = false;
                LOG.warn("The {} organization {} is finished later", each.status(), each.organization(), e);
            }
        }
        return finished;
    }

    private void finish(PendingLifecycleStep pending) {
        if (pending.status().equals("DEACTIVATING")) {
            commandDispatcher.send(new CompleteDeactivation(pending.organization()), ActorContext.bySystem());
            return;
        }
        while (commandDispatcher
                        .send(new CompleteDeletion(pending.organization()), ActorContext.bySystem())
                        .position()
                > 0) {
            // The next membership, until none is left.
        }
    }
}
