package io.guildhall.acceptance;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** R19: a trail numbers its events 1, 2, 3 and so on in commit order, whatever aggregates they come from. */
class TrailNumbersTest extends AcceptanceTestBase {

    @Autowired
    private BeanFactory service;

    @Test
    void followTheCommitsOfAllAggregatesAndStayTheSameInARebuild() throws Exception {
        SharedTrailWriters trail = new SharedTrailWriters(client, operator, service, DATABASE.dataSource());

        trail.isWrittenByAllAtOnce();

        trail.hasNeitherGapsNorRepeats();
        trail.isInTheOrderOfCommits();
        trail.isTheSameAfterARebuild();
    }
}
