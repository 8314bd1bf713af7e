package io.guildhall.benchmarks.history;

import java.util.List;

/** What people, organizations and their things are called. */
final class Words {

    static final List<String> FIRST = List.of(
            "Ada",
            "Grace",
            "Alan",
            "Edsger",
            "Barbara",
            "Donald",
            "Niklaus",
            "Frances",
            "Tony",
            "Leslie",
            "Radia",
            "Ken",
            "Dennis",
            "Margaret",
            "John",
            "Adele",
            "Alonzo",
            "Hedy",
            "Zoë",
            "José",
            "Søren",
            "Łucja",
            "美咲",
            "Øyvind");

    static final List<String> LAST = List.of(
            "Lovelace",
            "Hopper",
            "Turing",
            "Dijkstra",
            "Liskov",
            "Knuth",
            "Wirth",
            "Allen",
            "Hoare",
            "Lamport",
            "Perlman",
            "Thompson",
            "Ritchie",
            "Hamilton",
            "McCarthy",
            "Goldberg",
            "Church",
            "Lamarr",
            "O'Neil",
            "García",
            "Nørgård");

    static final List<String> THINGS = List.of(
            "acme",
            "globex",
            "initech",
            "umbrella",
            "hooli",
            "stark",
            "wayne",
            "wonka",
            "tyrell",
            "cyberdyne",
            "soylent",
            "oscorp",
            "massive",
            "dynamic",
            "vandelay",
            "pied-piper",
            "aperture",
            "blackmesa");

    static final List<String> PURPOSES = List.of(
            "deploy",
            "from the pipeline",
            "read only, for the auditor",
            "nightly backup",
            "metrics \"prod\"",
            "staging",
            "terraform\tstate",
            "ci",
            "on-call",
            "release train");

    static final List<String> TYPES = List.of(
            "",
            "credential",
            "organization_member.joined",
            "credential organization_member.joined organization_invitation");

    private Words() {}
}
