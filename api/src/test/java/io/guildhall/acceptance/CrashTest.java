package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was answered stays, whatever is killed, and what was begun is finished. One home, killed and started again and again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("e2e")
class CrashTest {

    private static final int CALLERS = 8;
    private static final int ACCEPTED_BEFORE = 12;
    private static final Duration LOADED_WITHIN = Duration.ofSeconds(60);
    /** Or, where everything is slow, in twice the time that the first start took. */
    private static final Duration RESTARTED_WITHIN = Duration.ofSeconds(30);

    /** A mail that was being sent when its process died is tried again when nobody has reported on it for a minute. */
    private static final Duration MAILED_WITHIN = Duration.ofSeconds(90);

    private final ServiceProcesses service = ServiceProcesses.withEmbeddedDatabase();
    private final List<BackgroundLoad> loads = new ArrayList<>();
    private ServiceProcesses.Running running;
    private Duration firstStart;

    @BeforeAll
    void start() {
        firstStart = started();
    }

    @AfterAll
    void close() {
        service.close();
    }

    @Test
    @Order(1)
    void everyAnswerHoldsAfterTheServiceWasKilled(TestReporter reporter) throws Exception {
        BackgroundLoad backgroundLoad = killUnderLoad(false);
        restart(reporter);
        assertEverythingIsThere(backgroundLoad);
    }

    @Test
    @Order(2)
    void everyAnswerHoldsAfterTheServiceAndItsDatabaseWereKilled(TestReporter reporter) throws Exception {
        BackgroundLoad backgroundLoad = killUnderLoad(true);
        restart(reporter);
        assertEverythingIsThere(backgroundLoad);
    }

    /** R21, R22: the last steps are held up from outside, so that it is certain that the kill comes before them. */
    @Test
    @Order(3)
    void longActsAreFinishedByTheNextProcess(TestReporter reporter) throws Exception {
        List<TestUser> deactivating = new ArrayList<>();
        List<TestUser> deleting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestUser creator = running.client().newcomer().creator("starter");
            creator.welcome(running.client().newcomer());
            creator.token("USER");
            (i % 2 == 0 ? deactivating : deleting).add(creator);
        }
        List<String> names = deleting.stream().map(CrashTest::name).toList();
        List<String> organizations =
                deleting.stream().map(TestUser::organization).toList();
        deleting.forEach(CrashTest::deactivate);
        deleting.forEach(creator -> await().until(() -> status(creator).equals("DEACTIVATED")));

        try (Connection holdUp = service.database().getConnection();
                Statement statement = holdUp.createStatement()) {
            holdUp.setAutoCommit(false);
            statement.execute("lock table tokens, members in exclusive mode");
            List<Thread> callers = new ArrayList<>();
            deactivating.forEach(creator -> callers.add(ignoringDeath(() -> deactivate(creator))));
            deleting.forEach(creator -> callers.add(
                    ignoringDeath(() -> creator.client().delete("/v1/organizations/" + creator.organization()))));
            await().until(() -> unfinished() == 4);
            running.kill();
            holdUp.rollback();
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(unfinished()).isEqualTo(4);
        restart(reporter);

        await().atMost(Duration.ofSeconds(20)).until(() -> unfinished() == 0);
        deactivating.stream().map(this::here).forEach(creator -> {
            assertThat(status(creator)).isEqualTo("DEACTIVATED");
            creator.client()
                    .post("/v1/organizations/%s/reactivate".formatted(creator.organization()))
                    .ok();
            PagedTrail pagedTrail = PagedTrail.ofOrganization(creator);
            assertThat(pagedTrail.of("deactivating organization")).hasSize(1);
            assertThat(pagedTrail.of("deactivated organization")).hasSize(1);
            assertThat(pagedTrail.of("deleted credential")).hasSize(1);
        });
        TestUser other = running.client().newcomer();
        names.forEach(name -> assertThat(other.found(name)).as("free again").isNotEmpty());
        deleting.stream().map(this::here).forEach(creator -> {
            assertThat(PagedTrail.ofUser(creator).objects("left organization")).containsAnyElementsOf(organizations);
            assertThat(creator.client().get("/v1/account/organizations").texts("organizations", "id"))
                    .isEmpty();
        });
        DatabaseInvariants.hold(service.database());
    }

    @Test
    @Order(4)
    void everyInvitationIsMailedOnce() {
        Mailbox mailbox = running.client().mailbox();
        // Those that were accepted at once may no longer have needed their mail.
        List<BackgroundLoad.Invited> invited = loads.stream()
                .flatMap(backgroundLoad -> backgroundLoad.invited.stream())
                .filter(invitation -> !invitation.forGuest())
                .toList();
        assertThat(invited).isNotEmpty().allSatisfy(invitation -> {
            await().atMost(MAILED_WITHIN)
                    .until(() -> !mailbox.to(invitation.email()).isEmpty());
            assertThat(mailbox.to(invitation.email()).stream()
                            .map(Mailbox.Letter::messageId)
                            .distinct())
                    .hasSize(1);
        });
    }

