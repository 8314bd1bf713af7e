package io.guildhall.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.plan.Plan;
import io.guildhall.domain.plan.PlanCatalog;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A plan with a price needs billing information (R8). */
class ConfiguredPlanCatalogTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(ConfiguredPlanCatalog.class);

    @Test
    void hasItsDefaults() {
        application.run(context -> {
            PlanCatalog plans = context.getBean(PlanCatalog.class);
            assertThat(plans.ids())
                    .containsExactly("hobby", "starter", "startup", "pro", "scale", "business", "enterprise");
            assertThat(plans.ids().stream().map(plans::find))
                    .containsExactly(
                            new Plan("hobby", 1, false, null),
                            new Plan("starter", 3, true, null),
                            new Plan("startup", 6, true, null),
                            new Plan("pro", 10, true, null),
                            new Plan("scale", 50, true, null),
                            new Plan("business", null, true, null),
                            new Plan("enterprise", null, true, null));
            assertThat(plans.initial()).isEqualTo("starter");
            assertThat(plans.find("free")).isNull();
        });
    }

    @Test
    void offersWhatThereIs() {
        application
                .withPropertyValues("guildhall.plans.internal.seats=0", "guildhall.plans.pro.seats=12")
                .run(context -> {
                    var offered = context.getBean(ConfiguredPlanCatalog.class).offered();
                    assertThat(offered)
                            .extracting(PlansEndpoint.PlanView::id)
                            .startsWith("hobby", "starter")
                            .endsWith("internal");
                    assertThat(offered.get(3).quotas().maxOrganizationMembers()).isEqualTo("12");
                    assertThat(offered.get(3).needsBilling()).isTrue();
                });
    }

    @Test
    void changesWhatIsSetAndNothingElse() {
        application
                .withPropertyValues("guildhall.plans.hobby.seats=2", "guildhall.plans.pro.needs-billing=false")
                .run(context -> {
                    PlanCatalog plans = context.getBean(PlanCatalog.class);
                    assertThat(plans.find("hobby")).isEqualTo(new Plan("hobby", 2, false, null));
                    assertThat(plans.find("pro")).isEqualTo(new Plan("pro", 10, false, null));
                });
    }

    @Test
    void takesFurtherPlans() {
        application
                .withPropertyValues("guildhall.plans.internal.seats=0", "guildhall.plans.internal.apps=7")
                .run(context -> {
                    ConfiguredPlanCatalog catalogue = context.getBean(ConfiguredPlanCatalog.class);
                    assertThat(catalogue.find("internal")).isEqualTo(new Plan("internal", null, false, null));
                    assertThat(catalogue.quotas("internal"))
                            .satisfies(quotas -> assertThat(quotas.apps()).isEqualTo("7"));
                });
    }

    @Test
    void hidesNothingOfATrailUnlessItIsSet() {
        application.run(context -> assertThat(
                        context.getBean(ConfiguredPlanCatalog.class).retention().byPlan())
                .isEmpty());
        application
                .withPropertyValues(
                        "guildhall.plans.hobby.activity-retention-days=30",
                        "guildhall.plans.pro.activity-retention-days=0")
                .run(context -> assertThat(context.getBean(ConfiguredPlanCatalog.class)
                                .retention()
                                .byPlan())
                        .isEqualTo(Map.of("hobby", Duration.ofDays(30))));
        application
                .withPropertyValues("guildhall.plans.hobby.activity-retention-days=-1")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void startsOrganizationsOnAnyPlanOfTheCatalogue() {
        application
                .withPropertyValues("guildhall.initial-plan=internal", "guildhall.plans.internal.seats=0")
                .run(context ->
                        assertThat(context.getBean(PlanCatalog.class).initial()).isEqualTo("internal"));
    }

    @Test
    void refusesAnInitialPlanThatDoesNotExistAndNamesThoseThatDo() {
        application
                .withPropertyValues("guildhall.initial-plan=strater")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidConfigurationPropertyValueException.class,
                                invalid -> assertThat(invalid.getReason())
                                        .contains(
                                                "no such plan",
                                                "hobby, starter, startup, pro, scale, business, enterprise")));
    }

    @Test
    void refusesFewerThanNoSeats() {
        application
                .withPropertyValues("guildhall.plans.hobby.seats=-1")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void answersQuotasThatClientsCanCompareWith() {
        application.run(context -> {
            ConfiguredPlanCatalog catalogue = context.getBean(ConfiguredPlanCatalog.class);
            assertThat(catalogue.quotas("startup"))
                    .satisfies(quotas ->
                            assertThat(quotas.maxOrganizationMembers()).isEqualTo("6"));
            assertThat(catalogue.quotas("enterprise"))
                    .satisfies(quotas ->
                            assertThat(quotas.maxOrganizationMembers()).isEqualTo("2147483647"));
        });
    }
}
