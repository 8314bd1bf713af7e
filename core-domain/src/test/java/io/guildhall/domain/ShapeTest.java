package io.guildhall.domain;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = ShapeTest.DOMAIN, importOptions = DoNotIncludeTests.class)
class ShapeTest {

    static final String DOMAIN = "io.guildhall.domain";

    private static final String FEATURES = DOMAIN + ".(*)..";
    private static final String KERNEL = DOMAIN + ".shared";
    private static final String JAVA = "java.(lang|util|time|nio.charset)..";
    private static final String UNICODE = "com.ibm.icu..";
    private static final String AXON = "org.axonframework..";
    private static final String NULLNESS = "org.jspecify.annotations";

    @ArchTest
    static final ArchRule events_know_only_java_and_their_family = classes()
            .that()
            .areAnnotatedWith(EventType.class)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JAVA, NULLNESS)
                    .or(type(EventType.class))
                    .or(annotatedWith(EventType.class))
                    .or(simpleNameEndingWith("Event")));

    @ArchTest
    static final ArchRule events_are_records_of_a_sealed_family = classes()
            .that()
            .areAnnotatedWith(EventType.class)
            .should()
            .beRecords()
            .andShould(beOneOf(EventTypes.all()));

    @ArchTest
    static final ArchRule every_event_has_a_logical_name =
            classes().that(memberOfAnEventFamily()).should().beAnnotatedWith(EventType.class);

    @ArchTest
    static final ArchRule the_domain_knows_neither_a_database_nor_spring = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(DOMAIN + "..", JAVA, UNICODE, AXON, NULLNESS);

    @ArchTest
    static final ArchRule the_kernel_knows_no_feature = classes()
            .that()
            .resideInAPackage(KERNEL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(KERNEL, JAVA, UNICODE, AXON, NULLNESS);

    @ArchTest
    static final ArchRule features_form_no_cycles =
            slices().matching(FEATURES).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_say_something = noClasses()
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Dto")
            .orShould()
            .haveSimpleNameEndingWith("Info")
            .orShould()
            .haveSimpleNameEndingWith("Common");

    @ArchTest
    static final ArchRule commands_are_records_with_one_routing_key =
            methods().that().areAnnotatedWith(CommandHandler.class).should(takeARecordWithOneRoutingKey());

    @ArchTest
    static final ArchRule handlers_answer_nothing_and_are_called_by_the_bus_alone = methods()
            .that()
            .areAnnotatedWith(CommandHandler.class)
            .should()
            .haveRawReturnType(void.class)
            .andShould()
            .notHaveModifier(PUBLIC);

    @ArchTest
    static final ArchRule aggregates_handle_no_commands_themselves = methods()
            .that()
            .areAnnotatedWith(CommandHandler.class)
            .should()
            .beDeclaredInClassesThat(DescribedPredicate.not(DescribedPredicate.describe(
                    "are aggregates",
                    owner -> owner.getFields().stream()
                            .anyMatch(field -> field.isAnnotatedWith(AggregateIdentifier.class)))));

    /** Only aggregates apply events. */
    @ArchTest
    static final ArchRule aggregates_apply_no_event_that_they_are_handed = methods()
            .that()
            .areDeclaredInClassesThat(callAggregateLifecycle())
            .and(DescribedPredicate.describe(
                    "take an event",
                    method -> method.getRawParameterTypes().stream()
                            .anyMatch(parameter -> parameter.isAssignableTo(DomainEvent.class))))
            .should()
            .beAnnotatedWith(EventSourcingHandler.class);

    @ArchTest
    static void every_package_is_null_marked(JavaClasses domain) {
        assertThat(domain.stream().map(JavaClass::getPackage).collect(Collectors.toSet()))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.isAnnotatedWith(NullMarked.class))
                        .as(it.getName())
                        .isTrue());
    }

    /** A rule about a package that does not exist would always pass. */
    @ArchTest
    static void every_package_that_a_rule_names_exists(JavaClasses domain) {
        assertThat(domain.stream()
                        .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
                        .map(it -> it.getTargetClass().getPackageName())
                        .collect(Collectors.toSet()))
                .contains(KERNEL, "java.time", "java.util", "java.lang", NULLNESS, "org.axonframework.messaging");
    }

    private static DescribedPredicate<JavaClass> callAggregateLifecycle() {
        return DescribedPredicate.describe(
                "apply events",
                type -> type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(AggregateLifecycle.class)));
    }

    private static DescribedPredicate<JavaClass> memberOfAnEventFamily() {
        return DescribedPredicate.describe(
                "are records of a sealed event interface",
                it -> it.isRecord()
                        && it.getRawInterfaces().stream()
                                .anyMatch(family -> family.getSimpleName().endsWith("Event")));
    }

    private static ArchCondition<JavaClass> beOneOf(List<Class<?>> known) {
        return new ArchCondition<>("be of a family that the stored samples cover") {
            @Override
            public void check(JavaClass event, ConditionEvents violations) {
                if (known.stream().noneMatch(it -> event.isEquivalentTo(it))) {
                    violations.add(SimpleConditionEvent.violated(event, event.getName() + " is of none"));
                }
            }
        };
    }

    private static ArchCondition<JavaMethod> takeARecordWithOneRoutingKey() {
        return new ArchCondition<>("take a record with one routing key") {
            @Override
            public void check(JavaMethod handler, ConditionEvents violations) {
                Class<?> command = handler.getRawParameterTypes().getFirst().reflect();
                long keys = command.isRecord()
                        ? Arrays.stream(command.getRecordComponents())
                                .filter(it -> hasRoutingKey(command, it.getName()))
                                .count()
                        : 0;
                if (keys != 1) {
                    violations.add(SimpleConditionEvent.violated(handler, handler.getFullName() + " has " + keys));
                }
            }
        };
    }

    private static boolean hasRoutingKey(Class<?> command, String component) {
        return Stream.of(command.getDeclaredFields())
                .filter(field -> field.getName().equals(component))
                .anyMatch(field -> field.isAnnotationPresent(RoutingKey.class));
    }
}
