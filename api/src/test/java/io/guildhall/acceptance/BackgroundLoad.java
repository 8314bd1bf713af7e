package io.guildhall.acceptance;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Callers who sign up, found, invite and accept for as long as the process answers, and who remember what they were told has
 * been done.
 */
final class BackgroundLoad {

    /** @param plan what the organization was put on */
    record Founded(TestUser creator, String organization, String name, String plan) {}

    /** @param forGuest whether somebody tried to accept it */
    record Invited(TestUser creator, String organization, String invitation, String email, boolean forGuest) {}

    record Accepted(TestUser guest, String organization) {}

    final Queue<TestUser> signedUp = new ConcurrentLinkedQueue<>();
    final Queue<TestUser> validated = new ConcurrentLinkedQueue<>();
    final Queue<Founded> founded = new ConcurrentLinkedQueue<>();
    final Queue<Invited> invited = new ConcurrentLinkedQueue<>();
    final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();

    /** What was answered otherwise than by success, although nothing was wrong with it. */
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean goOn = true;

    static BackgroundLoad by(int callers, Client client) {
        BackgroundLoad backgroundLoad = new BackgroundLoad();
        for (int caller = 0; caller < callers; caller++) {
            backgroundLoad.callers.add(Thread.ofVirtual().start(() -> backgroundLoad.run(client)));
        }
        return backgroundLoad;
    }

    /** To be called when the process is dead: waits for the callers to notice. */
    void end() throws InterruptedException {
        goOn = false;
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void run(Client client) {
        try {
            Optional<TestUser> guest = newcomer(client);
            while (goOn && guest.isPresent()) {
                Optional<TestUser> creator = newcomer(client);
                if (creator.isPresent()) {
                    found(creator.get(), guest.get());
                }
                guest = creator;
            }
        } catch (UncheckedIOException dead) {
            // What was being asked for is done or not, and nobody was told.
        } catch (RuntimeException | AssertionError failure) {
            failures.add(failure);
        }
    }

    /** Nobody when the process dies meanwhile. */
    private Optional<TestUser> newcomer(Client client) {
        TestUser testUser = client.signUp(Client.unusedEmail());
        signedUp.add(testUser);
        while (goOn) {
            if (client.mailbox().to(testUser.email()).isEmpty()) {
                pause();
            } else {
                testUser.validate();
                validated.add(testUser);
                return Optional.of(testUser);
            }
        }
        return Optional.empty();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void found(TestUser creator, TestUser guest) {
        String name = Client.unusedName();
        String organization = creator.found(name);
        founded.add(new Founded(creator, organization, name, TestUser.INITIAL_PLAN));
        creator.pay(organization);
        creator.choose(organization, "startup");
        founded.add(new Founded(creator, organization, name, "startup"));
        TestUser member = creator.in(organization);
        invite(member, organization, Client.unusedEmail(), false);
        String invitation = invite(member, organization, guest.email(), true);
        guest.accept(invitation).ok();
        accepted.add(new Accepted(guest, organization));
    }

    private String invite(TestUser member, String organization, String email, boolean forGuest) {
        String invitation = member.client()
                .post("/v1/organization_invitations", Map.of("email", email))
                .ok()
                .text("invitation.id");
        invited.add(new Invited(member, organization, invitation, email, forGuest));
        return invitation;
    }
}
