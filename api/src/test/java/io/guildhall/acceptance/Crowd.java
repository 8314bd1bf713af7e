package io.guildhall.acceptance;

import java.util.List;

/**
 * People and organizations for races, the same for all of this JVM, since signing up is slow on purpose. Whoever uses them sees to it
 * that nobody gets near the limit of memberships.
 */
final class Crowd {

    private static List<Person> people = List.of();
    private static List<Person> hosts = List.of();

    private Crowd() {}

    /** As many as a race has callers; validated, each with a session in no organization. */
    static synchronized List<Person> people() {
        if (people.isEmpty()) {
            people = Race.atOnce(
                    Race.CALLERS,
                    caller -> Processes.pair().get(caller % 2).client().newcomer());
        }
        return people;
    }

    /** Half as many, each with a session in an organization of ten seats that nobody else is a member of at first. */
    static synchronized List<Person> hosts() {
        if (hosts.isEmpty()) {
            List<Person> founders = people();
            hosts = Race.atOnce(Race.CALLERS / 2, host -> founders.get(host).creator("pro"));
        }
        return hosts;
    }
}
