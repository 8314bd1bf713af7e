package io.guildhall.benchmarks;

import io.guildhall.benchmarks.Town.Call;
import io.guildhall.benchmarks.Town.Office;
import io.guildhall.benchmarks.Town.Person;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who has joined what: people join the organizations of a caller, and are removed from them to join again. */
final class Guests {

    /** What a caller can do next. */
    record Pair(Office office, Person guest) {}

    private final Town town;
    private final List<Person> owners;
    private final List<Person> people;
    private final List<List<Office>> offices = new ArrayList<>();
    private final Set<Pair> joined = Collections.synchronizedSet(new HashSet<>());

    Guests(Town town, List<Person> owners, List<Person> people) {
        this.town = town;
        this.owners = owners;
        this.people = people;
        owners.forEach(owner -> offices.add(new ArrayList<>()));
    }

    /** The pairs of one of so many callers that are members, or those that are not: no other caller has the same people or organizations. */
    List<Pair> pairs(int caller, int callers, boolean members) {
        List<Pair> found = new ArrayList<>();
        for (Office office : offices.get(caller)) {
            for (int i = caller; i < people.size(); i += callers) {
                var pair = new Pair(office, people.get(i));
                if (joined.contains(pair) == members) {
                    found.add(pair);
                }
            }
        }
        return found;
    }

    void joined(Pair pair) {
        joined.add(pair);
    }

    void left(Pair pair) {
        joined.remove(pair);
    }

    /** Founds organizations until each caller has so many pairs that can join. */
    void makeRoom(int callers, int pairs) throws Exception {
        List<Person> founders = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int perOffice = Math.max(1, people.size() / callers);
            int missing = pairs - pairs(caller, callers, false).size();
            for (; missing > 0; missing -= perOffice) {
                founders.add(owners.get(caller));
                numbers.add(caller);
            }
        }
        List<Office> made = town.offices(founders);
        for (int i = 0; i < made.size(); i++) {
            offices.get(numbers.get(i)).add(made.get(i));
        }
    }

    /** Lets people join until each caller has so many members. */
    void fill(int callers, int members) throws Exception {
        makeRoom(callers, Math.max(0, members - fewest(callers)));
        List<Call<Boolean>> acts = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int missing = members - pairs(caller, callers, true).size();
            pairs(caller, callers, false).stream()
                    .limit(Math.max(0, missing))
                    .forEach(pair -> acts.add(client -> {
                        Town.join(client, pair.office(), pair.guest());
                        return joined.add(pair);
                    }));
        }
        // Neighbours in this order would wait for each other: they are of one organization.
        Collections.shuffle(acts);
        town.inParallel(acts);
    }

    private int fewest(int callers) {
        int fewest = Integer.MAX_VALUE;
        for (int caller = 0; caller < callers; caller++) {
            fewest = Math.min(fewest, pairs(caller, callers, true).size());
        }
        return fewest;
    }
}
