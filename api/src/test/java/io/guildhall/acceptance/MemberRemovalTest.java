package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** R17: a removal is in force, on every process and for every token, from the moment that it is answered; and so is coming back. */
@Tag("e2e")
class MemberRemovalTest {

    private static final int ROUNDS = 10;
    private static final int CALLERS = 8;
    private static final String NOT_A_MEMBER = "User is not a member of the organization";

    private final List<Client> serviceProcesses =
            Stream.of(0, 1).map(it -> ServiceProcesses.pair().get(it).client()).toList();
    private final TestUser owner = serviceProcesses.get(0).newcomer().creator("starter");
    private final TestUser user = serviceProcesses.get(1).newcomer();
    private final TestUser victim = owner.welcome(user);
    private final Map<String, String> bearers = new LinkedHashMap<>();

    /** One call by one of the victim's tokens; times as of {@link System#nanoTime()}. */
    private record Call(String bearer, long begun, long answered, Reply reply) {}

    @AfterAll
    static void keepsEveryRule() {
        DatabaseInvariants.hold(ServiceProcesses.pair().database());
    }

    @Test
    void isInForceEverywhereOnceItIsAnswered() throws InterruptedException {
        TestUser.Token user = victim.token("USER");
        bearers.put("session", victim.session());
        bearers.put("USER token", user.value());
        bearers.put("ORGANIZATION token", victim.token("ORGANIZATION").value());
        for (int round = 0; round < ROUNDS; round++) {
            removeUnderFire(user.id());
            comeBack();
        }
    }

    private void removeUnderFire(String token) throws InterruptedException {
        String membership = victim.membership();
        Queue<Call> calls = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int number = caller;
            callers.add(Thread.ofVirtual().start(() -> keepCalling(number, token, calls)));
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> calls.size() >= CALLERS);
        Thread.sleep(ThreadLocalRandom.current().nextInt(200));
        TestUser remover = owner.at(
                serviceProcesses.get(ThreadLocalRandom.current().nextInt(2)).base());
        long asked = System.nanoTime();
        remover.remove(membership).ok();
        long removed = System.nanoTime();
        Thread.sleep(300);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> bearers.keySet().stream()
                        .allMatch(bearer -> calls.stream()
                                .anyMatch(call ->
                                        call.begun() > removed && call.bearer().equals(bearer))));
        callers.forEach(Thread::interrupt);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(calls.stream().filter(call -> call.answered() < asked))
                .isNotEmpty()
                .allSatisfy(call ->
                        assertThat(call.reply().isOk()).as(call.toString()).isTrue());
        for (String bearer : bearers.keySet()) {
            assertThat(calls.stream()
                            .filter(call ->
                                    call.begun() > removed && call.bearer().equals(bearer)))
                    .isNotEmpty()
                    .allSatisfy(call -> {
                        assertThat(call.reply().status()).as(call.toString()).isEqualTo(403);
                        assertThat(call.reply().message()).isEqualTo(NOT_A_MEMBER);
                    });
        }
        assertThat(calls)
                .allSatisfy(call ->
                        assertThat(call.reply().status()).as(call.toString()).isIn(200, 403));
    }

    /** Reads and writes, on both processes, with each token in turn, until interrupted. */
    private void keepCalling(int caller, String token, Queue<Call> calls) {
        List<String> kinds = List.copyOf(bearers.keySet());
        for (int i = caller; !Thread.currentThread().isInterrupted(); i++) {
            String bearer = kinds.get(i % kinds.size());
            Client client = serviceProcesses.get(i / 3 % 2).as(bearers.get(bearer));
            long begun = System.nanoTime();
            Reply reply;
            try {
                reply = switch (i / 6 % 3) {
                    case 0 -> client.get("/v1/organization_members");
                    case 1 -> client.get("/v1/activities?limit=5");
                    default ->
                        client.patch(
                                "/v1/credentials/%s?update_mask=description".formatted(token),
                                Map.of("description", "changed by call " + i));
                };
            } catch (java.io.UncheckedIOException interrupted) {
                return;
            }
            calls.add(new Call(bearer, begun, System.nanoTime(), reply));
        }
    }

    private void comeBack() {
        String invitation = owner.invite(user.email());
        user.at(serviceProcesses.get(ThreadLocalRandom.current().nextInt(2)).base())
                .accept(invitation)
                .ok();
        assertThat(bearers)
                .allSatisfy((bearer, value) -> assertThat(serviceProcesses)
                        .allSatisfy(client ->
                                client.as(value).get("/v1/organization_members").ok()));
    }
}
