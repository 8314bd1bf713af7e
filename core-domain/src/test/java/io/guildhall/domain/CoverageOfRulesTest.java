package io.guildhall.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.guildhall.domain.shared.Refusal;
import org.axonframework.commandhandling.RoutingKey;

/** A new refusal or command comes with a decision test that names it. */
@AnalyzeClasses(packages = ShapeTest.DOMAIN)
class CoverageOfRulesTest {

    @ArchTest
    static final ArchRule every_refusal_is_expected_by_a_decision_test =
            classes().that().areRecords().and().implement(Refusal.class).should(beMadeByATest());

    @ArchTest
    static final ArchRule every_command_is_sent_by_a_decision_test = classes()
            .that()
            .areRecords()
            .and(DescribedPredicate.describe(
                    "have a routing key",
                    it -> it.getFields().stream().anyMatch(field -> field.isAnnotatedWith(RoutingKey.class))))
            .should(beMadeByATest());

    private static ArchCondition<JavaClass> beMadeByATest() {
        return new ArchCondition<>("be made by a decision test") {
            @Override
            public void check(JavaClass type, ConditionEvents violations) {
                boolean made = type.getConstructors().stream()
                        .flatMap(it -> it.getCallsOfSelf().stream())
                        .map(call -> call.getOriginOwner().getName())
                        .anyMatch(maker -> maker.matches(".*Test(\\$.*)?")
                                && !maker.equals("io.guildhall.domain.shared.RefusalTest"));
                if (!made) {
                    violations.add(SimpleConditionEvent.violated(type, "No decision test makes " + type.getName()));
                }
            }
        };
    }
}
