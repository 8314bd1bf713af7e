package io.guildhall.acceptance;

import java.util.List;

/**
 * People and organizations for races, the same for all of this JVM, since signing up is slow on purpose. Whoever uses them sees to it
 * that nobody gets near the limit of memberships.
 */
final class Crowd {

    private Crowd() {}

    /** As many as a race has callers; validated, each with a session in no organization. */
    static List<Person> people() {
        return People.ALL;
    }

    /** Half as many, each with a session in an organization of ten seats that nobody else is a member of at first. */
    static List<Person> hosts() {
        return Hosts.ALL;
    }

    private static final class People {

        private static final List<Person> ALL = Race.atOnce(
                Race.CALLERS,
                caller -> Processes.pair().get(caller % 2).client().newcomer());
    }

    private static final class Hosts {

        private static final List<Person> ALL =
                Race.atOnce(Race.CALLERS / 2, host -> people().get(host).founder("pro"));
    }
}
