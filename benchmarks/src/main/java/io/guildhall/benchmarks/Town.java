package io.guildhall.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * The people and organizations that the scenarios act with, made through the API when they are first asked for. Each caller has organizations
 * of its own, so that callers meet only where a scenario wants it.
 */
final class Town implements AutoCloseable {

    /** Somebody with a proven address, who may belong to any number of organizations (R6). */
    record Person(String user, String email, String session) {}

    /** An organization without a limit of seats, its owner and the owner's API token in it. */
    record Office(String organization, Person owner, String token) {}

    /** Does something over a connection that nobody else uses meanwhile. */
    @FunctionalInterface
    interface Call<R> {

        R with(Client client) throws Exception;
    }

    private static final String PASSWORD = "a benchmark's password";
    private static final int AT_ONCE = 4;
    private static final int MEMBERSHIPS = 1_000_000;
    private static final Map<String, String> BILLING = Map.of(
            "billing_name", "Benchmark",
            "billing_email", "billing@example.org",
            "address1", "1 Long Street",
            "city", "Paris",
            "country", "FR");

    /** Names and addresses of another run are taken. */
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    private final AtomicInteger names = new AtomicInteger();
    private final URI service;
    private final String operatorKey;
    private final Mailbox mailbox;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final ConcurrentLinkedQueue<Client> clients = new ConcurrentLinkedQueue<>();

    Town(URI service, String operatorKey, Mailbox mailbox) {
        this.service = service;
        this.operatorKey = operatorKey;
        this.mailbox = mailbox;
    }

    URI service() {
        return service;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** A name for an organization that no other has. */
    String freshName() {
        return "b-%s-%d".formatted(run, names.incrementAndGet());
    }

    /** An address that nobody has. */
    String freshAddress() {
        return "b-%s-%d@example.org".formatted(run, names.incrementAndGet());
    }

    List<Person> people(int count) throws Exception {
        return inParallel(Collections.nCopies(count, this::person));
    }

    /** One for each of the owners, in their order. */
    List<Office> offices(List<Person> owners) throws Exception {
        List<Call<Office>> acts = new ArrayList<>();
        for (Person owner : owners) {
            acts.add(client -> office(client, owner));
        }
        return inParallel(acts);
    }

    /** Invites and accepts. */
    static void join(Client client, Office office, Person guest) throws IOException {
        accept(client, invite(client, office, guest.email()), guest);
    }

    /** The invitation's id. */
    static String invite(Client client, Office office, String email) throws IOException {
        return Client.read(client.send(invitation(office, email)))
                .at("/invitation/id")
                .asString();
    }

    static void accept(Client client, String invitation, Person guest) throws IOException {
        client.send(Connection.request(
                "POST", "/v1/account/organization_invitations/" + invitation + "/accept", guest.session(), null));
    }

    static byte[] invitation(Office office, String email) {
        return Connection.request(
                "POST", "/v1/organization_invitations", office.token(), "{\"email\":\"" + email + "\"}");
    }

    <R> List<R> inParallel(List<? extends Call<R>> acts) throws Exception {
        List<Callable<R>> tasks = new ArrayList<>();
        for (Call<R> act : acts) {
            tasks.add(() -> {
                Client idle = clients.poll();
                Client client = idle == null ? new Client(service) : idle;
                R result = act.with(client);
                clients.add(client);
                return result;
            });
        }
        List<R> results = new ArrayList<>();
        for (Future<R> result : threads.invokeAll(tasks)) {
            results.add(result.get());
        }
        return results;
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        for (Client client : clients) {
            client.close();
        }
    }

    private Person person(Client client) throws IOException, InterruptedException {
        String email = freshAddress();
        JsonNode token = client.post(
                        "/v1/account/signup", null, Map.of("name", "Ada", "email", email, "password", PASSWORD))
                .path("token");
        String user = token.path("user_id").asString();
        client.post("/operator/v1/users/" + user + "/membership_limit", operatorKey, Map.of("limit", MEMBERSHIPS));
        String session = token.path("id").asString();
        client.post("/v1/account/validate/" + mailbox.validation(email), session, Map.of());
        return new Person(user, email, session);
    }

    private Office office(Client client, Person owner) throws IOException {
        String organization = client.post("/v1/organizations", owner.session(), Map.of("name", freshName()))
                .at("/organization/id")
                .asString();
        String path = "/v1/organizations/" + organization;
        String session = client.post(path + "/switch", owner.session(), Map.of())
                .at("/token/id")
                .asString();
        client.patch(path + "?update_mask=" + String.join(",", BILLING.keySet()), session, BILLING);
        client.post(path + "/plan", session, Map.of("plan", "enterprise"));
        String token = client.post(
                        "/v1/credentials",
                        session,
                        Map.of("name", "benchmark", "type", "USER", "organization_id", organization))
                .at("/credential/token")
                .asString();
        return new Office(organization, owner, token);
    }
}
