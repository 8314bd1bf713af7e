package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Call;
import io.guildhall.benchmarks.Town.Office;
import io.guildhall.benchmarks.Town.Person;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scenarios that change nothing: each caller sends the same request again and again. */
final class Reads {

    private static final int MEMBERS = 10;

    private final Town town;
    private final List<Office> offices = new ArrayList<>();
    private final List<Person> owners;
    private final List<Person> people;

    /** An organization of ten for each of the owners, with its API token. */
    Reads(Town town, List<Person> owners, List<Person> people) {
        this.town = town;
        this.owners = owners;
        this.people = people;
    }

    /** Goes the whole way through the service's HTTP stack, and answers a constant as JSON. */
    Scenario bareRoute() {
        return new Read("bare route", Scenario.Kind.FLOOR, "/v1/account/login_method?email=x%40example.org");
    }

    Scenario listMembers() {
        return new Read("list members", Scenario.Kind.READ, "/v1/organization_members");
    }

    Scenario checkToken() {
        return new Read("check a token", Scenario.Kind.READ, "/v1/account/organization");
    }

    Scenario newestActivities() {
        return new Read("newest page of the trail", Scenario.Kind.READ, "/v1/activities?limit=20");
    }

    private void makeOffices() throws Exception {
        if (!offices.isEmpty()) {
            return;
        }
        offices.addAll(town.offices(owners));
        List<Call<Boolean>> acts = new ArrayList<>();
        for (int i = 0; i < MEMBERS - 1; i++) {
            for (int n = 0; n < offices.size(); n++) {
                Office office = offices.get(n);
                Person guest = people.get((n * (MEMBERS - 1) + i) % people.size());
                acts.add(client -> {
                    Town.join(client, office, guest);
                    return true;
                });
            }
        }
        town.inParallel(acts);
    }

    private final class Read implements Scenario {

        private final String name;
        private final Kind kind;
        private final String path;

        Read(String name, Kind kind, String path) {
            this.name = name;
            this.kind = kind;
            this.path = path;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public void prepare(int callers, double seconds) throws Exception {
            if (kind == Kind.READ) {
                makeOffices();
            }
        }

        @Override
        public Caller caller(int number, int callers) {
            @Nullable String token = kind == Kind.READ ? offices.get(number).token() : null;
            byte[] request = Connection.request("GET", path, token, null);
            var client = new Client(town.service());
            return new Caller() {
                @Override
                public boolean call(Tally tally) throws Exception {
                    long sent = System.nanoTime();
                    client.send(request);
                    tally.answered(sent);
                    return true;
                }

                @Override
                public void close() throws Exception {
                    client.close();
                }
            };
        }
    }
}