    private BackgroundLoad killUnderLoad(boolean databaseToo) throws InterruptedException {
        BackgroundLoad backgroundLoad = BackgroundLoad.by(CALLERS, running.client());
        loads.add(backgroundLoad);
        await().atMost(LOADED_WITHIN)
                .until(() -> backgroundLoad.accepted.size() >= ACCEPTED_BEFORE || !backgroundLoad.failures.isEmpty());
        running.kill();
        if (databaseToo) {
            service.killDatabase();
        }
        backgroundLoad.end();
        assertThat(backgroundLoad.failures).isEmpty();
        return backgroundLoad;
    }

    private void restart(TestReporter reporter) {
        Duration taken = started();
        reporter.publishEntry("restarted within", "%s, started first within %s".formatted(taken, firstStart));
        assertThat(taken).isLessThan(Collections.max(List.of(RESTARTED_WITHIN, firstStart.multipliedBy(2))));
    }

    private Duration started() {
        Instant begun = Instant.now();
        running = service.start();
        return Duration.between(begun, Instant.now());
    }

    private void assertEverythingIsThere(BackgroundLoad backgroundLoad) {
        assertThat(backgroundLoad.signedUp)
                .map(this::here)
                .allSatisfy(testUser -> assertThat(testUser.client()
                                .get("/v1/account/profile")
                                .ok()
                                .text("user.id"))
                        .isEqualTo(testUser.id()));
        TestUser first = backgroundLoad.signedUp.element();
        running.client().signIn(first.email(), first.password()).ok();
        assertThat(backgroundLoad.validated)
                .map(this::here)
                .allSatisfy(testUser -> assertThat(testUser.client()
                                .get("/v1/account/profile")
                                .at("user.email_validated")
                                .booleanValue())
                        .isTrue());
        assertThat(backgroundLoad.founded).allSatisfy(this::assertFounded);
        assertThat(backgroundLoad.invited).allSatisfy(invited -> {
            TestUser creator = here(invited.creator());
            assertThat(creator.client()
                            .get("/v1/organization_invitations?limit=100")
                            .ok()
                            .texts("invitations", "id"))
                    .contains(invited.invitation());
            assertThat(PagedTrail.ofOrganization(creator).objects("created organization_invitation"))
                    .contains(invited.invitation());
        });
        assertThat(backgroundLoad.accepted).allSatisfy(this::assertAccepted);
        DatabaseInvariants.hold(service.database());
    }

    private void assertFounded(BackgroundLoad.Founded founded) {
        TestUser creator = here(founded.creator()).in(founded.organization());
        Reply organization = creator.client().get("/v1/account/organization").ok();
        assertThat(organization.text("organization.name")).isEqualTo(founded.name());
        if (!founded.plan().equals(TestUser.INITIAL_PLAN)) {
            assertThat(organization.text("organization.plan")).isEqualTo(founded.plan());
        }
        assertThat(creator.client().get("/v1/organization_members").ok().texts("members", "user_id"))
                .contains(creator.id());
        assertThat(PagedTrail.ofOrganization(creator).said())
                .startsWith("created organization", "joined organization_member");
        assertThat(PagedTrail.ofUser(creator).objects("joined organization")).contains(founded.organization());
    }

    private void assertAccepted(BackgroundLoad.Accepted accepted) {
        TestUser guest = here(accepted.guest()).in(accepted.organization());
        assertThat(guest.client().get("/v1/organization_members").ok().texts("members", "user_id"))
                .contains(guest.id());
        assertThat(PagedTrail.ofOrganization(guest).objects("joined organization_member"))
                .contains(guest.membership());
        assertThat(PagedTrail.ofUser(guest).objects("joined organization")).contains(accepted.organization());
    }

    private TestUser here(TestUser testUser) {
        return testUser.at(running.base());
    }

    private static void deactivate(TestUser creator) {
        creator.client()
                .post(
                        "/v1/organizations/%s/deactivate".formatted(creator.organization()),
                        Map.of("skip_confirmation", true))
                .ok();
    }

    private static String status(TestUser member) {
        return member.client().get("/v1/account/organization").ok().text("organization.status");
    }

    private static String name(TestUser member) {
        return member.client().get("/v1/account/organization").ok().text("organization.name");
    }

    private static Thread ignoringDeath(Runnable call) {
        return Thread.ofVirtual().start(() -> {
            try {
                call.run();
            } catch (java.io.UncheckedIOException dead) {
                // Begun, as the database says, but not answered.
            }
        });
    }

    private int unfinished() {
        return JdbcClient.create(service.database())
                .sql("select count(*) from organizations where status in ('DEACTIVATING', 'DELETING')")
                .query(Integer.class)
                .single();
    }
}
