package io.guildhall.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.axonframework.commandhandling.RoutingKey;

/** Every rejection and command must be named by a decision test. */
@AnalyzeClasses(packages = ShapeTest.DOMAIN)
class CoverageOfRulesTest {

    @ArchTest
    static final ArchRule every_rejection_is_expected_by_a_decision_test = members()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Rejections")
            .should(new ArchCondition<>("be named by a decision test") {
                @Override
                public void check(JavaMember rejection, ConditionEvents violations) {
                    if (rejection.getAccessesToSelf().stream().noneMatch(CoverageOfRulesTest::isOfADecisionTest)) {
                        violations.add(SimpleConditionEvent.violated(
                                rejection, "No decision test names " + rejection.getFullName()));
                    }
                }
            });

    @ArchTest
    static final ArchRule every_command_is_sent_by_a_decision_test = classes()
            .that()
            .areRecords()
            .and(DescribedPredicate.describe(
                    "have a routing key",
                    it -> it.getFields().stream().anyMatch(field -> field.isAnnotatedWith(RoutingKey.class))))
            .should(new ArchCondition<>("be sent by a decision test") {
                @Override
                public void check(JavaClass type, ConditionEvents violations) {
                    boolean sent = type.getConstructors().stream()
                            .flatMap(it -> it.getCallsOfSelf().stream())
                            .anyMatch(CoverageOfRulesTest::isOfADecisionTest);
                    if (!sent) {
                        violations.add(SimpleConditionEvent.violated(type, "No decision test makes " + type.getName()));
                    }
                }
            });

    private static boolean isOfADecisionTest(JavaAccess<?> access) {
        String name = access.getOriginOwner().getName();
        return name.matches(".*Test(\\$.*)?") && !name.equals("io.guildhall.domain.shared.RejectionTest");
    }
}
