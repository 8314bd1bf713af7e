package io.guildhall.api.organization;

import io.guildhall.api.web.Queries;
import io.guildhall.api.wiring.Commands;
import io.guildhall.domain.invitation.InvitationCommand.EndErasedInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ExpireInvitation;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeletion;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.query.invitation.LapsedInvitations;
import io.guildhall.query.invitation.ListErasedInvitations;
import io.guildhall.query.invitation.ListLapsed;
import io.guildhall.query.invitation.OpenInvitations;
import io.guildhall.query.organization.ListUnfinished;
import io.guildhall.query.organization.Unfinished;
import io.guildhall.query.organization.UnfinishedOrganizations;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What is done in more than one step, or when its time has come (R11, R21, R22). What is under way is read from the read models
 * each time, and every step can be taken twice: so it goes on after a crash, and any number of processes may be at it.
 */
@Component
public class LongActs {

    private static final Logger LOG = LoggerFactory.getLogger(LongActs.class);
    private static final int AT_ONCE = 100;

    private final Queries queries;
    private final Commands commands;
    private final ReentrantLock running = new ReentrantLock();

    LongActs(Queries queries, Commands commands) {
        this.queries = queries;
        this.commands = commands;
    }

    /** Goes on without waiting for the next round; the caller does not wait for it. */
    public void nudge() {
        Thread.ofVirtual().name("long-acts").start(this::goOn);
    }

    @Scheduled(fixedDelay = 3_000, initialDelay = 1_000)
    void goOn() {
        running.lock();
        try {
            UnfinishedOrganizations unfinished;
            do {
                unfinished = queries.ask(new ListUnfinished(AT_ONCE), UnfinishedOrganizations.class);
            } while (finishAll(unfinished) && unfinished.organizations().size() == AT_ONCE);
        } catch (RuntimeException e) {
            LOG.warn("Ending organizations goes on later", e);
        } finally {
            running.unlock();
        }
    }

    /** Whether all went well, so that asking again gives others. */
    private boolean finishAll(UnfinishedOrganizations unfinished) {
        boolean well = true;
        for (Unfinished each : unfinished.organizations()) {
            try {
                finish(each);
            } catch (RuntimeException e) {
                well = false;
                LOG.warn("Ending organization {} goes on later", each.organization(), e);
            }
        }
        return well;
    }

    private void finish(Unfinished unfinished) {
        if (unfinished.status().equals("DEACTIVATING")) {
            commands.send(new CompleteDeactivation(unfinished.organization()), ActorContext.bySystem());
            return;
        }
        while (commands.send(new CompleteDeletion(unfinished.organization()), ActorContext.bySystem())
                        .position()
                > 0) {
            // The next membership, until there is nothing left to do.
        }
    }

    /**
     * An erasure ends the invitations to the address that the person had then. This ends those to former addresses, and those that
     * were sent at the same moment.
     */
    @Scheduled(fixedDelay = 15_000, initialDelay = 5_000)
    void endErasedInvitations() {
        try {
            queries.ask(new ListErasedInvitations(AT_ONCE), OpenInvitations.class)
                    .invitations()
                    .forEach(each -> commands.send(
                            new EndErasedInvitation(each.organization(), each.invitation()), ActorContext.bySystem()));
        } catch (RuntimeException e) {
            LOG.warn("Ending invitations to erased addresses goes on later", e);
        }
    }

    /** The clock decides over invitations at once; this only lets the trail say so, and readers need not compare times. */
    @Scheduled(fixedDelay = 15_000, initialDelay = 5_000)
    void expireInvitations() {
        try {
            queries.ask(new ListLapsed(AT_ONCE), LapsedInvitations.class)
                    .invitations()
                    .forEach(lapsed -> commands.send(
                            new ExpireInvitation(lapsed.organization(), lapsed.invitation()), ActorContext.bySystem()));
        } catch (RuntimeException e) {
            LOG.warn("Expiring invitations goes on later", e);
        }
    }
}
