package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Callers who go on issuing API tokens whatever becomes of the service, and remember for each what they were told. An answer of
 * success is checked at once by a read.
 */
final class TokenIssuingLoad {

    /** By all of this JVM, since they may share organizations one after the other. */
    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    private static final Duration PAUSE = Duration.ofMillis(25);

    /** Less than a refusal asks for; with no pause at all, all there would be to see is how many refusals the machine can do. */
    private static final Duration PAUSE_WHEN_REFUSED = Duration.ofMillis(100);

    enum Outcome {
        DONE,
        /** 503 with Retry-After: it may have happened, or not. */
        REFUSED,
        /** No answer: it may have happened, or not. */
        UNANSWERED,
        WRONG
    }

    /**
     * One of them.
     *
     * @param began on the clock of {@link System#nanoTime}
     * @param said the answer, where it is of interest
     */
    record Attempt(
            String node,
            String name,
            long began,
            long ended,
            Outcome outcome,
            @Nullable String id,
            String said) {

        Duration took() {
            return Duration.ofNanos(ended - began);
        }
    }

    private final List<TestUser> founders;
    private final Map<TestUser, String> organizations = new HashMap<>();
    private final Queue<Attempt> all = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean goOn = true;

    /** @param founders each in an organization of its own, in which all callers act */
    TokenIssuingLoad(List<TestUser> founders) {
        this.founders = founders;
        founders.forEach(creator -> organizations.put(creator, creator.organization()));
    }

    /** One caller for each organization, of this node. */
    TokenIssuingLoad at(String node, URI base) {
        for (TestUser creator : founders) {
            Client client = creator.at(base).client();
            String organization = organizations.get(creator);
            callers.add(Thread.ofVirtual().start(() -> {
                while (goOn) {
                    Attempt attempt = attempt(node, client, organization);
                    all.add(attempt);
                    pause(attempt.outcome() == Outcome.REFUSED ? PAUSE_WHEN_REFUSED : PAUSE);
                }
            }));
        }
        return this;
    }

    private static Attempt attempt(String node, Client client, String organization) {
        String name = "t-" + UUID.randomUUID();
        NAMES.add(name);
        long began = System.nanoTime();
        try {
            Reply reply = client.exchange(
                    "POST", "/v1/credentials", Map.of("name", name, "type", "USER", "organization_id", organization));
            long ended = System.nanoTime();
            if (reply.isOk()) {
                String id = reply.text("credential.id");
                return new Attempt(node, name, began, ended, shown(client, id), id, reply.toString());
            }
            boolean refused =
                    reply.status() == 503 && reply.header("Retry-After").isPresent();
            return new Attempt(
                    node, name, began, ended, refused ? Outcome.REFUSED : Outcome.WRONG, null, reply.toString());
        } catch (IOException e) {
            return new Attempt(node, name, began, System.nanoTime(), Outcome.UNANSWERED, null, e.toString());
        }
    }

    /** Wrong if an answered write cannot be read; the store may also be away again. */
    private static Outcome shown(Client client, String id) {
        try {
            int status = client.exchange("GET", "/v1/credentials/" + id, null).status();
            return status == 200 || status == 503 ? Outcome.DONE : Outcome.WRONG;
        } catch (IOException e) {
            return Outcome.DONE;
        }
    }

    void end() throws InterruptedException {
        goOn = false;
        for (Thread caller : callers) {
            caller.join();
        }
    }

    Stream<Attempt> of(String node, Outcome outcome) {
        return all.stream().filter(it -> it.node().equals(node) && it.outcome() == outcome);
    }

    long count(String node, Outcome outcome) {
        return of(node, outcome).count();
    }

    /** How long after this moment the first attempt ended well that began after it. */
    Optional<Duration> firstDoneAfter(String node, long moment) {
        return of(node, Outcome.DONE)
                .filter(it -> it.ended() > moment)
                .map(it -> Duration.ofNanos(it.ended() - moment))
                .min(Duration::compareTo);
    }

    Duration longest(Predicate<Attempt> which) {
        return all.stream()
                .filter(which)
                .map(Attempt::took)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** When the last of them began. */
    OptionalLong lastBegun(Predicate<Attempt> which) {
        return all.stream().filter(which).mapToLong(Attempt::began).max();
    }

    /** The longest time in which nothing was done there. */
    Duration longestGap(String node, long from, long to) {
        List<Long> ends = new ArrayList<>(of(node, Outcome.DONE)
                .map(Attempt::ended)
                .filter(end -> end > from && end < to)
                .sorted()
                .toList());
        ends.add(to);
        long last = from;
        long longest = 0;
        for (long end : ends) {
            longest = Math.max(longest, end - last);
            last = end;
        }
        return Duration.ofNanos(longest);
    }

    /**
     * What was acknowledged is stored, what is stored was attempted, each once and whole.
     *
     * @return how many are stored of those of which nobody was told so
     */
    int assertStoredAsTold(URI base) {
        assertThat(all.stream().filter(it -> it.outcome() == Outcome.WRONG)).isEmpty();
        Set<String> acknowledged = new HashSet<>();
        Set<String> unknown = new HashSet<>();
        all.forEach(it -> {
            if (it.outcome() == Outcome.DONE) {
                acknowledged.add(it.id());
            } else {
                unknown.add(it.name());
            }
        });
        List<String> stored = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (TestUser creator : founders) {
            TestUser here = creator.at(base);
            List<String> pagedTrail = PagedTrail.ofOrganization(here).objects("created credential");
            List<String> listed = new ArrayList<>();
            boolean more = true;
            while (more) {
                Reply page = here.client()
                        .get("/v1/credentials?limit=100&offset=" + listed.size())
                        .ok();
                listed.addAll(page.texts("credentials", "id"));
                names.addAll(page.texts("credentials", "name"));
                more = !page.texts("credentials", "id").isEmpty();
            }
            assertThat(listed).containsExactlyInAnyOrderElementsOf(pagedTrail);
            stored.addAll(pagedTrail);
        }
        assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(names).doesNotHaveDuplicates().allMatch(NAMES::contains);
        unknown.retainAll(names);
        return unknown.size();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
