package io.guildhall.query.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import io.guildhall.query.activity.ActivityFilter.Condition;
import io.guildhall.query.activity.ActivityFilter.Facet;
import io.guildhall.query.activity.ActivityFilter.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The plan {@code short-lived} shows activities for 30 minutes; the first event is an hour old. */
class RetentionTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private UUID ada;
    private UUID acme;

    @BeforeEach
    void aTrailOfAnHour() {
        ada = story.person("Ada");
        acme = story.organization("acme", ada);
        models.happened(Story.by(ada), new PlanChanged(acme, "hobby", "short-lived"));
        models.later(Duration.ofMinutes(40));
        models.happened(Story.by(ada), new OrganizationRenamed(acme, "acme", "acme-2"));
        models.happened(Story.by(ada), new OrganizationRenamed(acme, "acme-2", "acme-3"));
    }

    private ActivityPage list(ActivityFilter filter, boolean oldestFirst, Long beyond) {
        return models.ask(new ListActivities(acme, filter, oldestFirst, beyond, 10, 0), ActivityPage.class);
    }

    @Test
    void hidesWhatIsOlderHoweverItIsAskedFor() {
        var type = new Condition(Facet.TYPE, List.of("organization"), false);
        var actor = new Condition(Facet.ACTOR, List.of(ada.toString()), false);
        Stream.of(
                        ActivityFilter.everything(),
                        new ActivityFilter(List.of(type), List.of(), List.of(), List.of(), List.of()),
                        new ActivityFilter(List.of(actor), List.of(), List.of(), List.of(), List.of()),
                        new ActivityFilter(
                                List.of(),
                                List.of(new Span(Instant.EPOCH, null)),
                                List.of(),
                                List.of("organization"),
                                List.of()))
                .forEach(filter -> {
                    assertThat(list(filter, false, null).activities())
                            .as(filter.toString())
                            .extracting(ActivityView::sequence)
                            .containsExactly(5L, 4L);
                    assertThat(list(filter, true, 0L).activities())
                            .as(filter.toString())
                            .extracting(ActivityView::sequence)
                            .containsExactly(4L, 5L);
                });
        assertThat(list(ActivityFilter.everything(), false, 4L).activities()).isEmpty();
        assertThat(list(ActivityFilter.everything(), false, 4L).next()).isNull();
    }

    @Test
    void hidesItFromExportsToo() {
        ExportReader.Page page = models.bean(ExportReader.class).read(acme, ActivityFilter.everything(), 0, 100, false);

        assertThat(page.lines()).hasSize(2);
    }

    /** The current plan decides: a longer retention shows stored activities again. */
    @Test
    void showsAllAgainOnAnotherPlan() {
        models.happened(Story.by(ada), new PlanChanged(acme, "short-lived", "enterprise"));

        assertThat(list(ActivityFilter.everything(), true, null).activities()).hasSize(6);
    }

    @Test
    void hidesNothingOfAnUsersOwnTrail() {
        assertThat(models.ask(new ListActivities(ada, List.of(), 100, 0), ActivityPage.class)
                        .activities())
                .isNotEmpty();
    }
}
