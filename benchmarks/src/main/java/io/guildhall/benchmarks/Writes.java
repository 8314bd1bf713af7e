package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Guests.Pair;
import io.guildhall.benchmarks.Town.Office;
import io.guildhall.benchmarks.Town.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The scenarios that change something. */
final class Writes {

    private Writes() {}

    private abstract static class Write implements Scenario {

        private final String name;

        Write(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Kind kind() {
            return Kind.WRITE;
        }
    }

    /** A caller with a connection of its own. */
    private abstract static class Connected implements Scenario.Caller {

        final Client client;

        Connected(Town town) {
            client = new Client(town.service());
        }

        @Override
        public void close() throws Exception {
            client.close();
        }
    }

    static final class Found extends Write {

        private final Town town;
        private final List<Person> owners;

        Found(Town town, List<Person> owners) {
            super("found");
            this.town = town;
            this.owners = owners;
        }

        @Override
        public Caller caller(int number, int callers) {
            String session = owners.get(number).session();
            return new Connected(town) {
                @Override
                public boolean call(Tally tally) throws Exception {
                    byte[] request = Connection.request(
                            "POST", "/v1/organizations", session, "{\"name\":\"" + town.freshName() + "\"}");
                    long sent = System.nanoTime();
                    client.send(request);
                    tally.answered(sent);
                    return true;
                }
            };
        }
    }

    /** Addresses that nobody has signed up with, into organizations that grow for as long as it takes. */
    static final class Invite extends Write {

        private static final int OFFICES = 4;

        private final Town town;
        private final List<Person> owners;
        private final List<Office> offices = new ArrayList<>();

        Invite(Town town, List<Person> owners) {
            super("invite");
            this.town = town;
            this.owners = owners;
        }

        @Override
        public void prepare(int callers, double seconds) throws Exception {
            offices.clear();
            List<Person> founders = new ArrayList<>();
            for (int i = 0; i < OFFICES; i++) {
                founders.addAll(owners.subList(0, callers));
            }
            offices.addAll(town.offices(founders));
        }

        @Override
        public Caller caller(int number, int callers) {
            return new Connected(town) {

                private int next = number;

                @Override
                public boolean call(Tally tally) throws Exception {
                    byte[] request = Town.invitation(offices.get(next), town.freshAddress());
                    next = (next + callers) % offices.size();
                    long sent = System.nanoTime();
                    client.send(request);
                    tally.answered(sent);
                    return true;
                }
            };
        }
    }

    /** Two requests: the invitation, by the owner's API token, and its acceptance, by the guest's session. */
    static final class Join extends Write {

        private static final int MOST_PER_SECOND = 1_000;
        private static final int MOST_PER_SECOND_AND_CALLER = 250;

        private final Town town;
        private final Guests guests;

        Join(Town town, Guests guests) {
            super("join");
            this.town = town;
            this.guests = guests;
        }

        @Override
        public void prepare(int callers, double seconds) throws Exception {
            guests.makeRoom(callers, share(seconds, callers, MOST_PER_SECOND, MOST_PER_SECOND_AND_CALLER));
        }

        @Override
        public Caller caller(int number, int callers) {
            Iterator<Pair> pairs = guests.pairs(number, callers, false).iterator();
            return new Connected(town) {
                @Override
                public boolean call(Tally tally) throws Exception {
                    if (!pairs.hasNext()) {
                        return false;
                    }
                    Pair pair = pairs.next();
                    long sent = System.nanoTime();
                    String invitation =
                            Town.invite(client, pair.office(), pair.guest().email());
                    tally.answered(sent);
                    sent = System.nanoTime();
                    Town.accept(client, invitation, pair.guest());
                    tally.answered(sent);
                    guests.joined(pair);
                    return true;
                }
            };
        }
    }

    static final class Remove extends Write {

        private static final int MOST_PER_SECOND = 1_500;
        private static final int MOST_PER_SECOND_AND_CALLER = 300;
        private static final int PAGE = 100;

        private final Town town;
        private final Guests guests;
        private final Map<Pair, String> memberships = new HashMap<>();

        Remove(Town town, Guests guests) {
            super("remove a member");
            this.town = town;
            this.guests = guests;
        }

        @Override
        public void prepare(int callers, double seconds) throws Exception {
            guests.fill(callers, share(seconds, callers, MOST_PER_SECOND, MOST_PER_SECOND_AND_CALLER));
            memberships.clear();
            Map<Office, Map<String, String>> byUser = new HashMap<>();
            try (var client = new Client(town.service())) {
                for (int caller = 0; caller < callers; caller++) {
                    for (Pair pair : guests.pairs(caller, callers, true)) {
                        Map<String, String> members = byUser.get(pair.office());
                        if (members == null) {
                            members = members(client, pair.office());
                            byUser.put(pair.office(), members);
                        }
                        memberships.put(pair, members.get(pair.guest().user()));
                    }
                }
            }
        }

        private static Map<String, String> members(Client client, Office office) throws Exception {
            Map<String, String> found = new HashMap<>();
            JsonNode page;
            int offset = 0;
            do {
                page = client.get("/v1/organization_members?limit=%d&offset=%d".formatted(PAGE, offset), office.token())
                        .path("members");
                page.forEach(member -> found.put(
                        member.path("user_id").asString(), member.path("id").asString()));
                offset += PAGE;
            } while (page.size() == PAGE);
            return found;
        }

        @Override
        public Caller caller(int number, int callers) {
            Iterator<Pair> pairs = guests.pairs(number, callers, true).iterator();
            return new Connected(town) {
                @Override
                public boolean call(Tally tally) throws Exception {
                    if (!pairs.hasNext()) {
                        return false;
                    }
                    Pair pair = pairs.next();
                    byte[] request = Connection.request(
                            "DELETE",
                            "/v1/organization_members/" + memberships.get(pair),
                            pair.office().token(),
                            null);
                    long sent = System.nanoTime();
                    client.send(request);
                    tally.answered(sent);
                    guests.left(pair);
                    return true;
                }
            };
        }
    }

    /** How many a caller could do at the very most; with fewer the measurement ends early. */
    private static int share(double seconds, int callers, int mostPerSecond, int mostPerSecondAndCaller) {
        return (int) Math.ceil(seconds * Math.min(mostPerSecond, mostPerSecondAndCaller * callers) / callers);
    }
}
