package io.guildhall.acceptance;

import java.util.List;

/**
 * People and organizations for races, the same for all of this JVM, since signing up is slow on purpose. Whoever uses them sees to it
 * that nobody gets near the limit of memberships.
 */
final class RaceFixture {

    private static List<TestUser> people = List.of();
    private static List<TestUser> hosts = List.of();

    private RaceFixture() {}

    /** As many as a race has callers; validated, each with a session in no organization. */
    static synchronized List<TestUser> people() {
        if (people.isEmpty()) {
            people = ConcurrentRequests.atOnce(
                    ConcurrentRequests.CALLERS,
                    caller -> ServiceProcesses.pair().get(caller % 2).client().newcomer());
        }
        return people;
    }

    /** Half as many, each with a session in an organization of ten seats that nobody else is a member of at first. */
    static synchronized List<TestUser> hosts() {
        if (hosts.isEmpty()) {
            List<TestUser> founders = people();
            hosts = ConcurrentRequests.atOnce(
                    ConcurrentRequests.CALLERS / 2, host -> founders.get(host).creator("pro"));
        }
        return hosts;
    }
}
